import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../shared/kernel/dates.ts';
import { findBedPlace } from '../../../shared/reception/site.ts';
import { residentsBehind, type Figure } from '../../../shared/reports/figure.ts';
import { isSiteIn } from '../../../shared/reports/region-report.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { bedsBehind } from '../../../shared/reports/site-occupancy.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { residentCode } from '../../../shared/register/resident.ts';
import { formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useSitesOn, useStays } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { useReportAddress, type BedFigure } from './report-address.ts';

/** The residents behind a figure: as many as the figure says. */
export function ResidentsBehind({ figure, facts }: { figure: Figure; facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const navigate = useNavigate();
  const { tab, day, from } = useReportAddress();
  const sites = useSitesOn(day);
  const stays = useStays();
  const residents = useWorkspace((state) => state.residents);
  // Reports about a week count seven days; the others the period of the address.
  const period = { from: tab === 'weekly' || tab === 'regions' ? addDays(day, -6) : from, to: day };
  const ids = residentsBehind(figure, { facts, sites, stays, day, period });
  const columns: readonly Column<ResidentSummary>[] = [
    { key: 'code', header: t('behind.code'), width: '110px', render: ({ id }) => residentCode(id) },
    {
      key: 'name',
      header: t('behind.name'),
      width: 'minmax(180px, 1fr)',
      isRowHeader: true,
      render: ({ family, given }) => [family, given].filter((part) => part !== '').join(', '),
    },
    {
      key: 'nameCyrillic',
      header: t('behind.nameCyrillic'),
      width: 'minmax(180px, 1fr)',
      lang: 'uk',
      render: ({ familyCyrillic, givenCyrillic }) =>
        [familyCyrillic, givenCyrillic].filter((part) => part !== '').join(' '),
    },
    {
      key: 'born',
      header: t('behind.born'),
      width: '130px',
      render: ({ birthDate }) => (birthDate === null ? '–' : formatPartialDate(birthDate, currentLanguage())),
    },
    {
      key: 'site',
      header: t('occupancy.site'),
      width: 'minmax(160px, 1fr)',
      render: ({ site }) => sites.find(({ id }) => id === site)?.name ?? '–',
    },
  ];
  return (
    <Behind title={t('behind.residents', { count: ids.length })}>
      <DataGrid
        key={JSON.stringify(figure)}
        label={t('behind.residents', { count: ids.length })}
        columns={columns}
        ids={ids}
        rowOf={(id) => residents.get(id)}
        onOpen={(id) => void navigate({ to: '/residents/$id', params: { id } })}
      />
    </Behind>
  );
}

type BedRow = { readonly site: string; readonly siteName: string; readonly room: string; readonly bed: string };

/** The beds behind a number of places. */
export function BedsBehind({ figure }: { figure: BedFigure }) {
  const { t } = useTranslation('reports');
  const navigate = useNavigate();
  const { day } = useReportAddress();
  const sites = useSitesOn(day);
  const wanted = sites.filter((site) => isSiteIn(site, figure));
  const rows = new Map(
    bedsBehind(wanted, useStays(), day, figure.state).flatMap(({ site, bed }): [string, BedRow][] => {
      const at = sites.find(({ id }) => id === site);
      const place = at && findBedPlace(at, bed);
      return at === undefined
        ? []
        : [[`${site}/${bed}`, { site, siteName: at.name, room: place?.room ?? '', bed: place?.bed ?? bed }]];
    }),
  );
  const columns: readonly Column<BedRow>[] = [
    {
      key: 'site',
      header: t('occupancy.site'),
      width: 'minmax(200px, 1fr)',
      isRowHeader: true,
      render: ({ siteName }) => siteName,
    },
    { key: 'room', header: t('behind.room'), width: '160px', render: ({ room }) => room },
    { key: 'bed', header: t('behind.bed'), width: '160px', render: ({ bed }) => bed },
  ];
  const title = t(`behind.beds.${figure.state}`, { number: rows.size });
  return (
    <Behind title={title}>
      <DataGrid
        key={JSON.stringify(figure)}
        label={title}
        columns={columns}
        ids={[...rows.keys()]}
        rowOf={(id) => rows.get(id)}
        onOpen={(id) => void navigate({ to: '/beds', search: { site: rows.get(id)?.site, day, view: 'list' } })}
      />
    </Behind>
  );
}

function Behind({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('reports');
  const { tab, day, from } = useReportAddress();
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{title}</h2>
        <Link className="nl-link" to="/reports" search={{ tab, day, from }}>
          {t('behind.back')}
        </Link>
      </div>
      {children}
    </section>
  );
}
