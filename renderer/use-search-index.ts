import { useEffect, useState } from 'react';
import type { ResidentSummary } from '../shared/register/resident-summary.ts';
import type { Language } from './i18n/i18n.ts';
import { orderInSlices } from './list-order.ts';
import type { LayeredMap } from './stores/layered-map.ts';
import { prepareSearch } from './stores/name-search.ts';
import type { Sort } from './ui/DataGrid.tsx';

export const byName: Sort = { key: 'name', descending: false };

/**
 * Makes the index of names after the screen has been painted; nothing waits for it. What it gives changes when the index
 * is there: what was typed before that is looked for again.
 */
export function useSearchIndex(residents: LayeredMap<ResidentSummary>, language: Language): unknown {
  const [index, setIndex] = useState<unknown>(null);
  useEffect(() => {
    let isLeft = false;
    void orderInSlices(residents, byName, language)
      .then((rows) => prepareSearch(residents, rows))
      .then((index) => {
        if (!isLeft) setIndex(index);
      });
    return () => {
      isLeft = true;
    };
  }, [residents, language]);
  return index;
}
