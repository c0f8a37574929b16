import { numberKey } from '../kernel/number-key.ts';
import { editDistance } from './edit-distance.ts';
import { foldKeys, matchScore, searchKeys } from './fold.ts';
import { plainWords } from './plain.ts';

export type DuplicateReason = 'bsn' | 'v-number' | 'document' | 'name-and-birth-date' | 'similar-name-and-birth-date';

/** What tells whether two records are one person. A null number is not known here and proves nothing. */
export type IdentityFacts = {
  readonly id: string;
  readonly family: string;
  readonly given: string;
  readonly familyCyrillic: string;
  readonly givenCyrillic: string;
  readonly birthDate: string | null;
  readonly bsn: string | null;
  readonly vNumber: string | null;
  readonly documentNumbers: readonly string[];
};

/** `score` 0 … 1, the strongest reason; `ids` in order of text, so both devices name the same pair. */
export type LikelyDouble = {
  readonly ids: readonly [string, string];
  readonly reasons: readonly DuplicateReason[];
  readonly score: number;
};

const weight: Readonly<Record<DuplicateReason, number>> = {
  bsn: 1,
  'v-number': 0.98,
  document: 0.95,
  'name-and-birth-date': 0.9,
  'similar-name-and-birth-date': 0.7,
};

/** Likely doubles among `persons`, strongest first (register.md §12). A person decides; nothing is merged by it. */
export function findDuplicates(persons: readonly IdentityFacts[]): readonly LikelyDouble[] {
  const search = duplicatesInSlices(persons);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

export type SliceProgress = { readonly done: number; readonly total: number };
/** So much is done between two slices that the screen waits some milliseconds at most. */
const sliceLength = 250;

/**
 * `findDuplicates` in slices, for a register of a country: after each it says how far it is, and whoever asks may stop.
 * Only people who share a number, a date of birth, or name and year are compared.
 */
export function* duplicatesInSlices(
  persons: readonly IdentityFacts[],
): Generator<SliceProgress, readonly LikelyDouble[], undefined> {
  const groups = new Map<string, IdentityFacts[]>();
  const total = persons.length * 2;
  for (const [no, person] of persons.entries()) {
    for (const key of new Set(blockKeys(person))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [person]);
      else group.push(person);
    }
    if (no % sliceLength === sliceLength - 1) yield { done: no + 1, total };
  }
  const seen = new Map<string, LikelyDouble>();
  let work = 0;
  let groupNo = 0;
  for (const group of groups.values()) {
    groupNo += 1;
    for (let at = 0; at < group.length; at++) {
      for (let next = at + 1; next < group.length; next++) {
        const [a, b] = [group[at], group[next]];
        work += 1;
        if (work % sliceLength === 0) {
          yield { done: persons.length + Math.floor((persons.length * groupNo) / groups.size), total };
        }
        if (a === undefined || b === undefined || a.id === b.id) continue;
        const reasons = sameReasons(a, b);
        if (reasons.length === 0) continue;
        const ids = a.id < b.id ? ([a.id, b.id] as const) : ([b.id, a.id] as const);
        const key = ids.join(' ');
        if (!seen.has(key)) seen.set(key, { ids, reasons, score: scoreOf(reasons) });
      }
    }
  }
  return [...seen.values()].sort((a, b) => b.score - a.score || (a.ids.join() < b.ids.join() ? -1 : 1));
}

/** Who of `others` may be `person`, strongest first: the warning while a new resident is typed. */
export function findDuplicatesOf(person: IdentityFacts, others: readonly IdentityFacts[]): readonly LikelyDouble[] {
  return others
    .filter((other) => other.id !== person.id)
    .flatMap((other) => {
      const reasons = sameReasons(person, other);
      const ids = person.id < other.id ? ([person.id, other.id] as const) : ([other.id, person.id] as const);
      return reasons.length === 0 ? [] : [{ ids, reasons, score: scoreOf(reasons) }];
    })
    .sort((a, b) => b.score - a.score || (a.ids.join() < b.ids.join() ? -1 : 1));
}

const scoreOf = (reasons: readonly DuplicateReason[]): number => Math.max(...reasons.map((reason) => weight[reason]));

/** Only people with one of these in common are compared, so a register of 100,000 is not a matter of pairs. */
function blockKeys(person: IdentityFacts): readonly string[] {
  const { vNumber, documents } = numbersOf(person);
  const keys = documents.map((key) => `d${key}`);
  if (person.bsn !== null) keys.push(`b${person.bsn}`);
  if (vNumber !== null) keys.push(`v${vNumber}`);
  if (hasYear(person.birthDate)) {
    keys.push(`t${person.birthDate}`);
    keys.push(`n${nameKey(person)} ${person.birthDate.slice(0, 4)}`);
  }
  return keys;
}

type Numbers = { readonly vNumber: string | null; readonly documents: readonly string[] };
const numbers = new WeakMap<IdentityFacts, Numbers>();

