import type { Dictionary } from './dictionary.ts';

/** Rows between two steps: a few milliseconds at most, where every name is a new one. */
const rowsPerStep = 64;

/**
 * Makes a dictionary in steps, so that whoever runs it can let a screen answer in between. Rows are given by their
 * names; `wordsOf` is asked once for every different name, and may give a word twice.
 */
export function* dictionarySteps(
  rowCount: number,
  namesOfRow: (row: number) => readonly string[],
  wordsOf: (name: string) => readonly string[],
): Generator<void, Dictionary> {
  const numbers = new Map<string, number>();
  const wordsOfName = new Map<string, readonly number[]>();
  const counts: number[] = [];
  const numberOf = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, counts.length);
    counts.push(0);
    return counts.length - 1;
  };
  const rowEnds = new Uint32Array(rowCount);
  let found = new Uint32Array(Math.max(16, rowCount * 8));
  let end = 0;
  for (let row = 0; row < rowCount; row++) {
    const start = end;
    for (const name of namesOfRow(row)) {
      let words = wordsOfName.get(name);
      if (words === undefined) {
        words = [...new Set(wordsOf(name))].map(numberOf);
        wordsOfName.set(name, words);
      }
      for (const word of words) {
        // A person has a handful of words: looking through them is quicker than a set.
        if (found.subarray(start, end).includes(word)) continue;
        if (end === found.length) found = grown(found);
        found[end++] = word;
        counts[word] = (counts[word] ?? 0) + 1;
      }
    }
    rowEnds[row] = end;
    if (row % rowsPerStep === rowsPerStep - 1) yield;
  }

  const words = yield* sortedSteps([...numbers.keys()]);
  const size = words.length;
  const starts = new Uint32Array(size + 1);
  const postingStarts = new Uint32Array(size + 1);
  const shared = new Uint8Array(size);
  const places = new Uint32Array(size);
  const letters = new Uint16Array(words.reduce((sum, word) => sum + word.length, 0));
  for (let at = 0; at < size; at++) {
    const word = words[at] ?? '';
    const start = starts[at] ?? 0;
    starts[at + 1] = start + word.length;
    const number = numbers.get(word) ?? 0;
    places[number] = at;
    postingStarts[at + 1] = (postingStarts[at] ?? 0) + (counts[number] ?? 0);
    shared[at] = at === 0 ? 0 : sharedLength(words[at - 1] ?? '', word);
    for (let i = 0; i < word.length; i++) letters[start + i] = word.charCodeAt(i);
    if (at % rowsPerStep === rowsPerStep - 1) yield;
  }
  const next = postingStarts.slice(0, size);
  const postings = new Uint32Array(end);
  let from = 0;
  for (let row = 0; row < rowCount; row++) {
    const to = rowEnds[row] ?? 0;
    for (; from < to; from++) {
      const at = places[found[from] ?? 0] ?? 0;
      const free = next[at] ?? 0;
      postings[free] = row;
      next[at] = free + 1;
    }
    if (row % (64 * rowsPerStep) === 0) yield;
  }
  return { size, letters, starts, shared, postingStarts, postings };
}

/** By first letter, one letter a step: sorting all words of a country at once takes too long. */
function* sortedSteps(words: readonly string[]): Generator<void, readonly string[]> {
  const byLetter = new Map<number, string[]>();
  for (const word of words) {
    const group = byLetter.get(word.charCodeAt(0));
    if (group === undefined) byLetter.set(word.charCodeAt(0), [word]);
    else group.push(word);
  }
  const sorted: string[] = [];
  for (const letter of [...byLetter.keys()].sort((a, b) => a - b)) {
    for (const word of (byLetter.get(letter) ?? []).sort()) sorted.push(word);
    yield;
  }
  return sorted;
}

function grown(from: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(from.length * 2);
  larger.set(from);
  return larger;
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < 255 && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
