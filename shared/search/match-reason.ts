import { foldKeys } from './fold.ts';
import { plain, plainWords } from './plain.ts';
import { toLatin } from './spellings.ts';

/** Why somebody is among the hits; the later in this list, the less the name on the screen says it itself. */
export const matchReasons = [
  'patronymic',
  'place',
  'vNumber',
  'document',
  'bsn',
  'cyrillic',
  'spelling',
  'typo',
] as const;
export type MatchReason = (typeof matchReasons)[number];

type Person = {
  readonly family: string;
  readonly given: string;
  readonly patronymic: string;
  readonly familyCyrillic: string;
  readonly givenCyrillic: string;
};

/**
 * Reasons for the terms of `query` that cannot be seen in the Latin name or the birth date of a hit, without doubles,
 * in the order of `matchReasons`. `elsewhere` says whether a term fits a place or a number of this person.
 */
export function explainMatch(
  person: Person,
  query: string,
  elsewhere: (term: string) => MatchReason | null = () => null,
): readonly MatchReason[] {
  const reasons = new Set<MatchReason>();
  for (const term of searchTerms(query)) {
    const isNumber = /\d/.test(term);
    if (isNumber || !begins([person.family, person.given], plainWords(term)[0] ?? '')) {
      const found = elsewhere(term);
      if (found !== null) {
        reasons.add(found);
        continue;
      }
    }
    // A number that is no name is a date or a code, and both stand in the row.
    if (isNumber || isCode(term)) continue;
    for (const word of plainWords(term)) {
      const reason = reasonOf(person, word);
      if (reason !== null) reasons.add(reason);
    }
  }
  return matchReasons.filter((reason) => reasons.has(reason));
}

/** The terms of a query as the search takes them apart. */
export const searchTerms = (query: string): readonly string[] =>
  query
    .trim()
    .split(/[\s,;]+/u)
    .filter((term) => plain(term) !== '');

const isCode = (term: string): boolean => /^oa-[0-9a-z]{2,6}$/i.test(term);

function reasonOf(person: Person, word: string): MatchReason | null {
  const latin = [person.family, person.given];
  const cyrillic = [person.familyCyrillic, person.givenCyrillic];
  if (begins(latin, word)) return null;
  if (begins(cyrillic, word)) return 'cyrillic';
  if (begins([person.patronymic], word) || begins([person.patronymic], plain(toLatin(word)))) return 'patronymic';
  const keys = foldKeys(word);
  const names = [...latin, ...cyrillic, person.patronymic];
  const isSpelling = names
    .flatMap(plainWords)
    .flatMap(foldKeys)
    .some((name) => keys.some((key) => name.startsWith(key)));
  return isSpelling ? 'spelling' : 'typo';
}

/** Also a double name in one piece. */
const begins = (names: readonly string[], word: string): boolean =>
  names.some((name) => [...plainWords(name), ...plain(name).split(' ')].some((part) => part.startsWith(word)));
