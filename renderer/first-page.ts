import type { ResidentSummary } from '../shared/register/resident-summary.ts';
import { noText, startCount } from '../shared/register/summary-columns.ts';
import { nameOrder } from './i18n/format.ts';
import type { Language } from './i18n/i18n.ts';
import type { LayeredMap } from './stores/layered-map.ts';
import { imageOf, ResidentRows } from './stores/resident-rows.ts';
import { makeComparer } from './text-order.ts';

/**
 * The list by name with its first lines in their order and the others as they come: ordering a country takes longer
 * than showing its first page. At least `count` lines that are not departed stand in order, fewer when there are fewer.
 */
export function firstPage(residents: LayeredMap<ResidentSummary>, language: Language, count: number): ResidentRows {
  const image = imageOf(residents);
  const starts = new Uint16Array(image.rowCount);
  const present = new Uint32Array(startCount + 1);
  let from = 0;
  for (const part of image.parts) {
    const column = part.column('family');
    for (let at = 0; at < part.length; at++) {
      const no = column[at] ?? noText;
      const start = no === noText ? 0 : part.startOf(no);
      starts[from + at] = start;
      if (!image.isDead(from + at) && part.statusAt(at) !== 'departed') present[start] = (present[start] ?? 0) + 1;
    }
    from += part.length;
  }
  let last = 0;
  for (let sum = 0; last < startCount && sum < count;) sum += present[++last] ?? 0;
  return new ResidentRows(image, [], inOrder(image, starts, last, language));
}

/** Lines up to the place `last` in their order; those without a place can stand anywhere between them. */
function inOrder(image: ResidentRows['image'], starts: Uint16Array, last: number, language: Language): Uint32Array {
  const compare = makeComparer(nameOrder(language));
  const chosen: { readonly row: number; readonly family: string; readonly given: string }[] = [];
  const rest = new Uint32Array(image.size);
  let restCount = 0;
  for (let row = 0; row < image.rowCount; row++) {
    if (image.isDead(row)) continue;
    if ((starts[row] ?? 0) > last) rest[restCount++] = row;
    else chosen.push({ row, family: image.textAt('family', row), given: image.textAt('given', row) });
  }
  chosen.sort((a, b) => compare(a.family, b.family) || compare(a.given, b.given) || image.compareIds(a.row, b.row));
  // After the last line with a place nobody knows what comes first.
  const known = restCount === 0 ? chosen.length : chosen.findLastIndex(({ row }) => (starts[row] ?? 0) > 0) + 1;
  const order = new Uint32Array(image.size);
  const rows = chosen.map(({ row }) => row);
  order.set(rows.slice(0, known));
  order.set(rest.subarray(0, restCount), known);
  order.set(rows.slice(known), known + restCount);
  return order;
}
