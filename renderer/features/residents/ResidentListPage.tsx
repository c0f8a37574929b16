import { IconFileExport, IconFileImport, IconFilter, IconListSearch, IconUserPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { residentCode } from '../../../shared/register/resident.ts';
import { summaryStatuses, type ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { findBedPlace, type Site } from '../../../shared/reception/site.ts';
import { formatDate, formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage, type Language } from '../../i18n/i18n.ts';
import { namedPlaces, readTerms } from '../../stores/search-facts.ts';
import { MatchReasonCell, SearchedFor } from './MatchReasonCell.tsx';
import { useNumberBook } from './use-number-book.ts';
import { useNoteSite } from '../../stores/site-in-view.ts';
import { useSites } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataGrid, type Column, type RowIds, type Sort } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { cyrillicNameOf, nameOf, useResidentIds, type ListFilter } from './resident-list.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { asksRecords, countMore, readMore, type PersonFacts } from './list-filters.ts';
import { MoreFilters, ReadPeople } from './MoreFilters.tsx';
import { NumberOffer } from './NumberOffer.tsx';
import type { ExportRow } from './save-list.ts';
import { StatusBadge } from './StatusBadge.tsx';

const statuses = ['here', ...summaryStatuses, 'all'] as const;

export function ResidentListPage() {
  const { t } = useTranslation('register');
  const navigate = useNavigate();
  const language = currentLanguage();
  const residents = useWorkspace((state) => state.residents);
  const sites = useSites();
  // What is searched for is a name or a number: it stays in memory and never stands in an address.
  const [query, setQuery] = useState('');
  const [leaving, setLeaving] = useState<readonly ExportRow[] | null>(null);
  const search = useSearch({ strict: false });
  const status = statuses.find((known) => known === search.status) ?? 'here';
  const site = search.site ?? null;
  useNoteSite(site);
  const sort = useMemo<Sort>(
    () => ({ key: search.sort ?? 'name', descending: search.down === true }),
    [search.sort, search.down],
  );
  const { alone, region, shelter, protection, ends, out, outFrom, outUntil } = search;
  const more = useMemo(
    () => readMore({ alone, region, shelter, protection, ends, out, outFrom, outUntil }),
    [alone, region, shelter, protection, ends, out, outFrom, outUntil],
  );
  const [people, setPeople] = useState<ReadonlyMap<string, PersonFacts> | null>(null);
  const [isMoreOpen, setMoreOpen] = useState(() => countMore(more) > 0);
  const isRead = asksRecords(more);
  const filter: ListFilter = { query, status, site, sort, more, people };
  const places = useMemo(() => namedPlaces(sites), [sites]);
  const numbers = useNumberBook(residents);
  const facts = useMemo(() => readTerms(query, places, numbers.book), [query, places, numbers.book]);
  const ids = useResidentIds(residents, filter, language, facts);
  const columns = useColumns(sites, language, query.trim() !== '');
  const searchedFor = useMemo(() => ({ query, facts }), [query, facts]);
  const open = useCallback((id: string) => void navigate({ to: '/residents/$id', params: { id } }), [navigate]);
  const rowOf = useCallback((id: string) => residents.get(id), [residents]);
  const setSearch = useCallback(
    (change: object) => void navigate({ to: '/residents', search: { ...search, ...change }, replace: true }),
    [navigate, search],
  );

  // What a letter of the search does not change is not drawn again for it: these parts stay the same objects.
  const actions = useMemo(
    () => (
      <>
        <Button icon={<IconListSearch size={18} />} onPress={() => void navigate({ to: '/residents/facts' })}>
          {t('list.facts')}
        </Button>
        <Button icon={<IconFileImport size={18} />} onPress={() => void navigate({ to: '/residents/import' })}>
          {t('list.import')}
        </Button>
      </>
    ),
    [navigate, t],
  );
  const exporting = useMemo(
    () =>
      ids.length > 0 && (
        <Button icon={<IconFileExport size={18} />} onPress={() => setLeaving(rowsOf(ids))}>
          {t('export.title')}
        </Button>
      ),
    [ids, t],
  );
  const adding = useMemo(
    () => (
      <Button look="primary" icon={<IconUserPlus size={18} />} onPress={() => void navigate({ to: '/residents/new' })}>
        {t('list.new')}
      </Button>
    ),
    [navigate, t],
  );
  const choices = useMemo(
    () => (
      <>
        <SelectField
          id="status"
          label={t('list.status')}
          choices={statuses.map((code) => ({ code, label: t(`filter.${code}`) }))}
          value={status}
          onChange={(code) => setSearch({ status: code })}
        />
        {sites.length > 1 && (
          <SelectField
            id="site"
            label={t('list.site')}
            choices={[
              { code: 'all', label: t('filter.allSites') },
              ...sites.map(({ id, name }) => ({ code: id, label: name })),
            ]}
            value={site ?? 'all'}
            onChange={(code) => setSearch({ site: code === 'all' ? undefined : code })}
          />
        )}
      </>
    ),
    [sites, status, site, setSearch, t],
  );
  const grid = useMemo(
    () => (
      <DataGrid
        list={JSON.stringify([query, status, site, sort, more])}
        label={t('list.title')}
        columns={columns}
        ids={ids}
        rowOf={rowOf}
        sort={sort}
        onSort={({ key, descending }) => setSearch({ sort: key, down: descending ? true : undefined })}
        onOpen={open}
      />
    ),
    [query, status, site, sort, more, columns, ids, rowOf, open, setSearch, t],
  );

  return (
    <>
      <PageHeading
        title={t('list.title')}
        aside={<span role="status">{t('list.found', { count: ids.length })}</span>}
        actions={
          <>
            {actions}
            {exporting}
            {adding}
          </>
        }
      />
      <div className="row">
        <SearchField value={query} onChange={setQuery} className="search-field">
          <Label className="utrecht-form-label">
            {t('list.search')} <kbd>/</kbd>
          </Label>
          <Input className="utrecht-textbox utrecht-textbox--html-input text-field__control--full" />
        </SearchField>
        {choices}
        <Button
          icon={<IconFilter size={18} />}
          aria-expanded={isMoreOpen}
          onPress={() => setMoreOpen((isOpen) => !isOpen)}
        >
          {countMore(more) === 0 ? t('more.title') : t('more.titleCount', { count: countMore(more) })}
        </Button>
      </div>
      {isMoreOpen && (
        <MoreFilters
          more={more}
          onChange={(change) => {
            // Who was deregistered has often left as well: a filter about it looks at everybody.
            const isOut = ['out', 'outFrom', 'outUntil'].some((name) => name in change && change[name as 'out']);
            setSearch({ ...change, ...(isOut && search.status === undefined ? { status: 'all' } : {}) });
          }}
        />
      )}
      {isRead && <ReadPeople onRead={setPeople} />}
      <NumberOffer query={query} numbers={numbers} />
      {residents.size === 0 ? (
        <Alert tone="info">{t('list.empty')}</Alert>
      ) : isRead && people === null ? null : ids.length === 0 ? (
        <Alert tone="info">{t('list.noneFound')}</Alert>
      ) : (
        <SearchedFor value={searchedFor}>{grid}</SearchedFor>
      )}
      {leaving !== null && <ExportDialog rows={leaving} facts={null} onClose={() => setLeaving(null)} />}
    </>
  );
}

/** The list as it is at this moment, in its order. */
const rowsOf = (ids: RowIds): readonly ExportRow[] =>
  Array.from({ length: ids.length }, (_, at) => ids.at(at)).flatMap((id) =>
    id === undefined ? [] : [{ resident: id, fact: '', period: '' }],
  );

/** The same columns as long as nothing about them changes, so that rows in view are not drawn again for a keystroke. */
function useColumns(
  sites: readonly Site[],
  language: Language,
  isSearching: boolean,
): readonly Column<ResidentSummary>[] {
  const { t } = useTranslation('register');
  const columns = useMemo<readonly Column<ResidentSummary>[]>(() => {
    const siteById = new Map(sites.map((site) => [site.id, site]));
    const bedOf = (resident: ResidentSummary) => {
      const at = resident.site === null ? undefined : siteById.get(resident.site);
      const place = at === undefined || resident.bed === null ? undefined : findBedPlace(at, resident.bed);
      return place === undefined ? '' : [place.room, place.bed].filter((part) => part !== '').join('.');
    };
    return [
      { key: 'code', header: t('column.code'), width: '118px', render: ({ id }) => residentCode(id) },
      {
        key: 'name',
        header: t('column.name'),
        width: 'minmax(150px, 1.1fr)',
        isRowHeader: true,
        isSortable: true,
        render: nameOf,
      },
      {
        key: 'nameCyrillic',
        header: t('column.nameCyrillic'),
        width: 'minmax(150px, 1.2fr)',
        isSortable: true,
        lang: 'uk',
        render: cyrillicNameOf,
      },
      {
        key: 'born',
        header: t('column.born'),
        width: '108px',
        isSortable: true,
        render: ({ birthDate }) => (birthDate === null ? '–' : formatPartialDate(birthDate, language)),
      },
      {
        key: 'site',
        header: t('column.site'),
        width: 'minmax(140px, 1fr)',
        render: ({ site }) => (site === null ? '–' : (siteById.get(site)?.name ?? '…')),
      },
      { key: 'bed', header: t('column.bed'), width: '84px', render: bedOf },
      {
        key: 'status',
        header: t('column.status'),
        width: '208px',
        render: (row) => <StatusBadge status={row.status} />,
      },
      {
        key: 'protection',
        header: t('column.protection'),
        title: t('column.protectionTitle'),
        width: '112px',
        isSortable: true,
        render: ({ protectionUntil }) => (protectionUntil === null ? '–' : formatDate(protectionUntil, language)),
      },
    ];
  }, [sites, language, t]);
  return useMemo(() => {
    if (!isSearching) return columns;
    const reason: Column<ResidentSummary> = {
      key: 'reason',
      header: t('column.reason'),
      title: t('column.reasonTitle'),
      width: 'minmax(140px, 0.6fr)',
      render: (resident) => <MatchReasonCell resident={resident} />,
    };
    // Its place is that of the date, which no search is about.
    return [...columns.filter(({ key }) => key !== 'protection'), reason];
  }, [columns, isSearching, t]);
}
