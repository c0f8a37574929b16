import { useEffect, useMemo, useState } from 'react';
import type { ResidentSummary, SummaryStatus } from '../../../shared/register/resident-summary.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { LayeredMap } from '../../stores/layered-map.ts';
import { findResidents, prepareSite } from '../../stores/name-search.ts';
import { useSites } from '../../stores/register-views.ts';
import { useSiteInView } from '../../stores/site-in-view.ts';
import type { SearchFacts } from '../../stores/search-facts.ts';
import type { RowIds, Sort } from '../../ui/DataGrid.tsx';
import { firstPage } from '../../first-page.ts';
import { isQuicklyOrdered, orderInSlices, orderResidents } from '../../list-order.ts';
import type { ResidentRows } from '../../stores/resident-rows.ts';
import { narrow, type MoreFilter, type PersonFacts } from './list-filters.ts';
import { useSearchIndex } from '../../use-search-index.ts';

export type ListFilter = {
  readonly query: string;
  readonly status: SummaryStatus | 'all' | 'here';
  readonly site: string | null;
  readonly sort: Sort;
  readonly more: MoreFilter;
  /** What the filters need of the records; null while it is being read. */
  readonly people: ReadonlyMap<string, PersonFacts> | null;
};

export const nameOf = (resident: Pick<ResidentSummary, 'family' | 'given'>): string =>
  [resident.family, resident.given].filter((part) => part !== '').join(', ');
export const cyrillicNameOf = (resident: Pick<ResidentSummary, 'familyCyrillic' | 'givenCyrillic'>): string =>
  [resident.familyCyrillic, resident.givenCyrillic].filter((part) => part !== '').join(' ');

/** As many stand in order on a page that has never been shown, whatever is filtered out of them. */
const firstLines = 200;

/** In their order; of a large register that was just opened the first page is, and the rest follows once it is painted. */
function useOrdered(residents: LayeredMap<ResidentSummary>, sort: Sort, language: Language): ResidentRows {
  const [ordered, setOrdered] = useState<unknown>(null);
  const isFirst = sort.key === 'name' && !sort.descending && residents.over.size === 0;
  const isQuick = !isFirst || isQuicklyOrdered(residents, sort, language);
  useEffect(() => {
    if (isQuick) return undefined;
    let isLeft = false;
    void orderInSlices(residents, sort, language).then(() => {
      if (!isLeft) setOrdered(residents);
    });
    return () => {
      isLeft = true;
    };
  }, [residents, sort, language, isQuick]);
  return useMemo(() => {
    void ordered;
    return isQuick ? orderResidents(residents, sort, language) : firstPage(residents, language, firstLines);
  }, [residents, sort, language, isQuick, ordered]);
}

/** Ids in the order of the screen. A search ranks its hits itself; without one the chosen column sorts. */
export function useResidentIds(
  residents: LayeredMap<ResidentSummary>,
  filter: ListFilter,
  language: Language,
  facts: SearchFacts,
): RowIds {
  const { query, status, site, sort, more, people } = filter;
  const sites = useSites();
  const sorted = useOrdered(residents, sort, language);
  const index = useSearchIndex(residents, language);
  const inView = useSiteInView((state) => state.site);

  useEffect(() => {
    if (index !== null) prepareSite(residents, inView);
  }, [residents, index, inView]);

  return useMemo(() => {
    void index;
    const isWanted = (of: SummaryStatus) =>
      status === 'all' || of === status || (status === 'here' && of !== 'departed');
    const all = query.trim() === '' ? sorted : findResidents(residents, sorted, query, facts, inView);
    const kept = status === 'all' && site === null ? all : all.filter(isWanted, site);
    const rows = narrow(kept, more, sites, people ?? new Map());
    return { length: rows.length, at: (index) => rows.idAt(index) };
  }, [residents, sorted, query, facts, status, site, more, people, sites, inView, index]);
}
