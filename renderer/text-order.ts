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

/** For every line the rank of its text; texts that count as the same have one rank. */
export function rankTexts(
  image: ResidentImage,
  column: TextColumn,
  missing: string,
  compare: Comparer,
): { readonly ranks: Uint32Array; readonly count: number } {
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
  }
  const texts = [...numbers.keys()];
  const inOrder = texts.map((_text, number) => number).sort((a, b) => compare(texts[a] ?? '', texts[b] ?? ''));
  const rankOf = new Uint32Array(texts.length);
  let rank = 0;
  inOrder.forEach((number, at) => {
    const previous = inOrder[at - 1];
    if (previous !== undefined && compare(texts[previous] ?? '', texts[number] ?? '') !== 0) rank++;
    rankOf[number] = rank;
  });
  for (let at = 0; at < ranks.length; at++) ranks[at] = rankOf[ranks[at] ?? 0] ?? 0;
  return { ranks, count: rank + 1 };
}
