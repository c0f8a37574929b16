import { toCsv } from '../../shared/exchange/csv.ts';
import type { NewResident } from '../demo/pages/residents.ts';
import type { Prng } from '../simulation/prng.ts';

export type Person = NewResident & { readonly bsn: string; readonly from: string; readonly arrival: string };

/** Invented people of whom no two share a name or a number, and whose names are far apart for a search. */
export function makePeople(prng: Prng) {
  const taken = new Set<string>();
  const draw = (make: () => string): string => {
    const made = make();
    if (taken.has(made)) return draw(make);
    taken.add(made);
    return made;
  };
  const syllables = (count: number) =>
    Array.from({ length: count }, () => prng.pick([...'bdfghklmnprstvz']) + prng.pick([...'aeiou'])).join('');
  const name = (count: number) => capital(syllables(count));
  const one = (): Person => ({
    family: draw(() => name(5)),
    given: name(3),
    familyCyrillic: 'Проба',
    givenCyrillic: 'Олена',
    birthDate: '12-3-1985',
    sex: 'F',
    bsn: draw(() => bsn(prng)),
    arrival: '2025-03-01',
    from: name(4),
  });
  return { one, place: () => name(4) };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Nine digits that pass the eleven test. */
function bsn(prng: Prng): string {
  for (;;) {
    const digits = Array.from({ length: 8 }, (_, at) => (at === 0 ? 1 + prng.int(9) : prng.int(10)));
    const last = digits.reduce((sum, digit, at) => sum + digit * (9 - at), 0) % 11;
    if (last < 10) return [...digits, last].join('');
  }
}

/** The list that a municipality would send of them, three to a household. */
export function listOf(people: readonly Person[]): string {
  const headers = [
    ...['Huishouden', 'Relatie', 'Achternaam', 'Voornaam', 'Achternaam (Cyrillisch)', 'Voornaam (Cyrillisch)'],
    ...['Geboortedatum', 'Geslacht', 'BSN', 'Aangekomen op'],
  ];
  const rows = people.map((person, at) => [
    ...[`H${String(Math.floor(at / 3) + 1)}`, ['Hoofdpersoon', 'Partner', 'Kind'][at % 3] ?? ''],
    ...[person.family, person.given, person.familyCyrillic, person.givenCyrillic],
    ...[person.birthDate, 'V', person.bsn, person.arrival.split('-').reverse().join('-')],
  ]);
  return toCsv([headers, ...rows]);
}
