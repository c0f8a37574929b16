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

const maxWordLength = 63;

/**
 * Every word within the typing errors allowed for `query`, or with a beginning within one. Rows of the distance table
 * are shared by words with the same beginning. The first letter is not special.
 */
export function findTypos(dictionary: Dictionary, query: string, hit: WordHit): void {
  const limit = maxEdits(query.length);
  if (limit === 0) return;
  const { size, letters, starts, shared } = dictionary;
  const width = query.length + 1;
  const codes = Uint16Array.from(query, (character) => character.charCodeAt(0));
  const table = new Uint8Array((maxWordLength + 1) * width);
  // Per depth: the lowest value of the row, and the lowest distance of a beginning up to here.
  const rowLowest = new Uint8Array(maxWordLength + 1);
  const beginLowest = new Uint8Array(maxWordLength + 1);
  for (let j = 0; j < width; j++) table[j] = j;
  beginLowest[0] = query.length;
  let filled = 0;
  for (let at = 0; at < size; at++) {
    const start = starts[at] ?? 0;
    const length = Math.min((starts[at + 1] ?? 0) - start, maxWordLength);
    let depth = Math.min(filled, shared[at] ?? 0, length);
    // A beginning that is already too far off is too far off for this word as well.
    if (depth > 0 && (rowLowest[depth] ?? 0) > limit && (beginLowest[depth] ?? 0) > 1) {
      filled = depth;
      continue;
    }
    while (depth < length) {
      depth++;
      fillRow(table, width, depth, letters, start, codes);
      const from = depth * width;
      let lowest = depth;
      for (let j = 1; j < width; j++) lowest = Math.min(lowest, table[from + j] ?? 0);
      rowLowest[depth] = lowest;
      beginLowest[depth] = Math.min(beginLowest[depth - 1] ?? 0, table[from + width - 1] ?? 0);
      if (lowest > limit && (beginLowest[depth] ?? 0) > 1) break;
    }
    filled = depth;
    const whole = depth === length ? (table[depth * width + width - 1] ?? 0) : limit + 1;
    if (whole <= limit) hit(at, whole === 2 ? 'two-typos' : 'typo');
    else if ((beginLowest[depth] ?? 0) <= 1) hit(at, 'two-typos');
  }
}

function fillRow(
  table: Uint8Array,
  width: number,
  depth: number,
  letters: Uint16Array,
  start: number,
  codes: Uint16Array,
): void {
  const row = depth * width;
  const back = row - width;
  const letter = letters[start + depth - 1];
  table[row] = depth;
  for (let j = 1; j < width; j++) {
    let cost = Math.min(
      (table[back + j] ?? 0) + 1,
      (table[row + j - 1] ?? 0) + 1,
      (table[back + j - 1] ?? 0) + (letter === codes[j - 1] ? 0 : 1),
    );
    if (depth > 1 && j > 1 && letter === codes[j - 2] && letters[start + depth - 2] === codes[j - 1]) {
      cost = Math.min(cost, (table[back - width + j - 2] ?? 0) + 1);
    }
    table[row + j] = cost;
  }
}
