import { useEffect, useMemo, useState } from 'react';
import type { ResidentSummary, SummaryStatus } from '../../../shared/register/resident-summary.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { LayeredMap } from '../../stores/layered-map.ts';
import { findResidents, prepareSearch } from '../../stores/name-search.ts';
import type { SearchFacts } from '../../stores/search-facts.ts';
import type { Sort } from '../../ui/DataGrid.tsx';
import { orderResidents } from './list-order.ts';

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
  residents: LayeredMap<ResidentSummary>,
  filter: ListFilter,
  language: Language,
  facts: SearchFacts,
): readonly string[] {
  const { query, status, site, sort } = filter;
  const sorted = useMemo(() => orderResidents(residents, sort, language), [residents, sort, language]);
  // What was typed before the index was there is looked for again.
  const [index, setIndex] = useState<unknown>(null);
  // After the list has been painted: nothing waits for it.
  useEffect(() => {
    const timer = setTimeout(
      () => void prepareSearch(residents, orderResidents(residents, byName, language)).then(setIndex),
      0,
    );
    return () => clearTimeout(timer);
  }, [residents, language]);

  return useMemo(() => {
    void index;
    const isWanted = (resident: ResidentSummary) =>
      (status === 'all' || resident.status === status || (status === 'here' && resident.status !== 'departed')) &&
      (site === null || resident.site === site);
    const found = query.trim() === '' ? sorted : findResidents(residents, sorted, query, facts);
    return found.filter(isWanted).map((resident) => resident.id);
  }, [residents, sorted, query, facts, status, site, index]);
}

const byName: Sort = { key: 'name', descending: false };
