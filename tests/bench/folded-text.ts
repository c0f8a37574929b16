import { foldKeys } from '../../shared/search/fold.ts';
import type { NamedPerson } from '../../shared/search/name-index.ts';
import { plainWords } from '../../shared/search/plain.ts';

const known = new Map<string, readonly string[]>();
const foldedOf = (word: string): readonly string[] => {
  const keys = known.get(word) ?? foldKeys(word);
  known.set(word, keys);
  return keys;
};

/** What every peer gets of a person: the folded keys of the names, because its own normalisation knows one script. */
export const wordsOf = (person: NamedPerson): readonly string[] => {
  const { family, given, patronymic, familyCyrillic, givenCyrillic } = person;
  const words = [family, given, patronymic, familyCyrillic, givenCyrillic].flatMap(plainWords);
  return [...new Set(words.flatMap(foldedOf))];
};

/** A query, folded in the same way. */
export const foldQuery = (query: string): readonly string[] =>
  plainWords(query).flatMap((word) => foldKeys(word).slice(0, 1));
