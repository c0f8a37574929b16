import { IconBed, IconListCheck, IconPencil } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cateringsOf } from '../../../shared/contribution/municipal-policy.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { fieldStem } from '../../../shared/records/field-rule.ts';
import { safetyRegionName } from '../../../shared/reception/safety-regions.ts';
import type { DatedBelonging } from '../../../shared/reception/site-belonging.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { RecordHistory } from '../../RecordHistory.tsx';
import { useServices } from '../../services.tsx';
import { usePolicies, useSites } from '../../stores/register-views.ts';
import { findRecord, useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { EditSiteDialog } from './EditSiteDialog.tsx';
import { RulesDialog } from './RulesDialog.tsx';

/** A site itself: what it is, where it belongs and belonged, what is agreed on it, and who changed that. */
export function SiteDataPage() {
  const { t } = useTranslation('reception');
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const site = useSites().find(({ id }) => id === search.site);
  const record = useWorkspace(({ records }) => findRecord(records, { kind: 'site', id: site?.id ?? '' }));
  return (
    <>
      <PageHeading
        title={t('siteData.title')}
        aside={site?.name}
        actions={
          <Button
            icon={<IconBed size={18} />}
            onPress={() => void navigate({ to: '/beds', search: site === undefined ? {} : { site: site.id } })}
          >
            {t('siteData.toBeds')}
          </Button>
        }
      />
      {site === undefined ? (
        <Alert tone="info">{t('beds.noSite')}</Alert>
      ) : (
        <div className="stack">
          <SitePanel site={site} />
          <AgreementsPanel site={site} />
          <MealsPanel site={site} />
        </div>
      )}
      {record !== undefined && <RecordHistory record={record} isWanted={isOfSite} />}
    </>
  );
}

/** Rooms and beds come by the hundred, and each has a form of its own. */
const ofParts: ReadonlySet<string> = new Set(['building', 'room', 'bed', 'use', 'traits', 'closed', 'reserved']);
const isOfSite = (field: string) => !ofParts.has(fieldStem(field));

function SitePanel({ site }: { site: Site }) {
  const { t } = useTranslation(['reception', 'reports']);
  const [isEditing, setEditing] = useState(false);
  const { address, kind, municipality, safetyRegion, shelter, belongings } = site;
  const textOf = (one: Pick<DatedBelonging, 'municipality' | 'safetyRegion' | 'shelter'>) =>
    [
      one.municipality?.name ?? t('reports:occupancy.noMunicipality'),
      one.safetyRegion === null ? t('reports:regions.none') : safetyRegionName(one.safetyRegion),
      t(`reports:regions.shelter.${one.shelter}`),
    ].join(' · ');
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('siteData.place')}</h2>
        <Button icon={<IconPencil size={18} />} onPress={() => setEditing(true)}>
          {t('siteData.edit')}
        </Button>
      </div>
      <DataList
        items={[
          { label: t('siteForm.address'), value: address },
          { label: t('siteForm.kind'), value: t(`siteKind.${kind}`) },
          {
            label: t('siteForm.municipalityName'),
            value: municipality === null ? null : t('siteData.municipality', municipality),
          },
          { label: t('reports:regions.region'), value: safetyRegion === null ? null : safetyRegionName(safetyRegion) },
          { label: t('reports:regions.shelterKind'), value: t(`reports:regions.shelter.${shelter}`) },
        ]}
      />
      {belongings.length > 1 && (
        <>
          <h3 className="nl-heading nl-heading--level-3">{t('siteData.belonged')}</h3>
          <Dated items={belongings.map((one) => ({ from: one.from, text: textOf(one) }))} />
        </>
      )}
      {isEditing && <EditSiteDialog site={site} onClose={() => setEditing(false)} />}
    </section>
  );
}

function AgreementsPanel({ site }: { site: Site }) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const [isEditing, setEditing] = useState(false);
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('rules.button')}</h2>
        <Button icon={<IconListCheck size={18} />} onPress={() => setEditing(true)}>
          {t('siteData.agree')}
        </Button>
      </div>
      {site.rules.length === 0 && <p>{t('siteData.noRules')}</p>}
      <Dated
        items={site.rules.map(({ from, oneHouseholdPerRoom, womenOnlyRooms, absenceCount }) => ({
          from,
          text: [
            t(oneHouseholdPerRoom ? 'rules.oneHousehold' : 'siteData.manyHouseholds'),
            ...(womenOnlyRooms ? [t('rules.womenOnly')] : []),
            t(`absenceCount.${absenceCount}`),
          ].join(' · '),
        }))}
      />
      {isEditing && <RulesDialog site={site} day={services.today()} onClose={() => setEditing(false)} />}
    </section>
  );
}

/** Meals follow from the site, unless the municipality settled a period: that also counts for the money. */
function MealsPanel({ site }: { site: Site }) {
  const { t } = useTranslation('reception');
  const periods = cateringsOf(usePolicies(), site.id);
  const day = (date: IsoDate) => formatDate(date, currentLanguage());
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('siteData.meals')}</h2>
        <Link className="nl-link" to="/settings/municipality">
          {t('siteData.settleMeals')}
        </Link>
      </div>
      <p>{t(`siteData.${site.cateredByDefault ? 'usual' : 'noUsual'}.${periods.length > 0 ? 'outside' : 'always'}`)}</p>
      <DataList
        items={[...periods].reverse().map(({ from, to, catered }) => ({
          label:
            to === null
              ? t('siteData.since', { from: day(from) })
              : t('siteData.period', { from: day(from), to: day(to) }),
          value: t(catered ? 'siteData.withMeals' : 'siteData.withoutMeals'),
        }))}
      />
    </section>
  );
}

/** Newest first. */
function Dated({ items }: { items: readonly { readonly from: IsoDate | null; readonly text: string }[] }) {
  const { t } = useTranslation('reception');
  return (
    <DataList
      items={[...items].reverse().map(({ from, text }) => ({
        label:
          from === null ? t('siteData.fromStart') : t('siteData.since', { from: formatDate(from, currentLanguage()) }),
        value: text,
      }))}
    />
  );
}
