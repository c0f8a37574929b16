import { findPrefix, findTypos, buildDictionary, type Dictionary, type WordHit } from './dictionary.ts';
import { foldKeys } from './fold.ts';
import { parseDateTerm, type DateTerm } from './date-term.ts';
import { findNumbers, type NumberIndex } from './number-index.ts';
import { plain, plainWords } from './plain.ts';
import { toLatin } from './spellings.ts';

/** What the search needs of a person; a `ResidentSummary` has it all. Names not given are ''. */
export type NamedPerson = {
  readonly family: string;
  readonly given: string;
  readonly patronymic: string;
  readonly familyCyrillic: string;
  readonly givenCyrillic: string;
  readonly birthDate: string | null;
};

/** Persons are numbered in the order of the list, so results of one rank come out in it. */
export type NameIndex = {
  readonly rowCount: number;
  readonly written: Dictionary;
  readonly folded: Dictionary;
  /** `YYYYMMDD` with 0 for unknown parts, 0 for no date. */
  readonly births: Uint32Array;
};

/** Index of names in every spelling, and of birth dates. Derived, held in memory only, never stored. */
export function buildNameIndex(persons: readonly NamedPerson[]): NameIndex {
  const writtenOf = memo((name) => [...writtenForms(name)]);
  const foldedOf = memo((name) => [...new Set(plainWords(name).flatMap(foldKeys))]);
  const wordsOf = (forms: (name: string) => readonly string[]) => (row: number) => {
    const person = persons[row];
    if (person === undefined) return [];
    const { family, given, patronymic, familyCyrillic, givenCyrillic } = person;
    const words = new Set<string>();
    for (const name of [family, given, patronymic, familyCyrillic, givenCyrillic]) {
      if (name !== '') for (const word of forms(name)) words.add(word);
    }
    return [...words];
  };
  return {
    rowCount: persons.length,
    written: buildDictionary(persons.length, wordsOf(writtenOf)),
    folded: buildDictionary(persons.length, wordsOf(foldedOf)),
    births: Uint32Array.from(persons, ({ birthDate }) => Number(birthDate?.replaceAll('-', '') ?? 0)),
  };
}

function writtenForms(name: string): Set<string> {
  const forms = new Set<string>();
  for (const text of [name, toLatin(name)]) {
    for (const word of plainWords(text)) forms.add(word);
    // Double names are found in one piece too.
    for (const word of plain(text).split(' ')) forms.add(word);
  }
  forms.delete('');
  return forms;
}

function memo(make: (name: string) => readonly string[]): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const present = known.get(name);
    if (present !== undefined) return present;
    const made = make(name);
    known.set(name, made);
    return made;
  };
}

/** Lower is better; sums over the terms. Exact, beginning, other spelling, typing error. */
const cost = {
  written: { exact: 0, prefix: 2, typo: 10, 'two-typos': 12 },
  folded: { exact: 4, prefix: 6, typo: 11, 'two-typos': 13 },
} as const;
const none = 255;

export type NameSearch = {
  /** Rows of the list, best first, then in the order of the list. */
  readonly rows: readonly number[];
  /** All hits, also beyond `limit`. */
  readonly total: number;
};

/**
 * Persons for whom every term of `query` holds: the beginning of a name in any script and spelling, with typing errors
 * where nothing better is found, a number (when `numbers` is given) or a birth date. An empty query finds everybody.
 */
export function searchNames(
  index: NameIndex,
  query: string,
  options: { readonly limit?: number; readonly numbers?: readonly NumberIndex[] } = {},
): NameSearch {
  const terms = query
    .trim()
    .split(/[\s,;]+/u)
    .filter((term) => plain(term) !== '');
  const limit = options.limit ?? 200;
  const strict = collect(index, terms, options.numbers ?? [], false);
  const found = strict.total > 0 ? strict : collect(index, terms, options.numbers ?? [], true);
  return { rows: inOrder(found.costs, limit), total: found.total };
}

function collect(
  index: NameIndex,
  terms: readonly string[],
  numbers: readonly NumberIndex[],
  withTypos: boolean,
): { costs: Uint8Array; total: number } {
  const costs = new Uint8Array(index.rowCount);
  const ofTerm = new Uint8Array(index.rowCount);
  for (const term of terms) {
    const date = parseDateTerm(term);
    const words = date === undefined && !/\d/.test(term) ? plainWords(term) : [plain(term)];
    for (const word of words) {
      ofTerm.fill(none);
      if (date !== undefined) markBirths(index.births, date, ofTerm);
      for (const numberIndex of numbers) findNumbers(numberIndex, word, (row) => (ofTerm[row] = 0));
      if (date === undefined) markWords(index, word, withTypos, ofTerm);
      for (let row = 0; row < costs.length; row++) {
        const sum = (costs[row] ?? none) + (ofTerm[row] ?? none);
        costs[row] = sum < none ? sum : none;
      }
    }
  }
  let total = 0;
  for (const value of costs) if (value !== none) total++;
  return { costs, total };
}

function markWords(index: NameIndex, word: string, withTypos: boolean, ofTerm: Uint8Array): void {
  const marker =
    ({ postings, postingStarts }: Dictionary, costs: Readonly<Record<Parameters<WordHit>[1], number>>): WordHit =>
    (at, quality) => {
      const value = costs[quality];
      const end = postingStarts[at + 1] ?? 0;
      for (let i = postingStarts[at] ?? 0; i < end; i++) {
        const row = postings[i] ?? 0;
        if (value < (ofTerm[row] ?? none)) ofTerm[row] = value;
      }
    };
  const latin = plain(toLatin(word));
  const written = marker(index.written, cost.written);
  const folded = marker(index.folded, cost.folded);
  for (const form of new Set([word, latin])) findPrefix(index.written, form, written);
  const keys = foldKeys(word);
  for (const key of keys) findPrefix(index.folded, key, folded);
  if (!withTypos) return;
  findTypos(index.written, latin, written);
  for (const key of keys.slice(0, 1)) findTypos(index.folded, key, folded);
}

function markBirths(births: Uint32Array, date: DateTerm, ofTerm: Uint8Array): void {
  for (let row = 0; row < births.length; row++) {
    const birth = births[row] ?? 0;
    const day = birth % 100;
    const month = Math.trunc(birth / 100) % 100;
    const year = Math.trunc(birth / 10_000);
    if (
      (date.year === null || date.year === year) &&
      (date.month === null || date.month === month) &&
      (date.day === null || date.day === day)
    ) {
      ofTerm[row] = 0;
    }
  }
}

function inOrder(costs: Uint8Array, limit: number): readonly number[] {
  const byCost: number[][] = [];
  costs.forEach((value, row) => {
    if (value === none) return;
    const bucket = (byCost[value] ??= []);
    if (bucket.length < limit) bucket.push(row);
  });
  return byCost.flat().slice(0, limit);
}
