import { searchRows, type NameIndex } from '../../shared/search/name-index.ts';

/** The first hits as a plain list, and how many there are. */
export function searchNames(
  index: NameIndex,
  query: string,
  { limit = 200, ...options }: Parameters<typeof searchRows>[2] & { readonly limit?: number } = {},
) {
  const found = searchRows(index, query, options);
  return { rows: [...found.subarray(0, limit)], total: found.length };
}
