import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../shared/kernel/dates.ts';
import { findBedPlace } from '../../../shared/reception/site.ts';
import { linesBehind, type Figure, type FigureLine } from '../../../shared/reports/figure.ts';
import { isSiteIn } from '../../../shared/reports/region-report.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { bedsBehind } from '../../../shared/reports/site-occupancy.ts';
import { residentCode } from '../../../shared/register/resident.ts';
import { formatDate, formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useSitesOn, useStays } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { placeOf, useReportAddress, type BedFigure } from './report-address.ts';

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
  const lines = new Map(
    linesBehind(figure, { facts, sites, stays, day, period }).map((line, at) => [
      `${String(at)} ${line.resident}`,
      line,
    ]),
  );
  const personOf = ({ resident }: FigureLine) => residents.get(resident);
  const isSigned = [...lines.values()].some(({ sign }) => sign !== null);
  const count = lines.size;
  const came = [...lines.values()].filter(({ sign }) => sign === 1).length;
  const title = isNet(figure)
    ? t('behind.net', { net: 2 * came - count, came, left: count - came })
    : t('behind.residents', { count });
  const signColumns: readonly Column<FigureLine>[] = [
    {
      key: 'sign',
      header: t('behind.counts'),
      width: '110px',
      render: ({ sign }) => (sign === null ? '' : t(sign === 1 ? 'behind.plus' : 'behind.minus')),
    },
    {
      key: 'on',
      header: t('behind.on'),
      width: '120px',
      render: ({ on }) => (on === null ? '–' : formatDate(on, currentLanguage())),
    },
  ];
  const columns: readonly Column<FigureLine>[] = [
    ...(isSigned ? signColumns : []),
    { key: 'code', header: t('behind.code'), width: '110px', render: ({ resident }) => residentCode(resident) },
    {
      key: 'name',
      header: t('behind.name'),
      width: 'minmax(180px, 1fr)',
      isRowHeader: true,
      render: (line) => [personOf(line)?.family, personOf(line)?.given].filter(Boolean).join(', '),
    },
    {
      key: 'nameCyrillic',
      header: t('behind.nameCyrillic'),
      width: 'minmax(180px, 1fr)',
      lang: 'uk',
      render: (line) => [personOf(line)?.familyCyrillic, personOf(line)?.givenCyrillic].filter(Boolean).join(' '),
    },
    {
      key: 'born',
      header: t('behind.born'),
      width: '160px',
      render: (line) => {
        const birthDate = personOf(line)?.birthDate ?? null;
        return birthDate === null ? '–' : formatPartialDate(birthDate, currentLanguage());
      },
    },
    {
      key: 'site',
      header: t('occupancy.site'),
      width: 'minmax(160px, 1fr)',
      render: (line) => sites.find(({ id }) => id === personOf(line)?.site)?.name ?? '–',
    },
  ];
  return (
    <Behind title={title}>
      <DataGrid
        key={JSON.stringify(figure)}
        label={title}
        columns={columns}
        ids={[...lines.keys()]}
        rowOf={(key) => lines.get(key)}
        onOpen={(key) => void navigate({ to: '/residents/$id', params: { id: lines.get(key)?.resident ?? '' } })}
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

const isNet = ({ list }: Figure): boolean => list === 'net' || list === 'registrationNet';

function Behind({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('reports');
  const address = useReportAddress();
  return (
    <>
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{title}</h2>
        <Link className="nl-link" to="/reports" search={placeOf(address)}>
          {t('behind.back')}
        </Link>
      </div>
      {children}
    </>
  );
}
