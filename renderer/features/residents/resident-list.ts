import { useMemo } from 'react';
import type { ResidentSummary, SummaryStatus } from '../../../shared/register/resident-summary.ts';
import { buildNameIndex, searchNames } from '../../../shared/search/name-index.ts';
import { nameOrder } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { Sort } from '../../ui/DataGrid.tsx';

export type ListFilter = {
  readonly query: string;
  readonly status: SummaryStatus | 'all' | 'here';
  readonly site: string | null;
  readonly sort: Sort;
};

export const nameOf = (resident: Pick<ResidentSummary, 'family' | 'given'>): string =>
  [resident.family, resident.given].filter((part) => part !== '').join(', ');
export const cyrillicNameOf = (resident: Pick<ResidentSummary, 'familyCyrillic' | 'givenCyrillic'>): string =>
  [resident.familyCyrillic, resident.givenCyrillic].filter((part) => part !== '').join(' ');

/** Ids in the order of the screen. A search ranks its hits itself; without one the chosen column sorts. */
export function useResidentIds(
  residents: ReadonlyMap<string, ResidentSummary>,
  filter: ListFilter,
  language: Language,
): readonly string[] {
  const { query, status, site, sort } = filter;
  const sorted = useMemo(() => {
    const order = nameOrder(language);
    const keyOf = sortKeys[sort.key] ?? nameOf;
    const sign = sort.descending ? -1 : 1;
    return [...residents.values()].sort((a, b) => sign * order.compare(keyOf(a), keyOf(b)) || (a.id < b.id ? -1 : 1));
  }, [residents, language, sort]);
  const index = useMemo(() => buildNameIndex(sorted), [sorted]);

  return useMemo(() => {
    const isWanted = (resident: ResidentSummary) =>
      (status === 'all' || resident.status === status || (status === 'here' && resident.status !== 'departed')) &&
      (site === null || resident.site === site);
    const found =
      query.trim() === ''
        ? sorted
        : searchNames(index, query, { limit: sorted.length }).rows.flatMap((row) => sorted[row] ?? []);
    return found.filter(isWanted).map((resident) => resident.id);
  }, [sorted, index, query, status, site]);
}

const sortKeys: Readonly<Record<string, (resident: ResidentSummary) => string>> = {
  name: nameOf,
  nameCyrillic: cyrillicNameOf,
  born: (resident) => resident.birthDate ?? '',
  bed: (resident) => resident.bed ?? '',
  protection: (resident) => resident.protectionUntil ?? '9999',
};
