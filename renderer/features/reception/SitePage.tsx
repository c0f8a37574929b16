import { IconBuildingCommunity, IconDoor } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import { countPlaces } from '../../../shared/reception/bed-stay.ts';
import { occupancyPercent } from '../../../shared/reception/occupancy.ts';
import { formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSites, useStays } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { BedDialog } from './BedDialog.tsx';
import { BedPlan } from './BedPlan.tsx';
import { planOf } from './bed-plan.ts';
import { RoomDialog } from './RoomDialog.tsx';
import { SiteDialog } from './SiteDialog.tsx';

export function SitePage() {
  const { t } = useTranslation('reception');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const services = useServices();
  const search = useSearch({ strict: false });
  const sites = useSites();
  const stays = useStays();
  const residents = useWorkspace((state) => state.residents);
  const [isMaking, setMaking] = useState(false);
  const [isAddingRoom, setAddingRoom] = useState(false);
  const [bedKey, setBedKey] = useState<string | null>(null);
  const placing = search.resident === undefined ? undefined : residents.get(search.resident);
  const site = sites.find(({ id }) => id === (search.site ?? placing?.site)) ?? sites[0];
  const day = parseIsoDate(search.day ?? '') ?? services.today();
  const plan = useMemo(() => (site === undefined ? [] : planOf(site, stays, day)), [site, stays, day]);
  const setSearch = (change: object) => void navigate({ to: '/beds', search: { ...search, ...change }, replace: true });

  const makeSite = (
    <Button icon={<IconBuildingCommunity size={18} />} onPress={() => setMaking(true)}>
      {t('beds.newSite')}
    </Button>
  );
  if (site === undefined) {
    return (
      <>
        <PageHeading title={t('beds.title')} actions={makeSite} />
        <Alert tone="info">{t('beds.noSite')}</Alert>
        {isMaking && <SiteDialog onClose={() => setMaking(false)} />}
      </>
    );
  }
  const counts = countPlaces(site, stays, day);
  const percent = formatPercent(occupancyPercent(counts.occupied, counts.realised), currentLanguage());
  return (
    <>
      <PageHeading
        title={t('beds.title')}
        aside={site.name}
        actions={
          <>
            <Button icon={<IconDoor size={18} />} onPress={() => setAddingRoom(true)}>
              {t('roomForm.title')}
            </Button>
            {makeSite}
          </>
        }
      />
      <div className="row">
        {sites.length > 1 && (
          <SelectField
            id="site"
            label={t('beds.site')}
            choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
            value={site.id}
            onChange={(id) => setSearch({ site: id })}
          />
        )}
        <DateField
          id="day"
          label={t('beds.day')}
          value={day}
          onChange={(chosen) => setSearch({ day: chosen ?? undefined })}
        />
        <p role="status">
          {t('beds.counts', counts)} {t('beds.percent', { percent })}
        </p>
      </div>
      {placing !== undefined && (
        <Alert tone="info">
          <div className="row">
            {t('beds.placing', { name: `${placing.family}, ${placing.given}` })}
            <Button onPress={() => setSearch({ resident: undefined })}>{common('action.cancel')}</Button>
          </div>
        </Alert>
      )}
      <BedPlan plan={plan} onOpen={setBedKey} />
      {bedKey !== null && (
        <BedDialog
          key={bedKey}
          site={site}
          bedKey={bedKey}
          day={day}
          placing={placing?.id ?? null}
          onClose={(isPlaced) => {
            setBedKey(null);
            if (isPlaced && placing !== undefined) setSearch({ resident: undefined });
          }}
        />
      )}
      {isMaking && <SiteDialog onClose={() => setMaking(false)} />}
      {isAddingRoom && <RoomDialog site={site} onClose={() => setAddingRoom(false)} />}
    </>
  );
}
