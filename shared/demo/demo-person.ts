import { addDays, type IsoDate, isoDate } from '../kernel/dates.ts';
import { romaniseUkrainian } from '../names/romanise.ts';
import type { PersonName } from '../register/resident-fields.ts';
import { olderPassportSpelling } from '../search/spellings.ts';
import names from './names.json' with { type: 'json' };
import type { Random } from './random.ts';

const fatherNames = names.men;
const familyNames = names.families;

/** Place of a name in the table of names, so that a family shares it and children have a father. */
export type Lineage = { readonly family: number; readonly father: number };

export const drawLineage = (random: Random): Lineage => ({
  family: random.whole(familyNames.length),
  father: random.whole(fatherNames.length),
});

/** Given name by itself, for fathers whose children carry it. */
export const drawMan = (random: Random): number => random.whole(fatherNames.length);

/** Mostly as passports write it now; one family in eight has the older spelling of an older passport. */
export function drawName(
  random: Random,
  sex: 'F' | 'M',
  lineage: Lineage,
  oldSpelling: boolean,
  man?: number,
): PersonName {
  const familyForms = familyNames[lineage.family] ?? [];
  const familyCyrillic = (sex === 'F' ? familyForms.at(-1) : familyForms[0]) ?? '';
  const father = fatherNames[lineage.father] ?? [];
  const givenCyrillic = sex === 'F' ? random.pick(names.women) : (fatherNames[man ?? drawMan(random)]?.[0] ?? '');
  const patronymicCyrillic = (sex === 'F' ? father[2] : father[1]) ?? '';
  const latin = oldSpelling ? olderSpelling : romaniseUkrainian;
  return {
    family: latin(familyCyrillic),
    given: latin(givenCyrillic),
    patronymic: '',
    familyCyrillic: familyCyrillic.replaceAll("'", '\u02bc'),
    givenCyrillic,
    patronymicCyrillic,
  };
}

/** English spelling with g, as documents had it before 2010. */
function olderSpelling(name: string): string {
  return name
    .split('-')
    .map(olderPassportSpelling)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('-');
}

const weights = [9, 8, 7, 6, 5, 4, 3, 2];

/** Numbers that pass their check, each once. BSNs lie in the range of 9, which holds the test numbers. */
export function makeNumberDrawer(random: Random, persons: number) {
  const used = new Set<string>();
  const once = (draw: () => string | undefined): string => {
    for (;;) {
      const number = draw();
      if (number === undefined || used.has(number)) continue;
      used.add(number);
      return number;
    }
  };
  const digits = (count: number) => Array.from({ length: count }, () => String(random.whole(10))).join('');
  const start = persons > 20_000 ? '9' : '999';
  const stickerSigns = '123456789ABCDEFGHIJKLMNPQRSTUVWXYZ';
  return {
    bsn: () =>
      once(() => {
        const first = start + digits(8 - start.length);
        const last = [...first].reduce((sum, digit, at) => sum + Number(digit) * (weights[at] ?? 0), 0) % 11;
        return last === 10 ? undefined : `${first}${String(last)}`;
      }),
    vNumber: () => once(() => `28${digits(8)}`),
    passport: () => once(() => `F${random.pick(['A', 'B', 'E', 'H', 'K', 'X'])}${digits(6)}`),
    proof: () => once(() => `V${Array.from({ length: 8 }, () => random.pick([...stickerSigns])).join('')}`),
  };
}
export type NumberDrawer = ReturnType<typeof makeNumberDrawer>;

/** A birthday that makes somebody `age` years old on `day`. */
export function drawBirthDate(random: Random, age: number, day: IsoDate): IsoDate {
  const year = String(Number(day.slice(0, 4)) - age).padStart(4, '0');
  const monthDay = day.endsWith('02-29') ? '02-28' : day.slice(5);
  return addDays(isoDate(`${year}-${monthDay}`), -random.whole(365));
}
