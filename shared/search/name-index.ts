import { allSteps } from '../kernel/steps.ts';
import { findPrefix, findTypos, type Dictionary, type WordHit } from './dictionary.ts';
import { dictionarySteps } from './dictionary-build.ts';
import { foldKeys } from './fold.ts';
import { parseDateTerm, type DateTerm } from './date-term.ts';
import { findNumbers, type NumberIndex } from './number-index.ts';
import { RowCosts } from './row-costs.ts';
import { searchTerms } from './match-reason.ts';
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

/** A list of persons; what it gives is not kept, so it may make them as it goes. */
export type NamedPersons = { readonly length: number; readonly at: (row: number) => NamedPerson | undefined };

/** Index of names in every spelling, and of birth dates. Derived, held in memory only, never stored. */
export const buildNameIndex = (persons: NamedPersons): NameIndex => allSteps(nameIndexSteps(persons));

/** The same in steps of about a millisecond, for a screen that has to answer in between. */
export function* nameIndexSteps(persons: NamedPersons): Generator<void, NameIndex> {
  const namesOf = (row: number): readonly string[] => {
    const person = persons.at(row);
    if (person === undefined) return [];
    const { family, given, patronymic, familyCyrillic, givenCyrillic } = person;
    return [family, given, patronymic, familyCyrillic, givenCyrillic].filter((name) => name !== '');
  };
  const written = yield* dictionarySteps(persons.length, namesOf, (name) => [...writtenForms(name)]);
  const folded = yield* dictionarySteps(persons.length, namesOf, (name) => plainWords(name).flatMap(foldKeys));
  const births = new Uint32Array(persons.length);
  for (let row = 0; row < persons.length; row++) {
    births[row] = Number(persons.at(row)?.birthDate?.replaceAll('-', '') ?? 0);
    if (row % 4096 === 0) yield;
  }
  return { rowCount: persons.length, written, folded, births };
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

/** Lower is better; sums over the terms. Exact, beginning, other spelling, typing error. */
const cost = {
  written: { exact: 0, prefix: 2, typo: 10, 'two-typos': 12 },
  folded: { exact: 4, prefix: 6, typo: 11, 'two-typos': 13 },
  elsewhere: 3,
} as const;

/** Marks the rows that a term fits by something else than a name, such as a place. */
export type TermMarker = (term: string, mark: (row: number) => void) => void;

/**
 * Persons for whom every term of `query` holds: the beginning of a name in any script and spelling, with typing errors
 * where nothing better is found, a number (when `numbers` is given) or a birth date. An empty query finds everybody. Rows
 * of the list, best first, then in the order of the list: every hit, as numbers side by side, because a letter alone
 * finds a third of a country.
 */
export function searchRows(
  index: NameIndex,
  query: string,
  { numbers = [], marker, first }: Options = {},
): Uint32Array {
  const terms = searchTerms(query);
  const others = { numbers, marker, first };
  return collect(index, terms, others, false) ?? collect(index, terms, others, true) ?? new Uint32Array();
}

type Options = {
  readonly numbers?: readonly NumberIndex[];
  readonly marker?: TermMarker;
  /** 1 for each row that comes before the others of its rank, as the people of the site that is looked at. */
  readonly first?: Uint8Array | undefined;
};

/** Used again by every query: making them anew costs more than most queries. */
const scratch = new WeakMap<NameIndex, { readonly total: RowCosts; readonly ofTerm: RowCosts }>();

function scratchOf(index: NameIndex) {
  const { rowCount } = index;
  const present = scratch.get(index) ?? { total: new RowCosts(rowCount), ofTerm: new RowCosts(rowCount) };
  scratch.set(index, present);
  return present;
}

type Others = {
  readonly numbers: readonly NumberIndex[];
  readonly marker: TermMarker | undefined;
  readonly first: Uint8Array | undefined;
};

/** Undefined when nobody fits. */
function collect(
  index: NameIndex,
  terms: readonly string[],
  { numbers, marker, first }: Others,
  withTypos: boolean,
): Uint32Array | undefined {
  const { total, ofTerm } = scratchOf(index);
  let isFirst = true;
  for (const term of terms) {
    const date = parseDateTerm(term);
    const words = date === undefined && !/\d/.test(term) ? plainWords(term) : [plain(term)];
    for (const word of words) {
      const into = isFirst ? total : ofTerm;
      into.clear();
      if (date !== undefined) markBirths(index.births, date, into);
      for (const numberIndex of numbers) findNumbers(numberIndex, word, (row) => into.mark(row, 0));
      if (date === undefined) markWords(index, word, withTypos, into);
      marker?.(term, (row) => into.mark(row, cost.elsewhere));
      if (!isFirst) total.add(ofTerm);
      isFirst = false;
      if (total.size === 0) return undefined;
    }
  }
  if (isFirst) return Uint32Array.from({ length: index.rowCount }, (_unused, row) => row);
  return total.size === 0 ? undefined : total.inOrder(first);
}

function markWords(index: NameIndex, word: string, withTypos: boolean, into: RowCosts): void {
  const markerOf =
    ({ postings, postingStarts }: Dictionary, costs: Readonly<Record<Parameters<WordHit>[1], number>>): WordHit =>
    (at, quality) => {
      const value = costs[quality];
      const end = postingStarts[at + 1] ?? 0;
      for (let i = postingStarts[at] ?? 0; i < end; i++) into.mark(postings[i] ?? 0, value);
    };
  const latin = plain(toLatin(word));
  const written = markerOf(index.written, cost.written);
  const folded = markerOf(index.folded, cost.folded);
  for (const form of new Set([word, latin])) findPrefix(index.written, form, written);
  const keys = foldKeys(word);
  for (const key of keys) findPrefix(index.folded, key, folded);
  if (!withTypos) return;
  findTypos(index.written, latin, written);
  for (const key of keys.slice(0, 1)) findTypos(index.folded, key, folded);
}

function markBirths(births: Uint32Array, date: DateTerm, into: RowCosts): void {
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
      into.mark(row, 0);
    }
  }
}
