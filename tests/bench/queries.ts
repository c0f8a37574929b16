import { seededRandom, type Random } from '../../shared/demo/random.ts';
import { romaniseUkrainian } from '../../shared/names/romanise.ts';
import type { NamedPerson } from '../../shared/search/name-index.ts';
import { namedPersons } from './generate.ts';
import { familiesApart, givenApart } from './names-apart.ts';

/** Persons whose names are nowhere else, among those of the register; `apart` holds their rows. */
export function personsWithApart(
  n: number,
  seed: number,
): { persons: readonly NamedPerson[]; apart: readonly number[] } {
  const random = seededRandom(seed + 1_000_003);
  const strangers = familiesApart.map((familyCyrillic, at): NamedPerson => {
    const givenCyrillic = givenApart[at % givenApart.length] ?? '';
    return {
      family: romaniseUkrainian(familyCyrillic),
      given: romaniseUkrainian(givenCyrillic),
      patronymic: '',
      familyCyrillic,
      givenCyrillic,
      birthDate: `19${String(50 + random.whole(50))}-0${String(1 + random.whole(9))}-15`,
    };
  });
  const known = new Set(strangers);
  const persons = [...namedPersons(n, seed), ...strangers].sort((a, b) =>
    a.family < b.family ? -1 : a.family > b.family ? 1 : 0,
  );
  return { persons, apart: persons.flatMap((person, row) => (known.has(person) ? [row] : [])) };
}

/** Every beginning of "family giv", half of them of persons apart. */
export function keystrokes(persons: readonly NamedPerson[], apart: readonly number[], random: Random, count: number) {
  return Array.from({ length: count }, (_unused, at) => {
    const row = at % 2 === 0 ? random.pick(apart) : random.whole(persons.length);
    const person = persons[row];
    const cyrillic = at % 4 === 3;
    const text = cyrillic
      ? `${person?.familyCyrillic ?? ''} ${person?.givenCyrillic.slice(0, 3) ?? ''}`
      : `${person?.family ?? ''} ${person?.given.slice(0, 3) ?? ''}`;
    return Array.from({ length: text.trim().length }, (_letter, length) => text.trim().slice(0, length + 1));
  }).flat();
}
