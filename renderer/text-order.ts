import type { ResidentImage } from '../shared/register/resident-image.ts';
import { noText, type TextColumn } from '../shared/register/summary-columns.ts';

export type Comparer = (a: string, b: string) => number;

const lettersInKey = 10;

/** The first letters as a number; NaN where something else than a to z is in the text, which the language orders. */
function keyOf(text: string): number {
  let key = 0;
  for (let at = 0; at < text.length || at < lettersInKey; at++) {
    const letter = at < text.length ? (text.charCodeAt(at) | 0x20) - 0x60 : 0;
    if (at < text.length && (letter < 1 || letter > 26)) return Number.NaN;
    if (at < lettersInKey) key = key * 27 + letter;
  }
  return key;
}

/** As the collator orders, without case and accents; names of plain letters are mostly told apart by numbers. */
export function makeComparer(collator: Intl.Collator): Comparer {
  const known = new Map<string, number>();
  const knownKey = (text: string): number => {
    const key = known.get(text) ?? keyOf(text);
    known.set(text, key);
    return key;
  };
  return (a, b) => {
    if (a === b) return 0;
    const difference = knownKey(a) - knownKey(b);
    return difference < 0 || difference > 0 ? difference : collator.compare(a, b);
  };
}

export type Ranks = { readonly ranks: Uint32Array; readonly count: number };

/** For every line the rank of its text; texts that count as the same have one rank. */
export function* rankSteps(
  image: ResidentImage,
  column: TextColumn,
  missing: string,
  compare: Comparer,
): Generator<void, Ranks> {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  const ranks = new Uint32Array(image.rowCount);
  let row = 0;
  for (const part of image.parts) {
    // Each text of a part is looked up once.
    const numberOfText = new Map<number, number>();
    for (const no of part.column(column)) {
      let number = numberOfText.get(no);
      if (number === undefined) {
        number = numberOf(no === noText ? missing : part.text(no));
        numberOfText.set(no, number);
      }
      ranks[row++] = number;
    }
    yield;
  }
  const texts = [...numbers.keys()];
  const inOrder = yield* sortSteps(
    texts.map((_text, number) => number),
    (a, b) => compare(texts[a] ?? '', texts[b] ?? ''),
  );
  const rankOf = new Uint32Array(texts.length);
  let rank = 0;
  for (const [at, number] of inOrder.entries()) {
    const previous = inOrder[at - 1];
    if (previous !== undefined && compare(texts[previous] ?? '', texts[number] ?? '') !== 0) rank++;
    rankOf[number] = rank;
    if (at % stepLength === 0) yield;
  }
  for (let at = 0; at < ranks.length; at++) ranks[at] = rankOf[ranks[at] ?? 0] ?? 0;
  return { ranks, count: rank + 1 };
}

/** Sorts by merging short runs, because a sort of all at once cannot be interrupted. Stable. */
export function* sortSteps<Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Generator<void, readonly Item[]> {
  let runs: Item[][] = [];
  for (let at = 0; at < items.length; at += stepLength) {
    runs.push(items.slice(at, at + stepLength).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      longer.push(yield* mergeSteps(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = longer;
  }
  return runs[0] ?? [];
}

const stepLength = 1_024;

function* mergeSteps<Item>(a: Item[], b: Item[], compare: (a: Item, b: Item) => number): Generator<void, Item[]> {
  if (b.length === 0) return a;
  const merged: Item[] = [];
  let [left, right] = [0, 0];
  while (left < a.length && right < b.length) {
    merged.push(compare(a[left] as Item, b[right] as Item) <= 0 ? (a[left++] as Item) : (b[right++] as Item));
    if (merged.length % stepLength === 0) yield;
  }
  for (const rest of [a.slice(left), b.slice(right)]) for (const item of rest) merged.push(item);
  return merged;
}
