import { IconBuildingCommunity, IconChecklist, IconDoor, IconInfoCircle, IconPrinter } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { addDays, parseIsoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { countPlaces } from '../../../shared/reception/bed-stay.ts';
import { occupancyPercent } from '../../../shared/reception/occupancy.ts';
import { objectionsTo, planPlacing } from '../../../shared/reception/placing.ts';
import { findBedPlace, type Site } from '../../../shared/reception/site.ts';
import type { PartType } from '../../../shared/reception/site-parts.ts';
import { formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { DoubleBookingsBar } from '../../DoubleBookings.tsx';
import { useServices } from '../../services.tsx';
import { SiteAndDay } from '../../SiteAndDay.tsx';
import { useSites, useStays } from '../../stores/register-views.ts';
import { useNoteSite } from '../../stores/site-in-view.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { WhenRead } from '../../WhenRead.tsx';
import { BedDialog } from './BedDialog.tsx';
import { BedList } from './BedList.tsx';
import { BedPaper } from './BedPaper.tsx';
import { BedPlan } from './BedPlan.tsx';
import { planOf } from './bed-plan.ts';
import { PartDialog } from './PartDialog.tsx';
import { RoomDialog } from './RoomDialog.tsx';
import { SiteDialog } from './SiteDialog.tsx';
import { SuggestedBeds } from './SuggestedBeds.tsx';
import type { Drop } from './use-bed-drag.ts';
import { usePlacing } from './use-placing.ts';

/** What the plan, the suggestions and what speaks against a bed are made of. */
const kinds = ['site', 'bedStay', 'family', 'absence'] as const;

export function SitePage() {
  return (
    <WhenRead kinds={kinds}>
      <SiteOfAddress />
    </WhenRead>
  );
}

function SiteOfAddress() {
  const { t } = useTranslation('reception');
  const search = useSearch({ strict: false });
  const services = useServices();
  const sites = useSites();
  const residents = useWorkspace((state) => state.residents);
  const [isMaking, setMaking] = useState(false);
  const placing = search.resident === undefined ? undefined : residents.get(search.resident);
  const site = sites.find(({ id }) => id === (search.site ?? placing?.site)) ?? sites[0];
  useNoteSite(site?.id);
  if (site !== undefined) {
    const day = parseIsoDate(search.day ?? '') ?? services.today();
    return <BedsOfSite site={site} day={day} placing={placing?.id ?? null} />;
  }
  return (
    <>
      <PageHeading
        title={t('beds.title')}
        actions={
          <Button icon={<IconBuildingCommunity size={18} />} onPress={() => setMaking(true)}>
            {t('beds.newSite')}
          </Button>
        }
      />
      <Alert tone="info">{t('beds.noSite')}</Alert>
      {isMaking && <SiteDialog onClose={() => setMaking(false)} />}
    </>
  );
}

/** No key of a part: it has a space. */
const everyBuilding = 'every building';

type Opened =
  | { readonly type: 'bed'; readonly key: string; readonly placing: string | null }
  | { readonly type: 'part'; readonly part: PartType; readonly key: string }
  | { readonly type: 'site' | 'room' };

type Props = { readonly site: Site; readonly day: IsoDate; readonly placing: string | null };

function BedsOfSite({ site, day, placing }: Props) {
  const { t } = useTranslation('reception');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const services = useServices();
  const search = useSearch({ strict: false });
  const stays = useStays();
  const tools = usePlacing(site, day);
  const [opened, setOpened] = useState<Opened | null>(null);
  const whole = useMemo(() => planOf(site, stays, day), [site, stays, day]);
  const building = whole.some((one) => one.building.key === search.building) ? search.building : undefined;
  const plan = useMemo(
    () => (building === undefined ? whole : whole.filter((one) => one.building.key === building)),
    [whole, building],
  );
  const nameOf = search.names === false ? null : tools.nameOf;
  // Made when somebody prints: a second plan that nobody sees costs as much as the one on the screen.
  const [isOnPaper, setOnPaper] = useState(false);
  const print = () => {
    flushSync(() => setOnPaper(true));
    void services.print();
  };
  const today = services.today();
  const setSearch = (change: object) => void navigate({ to: '/beds', search: { ...search, ...change }, replace: true });
  const close = () => setOpened(null);

  const openBed = useCallback((key: string) => setOpened({ type: 'bed', key, placing }), [placing]);
  const openPart = useCallback((part: PartType, key: string) => setOpened({ type: 'part', part, key }), []);
  const moveByDrop = (drop: Drop) => {
    const stay = stays.find(({ id }) => id === drop.stay);
    if (stay === undefined || stay.bed === drop.bed) return;
    const place = { bed: drop.bed, resident: stay.resident, from: day, until: stay.until };
    // What speaks against it, or somebody to swap with, is asked in the dialog of the bed.
    if (day < today || objectionsTo(tools.context, place).length > 0) {
      setOpened({ type: 'bed', key: drop.bed, placing: stay.resident });
      return;
    }
    const target = findBedPlace(site, drop.bed);
    const bed = t('beds.bed', { bed: `${target?.room ?? ''}.${target?.bed ?? ''}` });
    void tools.carryOut(planPlacing(tools.context.stays, site.id, place), t('beds.placed', { bed }));
  };

  const counts = countPlaces(site, stays, day);
  const percent = formatPercent(occupancyPercent(counts.occupied, counts.realised), currentLanguage());
  return (
    <>
      <div className="no-print stack">
        <PageHeading
          title={t('beds.title')}
          aside={site.name}
          actions={
            <>
              <Button
                look="primary"
                icon={<IconChecklist size={18} />}
                onPress={() => void navigate({ to: '/presence', search: { site: site.id } })}
              >
                {t('presence.title')}
              </Button>
              <Button icon={<IconPrinter size={18} />} onPress={print}>
                {common('action.print')}
              </Button>
              <Button icon={<IconDoor size={18} />} onPress={() => setOpened({ type: 'room' })}>
                {t('roomForm.title')}
              </Button>
              <Button
                icon={<IconInfoCircle size={18} />}
                onPress={() => void navigate({ to: '/beds/site', search: { site: site.id } })}
              >
                {t('siteData.button')}
              </Button>
              <Button icon={<IconBuildingCommunity size={18} />} onPress={() => setOpened({ type: 'site' })}>
                {t('beds.newSite')}
              </Button>
            </>
          }
        />
        <div className="row">
          <SiteAndDay site={site.id} day={day} onChange={setSearch} />
          <Button onPress={() => setSearch({ day: addDays(day, -1) })}>{t('beds.dayBefore')}</Button>
          <Button onPress={() => setSearch({ day: addDays(day, 1) })}>{t('beds.dayAfter')}</Button>
          <ChoiceField
            id="view"
            inline
            label={t('beds.view')}
            choices={(['plan', 'list'] as const).map((code) => ({ code, label: t(`beds.views.${code}`) }))}
            value={search.view === 'list' ? 'list' : 'plan'}
            onChange={(view) => setSearch({ view })}
          />
          {whole.length > 1 && (
            <SelectField
              id="building"
              label={t('bedList.building')}
              choices={[
                { code: everyBuilding, label: t('beds.everyBuilding') },
                ...whole.map((one) => ({ code: one.building.key, label: one.building.name })),
              ]}
              value={building ?? everyBuilding}
              onChange={(key) => setSearch({ building: key === everyBuilding ? undefined : key })}
            />
          )}
          <CheckboxField
            id="names"
            label={t('beds.names')}
            value={nameOf !== null}
            onChange={(shown) => setSearch({ names: shown ? undefined : false })}
          />
        </div>
        <p role="status">
          {t('beds.counts', counts)} {t('beds.percent', { percent })}{' '}
          {day === today ? '' : <strong>{t(day < today ? 'beds.past' : 'beds.future')}</strong>}
        </p>
        <DoubleBookingsBar site={site.id} />
        {placing !== null && (
          <>
            <Alert tone="info">
              <div className="row">
                {t('beds.placing', { name: tools.nameOf(placing) })}
                <Button onPress={() => setSearch({ resident: undefined })}>{common('action.cancel')}</Button>
              </div>
            </Alert>
            <SuggestedBeds
              site={site}
              resident={placing}
              day={day}
              onPlaced={() => setSearch({ resident: undefined })}
            />
          </>
        )}
        {search.view === 'list' ? (
          <BedList plan={plan} nameOf={nameOf} onOpen={openBed} />
        ) : (
          <BedPlan plan={plan} nameOf={nameOf} onOpen={openBed} onEdit={openPart} onDrop={moveByDrop} />
        )}
        {opened?.type === 'bed' && (
          <BedDialog
            key={opened.key}
            site={site}
            bedKey={opened.key}
            day={day}
            placing={opened.placing}
            onMove={(resident) => {
              close();
              setSearch({ resident });
            }}
            onEdit={() => openPart('bed', opened.key)}
            onClose={(isPlaced) => {
              close();
              if (isPlaced && placing !== null) setSearch({ resident: undefined });
            }}
          />
        )}
        {opened?.type === 'part' && (
          <PartDialog key={opened.key} site={site} part={opened.part} partKey={opened.key} day={day} onClose={close} />
        )}
        {opened?.type === 'site' && <SiteDialog onClose={close} />}
        {opened?.type === 'room' && <RoomDialog site={site} onClose={close} />}
      </div>
      {isOnPaper && <BedPaper site={site} plan={plan} day={day} nameOf={nameOf} />}
    </>
  );
}
