import { maxEdits } from './edit-distance.ts';

/**
 * Sorted words with the rows they occur in, all in typed arrays (performance.md §3.5): the letters of all words in one
 * buffer, offsets, the beginning each word shares with the one before, and postings in compressed rows.
 */
export type Dictionary = {
  readonly size: number;
  readonly letters: Uint16Array;
  readonly starts: Uint32Array;
  readonly shared: Uint8Array;
  readonly postingStarts: Uint32Array;
  readonly postings: Uint32Array;
};

export type WordHit = (word: number, quality: 'exact' | 'prefix' | 'typo' | 'two-typos') => void;

/** Every word that is or begins with `query`, in two binary searches. */
export function findPrefix(dictionary: Dictionary, query: string, hit: WordHit): void {
  const { size, starts } = dictionary;
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareAt(dictionary, middle, query) < 0) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < size && compareAt(dictionary, at, query) === 0; at++) {
    const length = (starts[at + 1] ?? 0) - (starts[at] ?? 0);
    hit(at, length === query.length ? 'exact' : 'prefix');
  }
}

/** Order of the first letters of a word and `query`; 0 when the word begins with it. */
function compareAt({ letters, starts }: Dictionary, at: number, query: string): number {
  const start = starts[at] ?? 0;
  const length = (starts[at + 1] ?? 0) - start;
  const common = Math.min(length, query.length);
  for (let i = 0; i < common; i++) {
    const difference = (letters[start + i] ?? 0) - query.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return length < query.length ? -1 : 0;
}

/** One bit for each letter of the query and one before the first. Of a longer query the beginning is looked for. */
const maxQueryLength = 30;
const maxWordLength = 63;

/**
 * Every word within the typing errors allowed for `query` (wrong, missing, surplus, two neighbours swapped), or with a
 * beginning within one. The first letter is not special. After each letter of a word, a bit set says which beginnings of
 * the query it can be with no, one or two errors; words with the same beginning share those sets.
 */
export function findTypos(dictionary: Dictionary, query: string, hit: WordHit): void {
  const limit = maxEdits(query.length);
  if (limit === 0) return;
  const { size, letters, starts, shared } = dictionary;
  const wanted = query.slice(0, maxQueryLength);
  const bits = bitsByLetter(wanted);
  const whole = 1 << wanted.length;
  const all = whole * 2 - 1;
  // Per depth in a word, with no, one and two errors.
  const none = new Int32Array(maxWordLength + 1);
  const one = new Int32Array(maxWordLength + 1);
  const two = new Int32Array(maxWordLength + 1);
  const fits = new Int32Array(maxWordLength + 1);
  /** Whether a beginning up to this depth is the whole query within one error. */
  const begun = new Uint8Array(maxWordLength + 1);
  none[0] = 1;
  one[0] = 0b11;
  two[0] = limit === 2 ? 0b111 : 0;
  const alive = limit === 2 ? two : one;
  let depth = 0;
  for (let at = 0; at < size; at++) {
    const common = shared[at] ?? 0;
    // Nothing can come of a beginning that already has too many errors.
    if (alive[depth] === 0 && common >= depth) {
      if (begun[depth] === 1) hit(at, 'two-typos');
      continue;
    }
    const start = starts[at] ?? 0;
    const length = Math.min((starts[at + 1] ?? 0) - start, maxWordLength);
    depth = Math.min(depth, common, length);
    while (depth < length && alive[depth] !== 0) {
      const fit = bits[letters[start + depth] ?? 0] ?? 0;
      const none0 = none[depth] ?? 0;
      const one0 = one[depth] ?? 0;
      const two0 = two[depth] ?? 0;
      const isSwap = depth > 0 ? (fit << 1) & (fits[depth] ?? 0) : 0;
      const none1 = (none0 << 1) & fit;
      const one1 =
        (((one0 << 1) & fit) | none0 | ((none0 | none1) << 1) | (isSwap & ((none[depth - 1] ?? 0) << 2))) & all;
      depth++;
      none[depth] = none1;
      one[depth] = one1;
      if (limit === 2) {
        const swapped = isSwap & ((one[depth - 2] ?? 0) << 2);
        two[depth] = (((two0 << 1) & fit) | one0 | ((one0 | one1) << 1) | swapped) & all;
      }
      fits[depth] = fit;
      begun[depth] = begun[depth - 1] === 1 || (one1 & whole) !== 0 ? 1 : 0;
    }
    if (depth === length && ((one[depth] ?? 0) & whole) !== 0) hit(at, 'typo');
    else if ((depth === length && ((alive[depth] ?? 0) & whole) !== 0) || begun[depth] === 1) hit(at, 'two-typos');
  }
}

/** Where each letter stands in the query: bit n for its n-th letter, counted from 1. By code, as long as needed. */
function bitsByLetter(query: string): Int32Array {
  const codes = Array.from({ length: query.length }, (_unused, at) => query.charCodeAt(at));
  const bits = new Int32Array(Math.max(...codes) + 1);
  codes.forEach((code, at) => (bits[code] = (bits[code] ?? 0) | (2 << at)));
  return bits;
}
