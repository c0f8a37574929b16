import { numberKey } from '../kernel/number-key.ts';

/**
 * Sorted numbers with their rows, apart from the names because they are no part of the summaries (performance.md §3.1):
 * V-numbers for everybody, BSNs only where the user may open them.
 */
export type NumberIndex = { readonly numbers: readonly string[]; readonly rows: Uint32Array };

/** `numberOf` row; null where there is none. Spaces and points are no part of a number. */
export function buildNumberIndex(numberOf: readonly (string | null)[]): NumberIndex {
  const entries = numberOf
    .flatMap((text, row) => (text === null || text === '' ? [] : [{ key: numberKey(text), row }]))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row));
  return { numbers: entries.map(({ key }) => key), rows: Uint32Array.from(entries, ({ row }) => row) };
}

/** Calls `hit` with every row whose number begins with `typed`; nothing below 3 signs or without a digit. */
export function findNumbers({ numbers, rows }: NumberIndex, typed: string, hit: (row: number) => void): void {
  const key = numberKey(typed);
  if (key.length < 3 || !/\d/.test(key)) return;
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  for (let at = low; numbers[at]?.startsWith(key) === true; at++) hit(rows[at] ?? 0);
}
