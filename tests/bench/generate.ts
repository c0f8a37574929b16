import { generateMunicipality, type DemoMunicipality } from '../../shared/demo/demo-site.ts';
import { toImportRows } from '../../shared/demo/import-rows.ts';
import { seededRandom, type Random } from '../../shared/demo/random.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { romaniseUkrainian } from '../../shared/names/romanise.ts';
import type { DemoRecord } from '../../shared/demo/builders.ts';
import { readField } from '../../shared/records/field-rule.ts';
import { residentKind } from '../../shared/register/resident.ts';
import type { NamedPerson } from '../../shared/search/name-index.ts';
import { olderPassportSpelling } from '../../shared/search/spellings.ts';

/** The day the data describes; nothing here depends on the day of the run. */
export const day = isoDate('2026-11-02');
const partSize = 4_000;
const personsPerSite = 80;

const consonants = [...'бвгджзклмнпрстфхцчшщ'];
const vowels = [...'аеиіоуюяє'];
const endings = ['енко', 'чук', 'юк', 'ський', 'ко', 'ишин', 'ів', 'ець', 'як', 'ак', 'ій', 'ик', 'ович', 'ура', 'ань'];

/** A surname nobody needs to have: the demonstration has 64, a country tens of thousands. Common ones come back more often. */
function drawFamily(random: Random): string {
  const letter = (letters: readonly string[]) =>
    letters[Math.floor((random.whole(1000) ** 2 / 1e6) * letters.length)] ?? '';
  const stem =
    letter(consonants) +
    letter(vowels) +
    letter(consonants) +
    (random.chance(40) ? letter(vowels) + letter(consonants) : '');
  return stem.charAt(0).toUpperCase() + stem.slice(1) + letter(endings);
}

/** Gives two families in three a surname of a larger list; everything else stays as it was. */
function withManyFamilies(demo: DemoMunicipality, seed: number): DemoMunicipality {
  const random = seededRandom(seed ^ 0x5eed);
  const familyOf = new Map<string, string>();
  const residents = demo.residents.map((record) => {
    const name = nameOf(record);
    const key = `${name.familyCyrillic}/${name.patronymicCyrillic}`;
    if (!familyOf.has(key)) familyOf.set(key, random.chance(67) ? drawFamily(random) : name.familyCyrillic);
    const familyCyrillic = familyOf.get(key) ?? '';
    if (familyCyrillic === name.familyCyrillic) return record;
    const latin = random.chance(12) ? olderFamily(familyCyrillic) : romaniseUkrainian(familyCyrillic);
    // One in 25 is written in Latin letters only.
    const written = random.chance(4) ? '' : familyCyrillic;
    return { ...record, values: { ...record.values, name: { ...name, family: latin, familyCyrillic: written } } };
  });
  return { ...demo, residents };
}

function olderFamily(cyrillic: string): string {
  const latin = olderPassportSpelling(cyrillic);
  return latin.charAt(0).toUpperCase() + latin.slice(1);
}

/** Only the name: reading the whole of every resident takes longer than making them up. */
function nameOf({ values }: DemoRecord) {
  const name = readField(values, 'name', residentKind.fields.name);
  if (name === undefined) throw new Error('The generator made somebody without a name');
  return name;
}

export const municipalityCount = (n: number): number => Math.ceil(n / partSize);

/** One of the municipalities of at most 4,000 persons that make up a register, so that any size fits in memory. */
export function municipalityAt(at: number, n: number, seed: number): DemoMunicipality {
  const residents = Math.min(partSize, n - at * partSize);
  const sites = Math.max(1, Math.round(residents / personsPerSite));
  return withManyFamilies(generateMunicipality({ seed: seed + at, residents, sites, day }), seed + at);
}

/** Same seed, same bytes. */
export function* municipalities(n: number, seed: number): Generator<DemoMunicipality> {
  for (let at = 0; at < municipalityCount(n); at++) yield municipalityAt(at, n, seed);
}

/** The same persons as lines of a municipality's list. */
export function* importLists(n: number, seed: number): Generator<ReturnType<typeof toImportRows>> {
  for (const demo of municipalities(n, seed)) yield toImportRows(demo);
}

/** What the search knows of them, in the order of the list. */
export function namedPersons(n: number, seed: number): readonly NamedPerson[] {
  const persons: NamedPerson[] = [];
  for (const { residents } of municipalities(n, seed)) {
    for (const record of residents) {
      const { birthDate } = record.values;
      persons.push({ ...nameOf(record), birthDate: typeof birthDate === 'string' ? birthDate : null });
    }
  }
  return persons.sort((a, b) => (a.family < b.family ? -1 : a.family > b.family ? 1 : a.given < b.given ? -1 : 1));
}