/** Numbers as they are compared, worked out once for everybody whom a person is compared with. */
function numbersOf(person: IdentityFacts): Numbers {
  const known = numbers.get(person);
  if (known !== undefined) return known;
  const made = {
    vNumber: person.vNumber === null ? null : numberKey(person.vNumber),
    documents: person.documentNumbers.map(numberKey).filter((key) => key !== ''),
  };
  numbers.set(person, made);
  return made;
}

const hasYear = (date: string | null): date is string => date !== null && !date.startsWith('0000');

/** Folded words of a name in order of text: family and given name may have changed places. */
export const nameWords = (name: Pick<IdentityFacts, 'family' | 'given' | 'familyCyrillic' | 'givenCyrillic'>) =>
  [name.family || name.familyCyrillic, name.given || name.givenCyrillic].flatMap(foldedWords).sort();

/** Names come back often, also among 100,000 people; begun anew before it grows large. */
const folded = new Map<string, readonly string[]>();
const maxKept = 20_000;

function foldedWords(written: string): readonly string[] {
  const known = folded.get(written);
  if (known !== undefined) return known;
  if (folded.size >= maxKept) folded.clear();
  const made = plainWords(written).map((word) => foldKeys(word)[0] ?? '');
  folded.set(written, made);
  return made;
}

function nameKey(person: IdentityFacts): string {
  const known = nameKeys.get(person);
  if (known !== undefined) return known;
  const key = nameWords(person).join(' ');
  nameKeys.set(person, key);
  return key;
}

const nameKeys = new WeakMap<IdentityFacts, string>();

function sameReasons(a: IdentityFacts, b: IdentityFacts): readonly DuplicateReason[] {
  const reasons: DuplicateReason[] = [];
  if (a.bsn !== null && a.bsn === b.bsn) reasons.push('bsn');
  const [of, at] = [numbersOf(a), numbersOf(b)];
  if (of.vNumber !== null && of.vNumber === at.vNumber) reasons.push('v-number');
  if (of.documents.some((number) => at.documents.includes(number))) reasons.push('document');
  if (mayBeSameDate(a.birthDate, b.birthDate)) {
    const key = nameKey(a);
    if (key !== '' && key === nameKey(b)) reasons.push('name-and-birth-date');
    else if (a.birthDate === b.birthDate && hasSimilarName(a, b)) reasons.push('similar-name-and-birth-date');
  }
  return reasons;
}

/** Unknown parts contradict nothing, but the year has to be known and the same. */
function mayBeSameDate(a: string | null, b: string | null): boolean {
  if (!hasYear(a) || !hasYear(b) || a.slice(0, 4) !== b.slice(0, 4)) return false;
  const agree = (from: number, to: number) =>
    a.slice(from, to) === b.slice(from, to) || a.slice(from, to) === '00' || b.slice(from, to) === '00';
  return agree(5, 7) && agree(8, 10);
}

/**
 * Both names at least within a typing error or another spelling, in either script. Given names first: there are few of
 * them, so what was found out about two of them holds for many pairs of persons, and most differ.
 */
function hasSimilarName(a: IdentityFacts, b: IdentityFacts): boolean {
  return (
    isSimilar([a.given, a.givenCyrillic], [b.given, b.givenCyrillic], knownSimilar) &&
    isSimilar([a.family, a.familyCyrillic], [b.family, b.familyCyrillic], isSimilarName)
  );
}

const isSimilar = (
  a: readonly string[],
  b: readonly string[],
  areSimilar: (name: string, other: string) => boolean,
): boolean => a.some((name) => name !== '' && b.some((other) => other !== '' && areSimilar(name, other)));

const similar = new Map<string, Map<string, boolean>>();
const maxSimilar = 400;

function knownSimilar(name: string, other: string): boolean {
  const known = similar.get(name)?.get(other);
  if (known !== undefined) return known;
  if ((similar.get(name)?.size ?? 0) >= maxSimilar || similar.size >= maxSimilar * 2) similar.clear();
  const found = isSimilarName(name, other);
  const row = similar.get(name) ?? new Map<string, boolean>();
  similar.set(name, row.set(other, found));
  return found;
}

function isSimilarName(name: string, other: string): boolean {
  const [of, at] = [spellingsOf(name), spellingsOf(other)];
  if (of.keys.some((key) => at.keys.includes(key))) return true;
  return mayBeTypo(of.sound, at.sound) && matchScore(name, at.keys) >= 0.5;
}

/** A typing error leaves the first or the last sound, or the one name begins with the other: the rest is not compared. */
function mayBeTypo(a: string, b: string): boolean {
  if (a.startsWith(b) || b.startsWith(a)) return true;
  return (
    Math.abs(a.length - b.length) <= 2 &&
    (a.charAt(0) === b.charAt(0) || a.at(-1) === b.at(-1)) &&
    editDistance(a, b, 3) <= 3
  );
}

type Spellings = { readonly keys: readonly string[]; readonly sound: string };
const spellings = new Map<string, Spellings>();

function spellingsOf(name: string): Spellings {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  if (spellings.size >= maxKept) spellings.clear();
  const made = { keys: searchKeys(name), sound: foldKeys(name)[0] ?? '' };
  spellings.set(name, made);
  return made;
}
