import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Sex } from './codes.ts';
import { parsePartialDate, unknownDate, type PartialDate } from './partial-date.ts';

/** Fields of a machine-readable zone that have a check digit; `composite` is the one over the other fields together. */
export const mrzChecks = ['documentNumber', 'birthDate', 'expiry', 'optional', 'composite'] as const;
export type MrzCheck = (typeof mrzChecks)[number];

/**
 * What a machine-readable zone says. Names are in capitals, without marks and apostrophes, and may be cut off
 * (`namesCut`). A field whose check digit fails is in `failed` and keeps what was read.
 */
export type Mrz = {
  readonly format: 'TD1' | 'TD2' | 'TD3';
  /** First line, positions 1 and 2, without filler: `P`, `I`, `ID`, `IR`. */
  readonly documentCode: string;
  /** Three letters of ICAO 9303 part 3, one for Germany. */
  readonly issuer: string;
  readonly nationality: string;
  readonly family: string;
  readonly given: string;
  readonly namesCut: boolean;
  readonly documentNumber: string;
  /** Null when it cannot be a date. */
  readonly birthDate: PartialDate | null;
  readonly sex: Sex;
  /** Null when there is none or it cannot be a date. */
  readonly expiry: IsoDate | null;
  readonly failed: readonly MrzCheck[];
};

/** `keyboard-layout`: the letters are Cyrillic, so reader and keyboard do not agree. `line` counts from 1. */
export type MrzError =
  | { readonly type: 'no-mrz' }
  | { readonly type: 'keyboard-layout' }
  | { readonly type: 'wrong-sign'; readonly line: number }
  | { readonly type: 'visa' };

const lengths = { TD1: [30, 30, 30], TD2: [36, 36], TD3: [44, 44] } as const;

/**
 * Reads the lines of a passport (TD3) or card (TD1, TD2) as typed or scanned: case and spaces do not matter, lines may
 * follow each other without a break. `today` decides the century. ICAO Doc 9303 parts 3 to 6.
 */
export function parseMrz(typed: string, today: IsoDate): Result<Mrz, MrzError> {
  if (/\p{Script=Cyrillic}/u.test(typed)) return err({ type: 'keyboard-layout' });
  const found = findLines(typed);
  if (found === undefined) return err({ type: 'no-mrz' });
  const { format, lines } = found;
  const wrong = lines.findIndex((line) => !/^[A-Z0-9<]+$/.test(line));
  if (wrong >= 0) return err({ type: 'wrong-sign', line: wrong + 1 });
  if (lines[0]?.startsWith('V') === true) return err({ type: 'visa' });
  const [first = '', second = '', third = ''] = lines;
  return ok(format === 'TD1' ? readCard(first, second, third, today) : readTwoLines(format, first, second, today));
}

/**
 * Whether it can be read without asking: all lines are there, and a line has ended. Without an Enter nobody knows
 * whether more is coming: the first 72 signs of a passport look like a card.
 */
export const isWholeMrz = (typed: string): boolean => /[\r\n]/.test(typed) && findLines(typed) !== undefined;

function findLines(
  typed: string,
): { readonly format: keyof typeof lengths; readonly lines: readonly string[] } | undefined {
  const text = typed
    .toUpperCase()
    .replaceAll(/[«‹]/gu, (sign) => (sign === '«' ? '<<' : '<'))
    .replaceAll(/[^\S\r\n]/g, '');
  const lines = text.split(/[\r\n]+/).filter((line) => line !== '');
  const whole = lines.join('');
  for (const format of ['TD1', 'TD2', 'TD3'] as const) {
    const wanted = lengths[format];
    const total = wanted.reduce((sum, length) => sum + length, 0);
    if (whole.length !== total) continue;
    if (lines.length > 1 && (lines.length !== wanted.length || lines.some(({ length }) => length !== wanted[0])))
      continue;
    return { format, lines: wanted.map((length, at) => whole.slice(at * length, (at + 1) * length)) };
  }
  return undefined;
}

function readTwoLines(format: 'TD2' | 'TD3', first: string, second: string, today: IsoDate): Mrz {
  const isBook = format === 'TD3';
  const last = isBook ? 43 : 35;
  const optional = second.slice(28, isBook ? 42 : 35);
  const number = numberOf(second.slice(0, 9), second.charAt(9), isBook ? null : optional);
  const birth = second.slice(13, 19);
  const expiry = second.slice(21, 27);
  const composite = second.slice(0, 10) + second.slice(13, 20) + second.slice(21, last);
  return {
    ...shared(format, first, second.slice(10, 13)),
    ...namesOf(first.slice(5)),
    documentNumber: number.value,
    birthDate: toBirthDate(birth, today),
    sex: toSex(second.charAt(20)),
    expiry: toExpiry(expiry, today),
    failed: failedOf([
      ['documentNumber', number.value === '' || number.holds],
      ['birthDate', holds(birth, second.charAt(19))],
      ['expiry', holds(expiry, second.charAt(27))],
      // Nothing in the field: its check digit may be a filler.
      ['optional', !isBook || holds(optional, second.charAt(42)) || (isFiller(optional) && second.charAt(42) === '<')],
      ['composite', holds(composite, second.charAt(last))],
    ]),
  };
}

function readCard(first: string, second: string, third: string, today: IsoDate): Mrz {
  const number = numberOf(first.slice(5, 14), first.charAt(14), first.slice(15));
  const birth = second.slice(0, 6);
  const expiry = second.slice(8, 14);
  const composite = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
  return {
    ...shared('TD1', first, second.slice(15, 18)),
    ...namesOf(third),
    documentNumber: number.value,
    birthDate: toBirthDate(birth, today),
    sex: toSex(second.charAt(7)),
    expiry: toExpiry(expiry, today),
    failed: failedOf([
      ['documentNumber', number.value === '' || number.holds],
      ['birthDate', holds(birth, second.charAt(6))],
      ['expiry', holds(expiry, second.charAt(14))],
      ['composite', holds(composite, second.charAt(29))],
    ]),
  };
}

const shared = (format: Mrz['format'], first: string, nationality: string) => ({
  format,
  documentCode: withoutFiller(first.slice(0, 2)),
  issuer: withoutFiller(first.slice(2, 5)),
  nationality: withoutFiller(nationality),
});

const failedOf = (checks: readonly (readonly [MrzCheck, boolean])[]): readonly MrzCheck[] =>
  checks.filter(([, isRight]) => !isRight).map(([check]) => check);

/** A number of more than nine signs goes on in the optional data, up to a filler; its check digit is the last sign. */
function numberOf(
  start: string,
  check: string,
  optional: string | null,
): { readonly value: string; readonly holds: boolean } {
  const rest = optional === null || check !== '<' ? '' : (optional.split('<', 1)[0] ?? '');
  if (rest.length < 2) return { value: withoutFiller(start), holds: holds(start, check) };
  const value = start + rest.slice(0, -1);
  return { value: withoutFiller(value), holds: holds(value, rest.slice(-1)) };
}

function namesOf(field: string): Pick<Mrz, 'family' | 'given' | 'namesCut'> {
  const [family = '', given = ''] = field.split('<<');
  const spaced = (name: string) => name.replaceAll('<', ' ').trim();
  return { family: spaced(family), given: spaced(given), namesCut: !field.endsWith('<') };
}

/** `<` stands for what the document does not state. */
const toSex = (sign: string): Sex =>
  sign === 'F' || sign === 'M' ? sign : sign === 'X' || sign === '<' ? 'X' : 'unknown';

/** Unknown parts are fillers. The year is the latest one that does not lie ahead. */
function toBirthDate(signs: string, today: IsoDate): PartialDate | null {
  if (isFiller(signs)) return unknownDate;
  const short = signs.slice(0, 2);
  if (!/^\d\d$/.test(short)) return null;
  const rest = [signs.slice(2, 4), signs.slice(4, 6)].map((part) => (part === '<<' ? '00' : part)).join('-');
  const century = Number(today.slice(0, 2));
  const date = `${String(century)}${short}-${rest}`;
  return (
    parsePartialDate(date.replaceAll('-00', '-01') > today ? `${String(century - 1)}${short}-${rest}` : date) ?? null
  );
}

/** The century that puts it nearest to `today`. */
function toExpiry(signs: string, today: IsoDate): IsoDate | null {
  if (!/^\d{6}$/.test(signs)) return null;
  const thisYear = Number(today.slice(0, 4));
  const short = Number(signs.slice(0, 2));
  const year = thisYear + ((((short - thisYear + 50) % 100) + 100) % 100) - 50;
  return parseIsoDate(`${String(year)}-${signs.slice(2, 4)}-${signs.slice(4, 6)}`) ?? null;
}

const isFiller = (text: string): boolean => /^<*$/.test(text);
const withoutFiller = (text: string): string => text.replaceAll('<', '');

/** ICAO Doc 9303 part 3 §4.9: weights 7, 3, 1, modulo 10; A is 10, filler 0. */
function holds(text: string, check: string): boolean {
  const weights = [7, 3, 1];
  const sum = [...text].reduce((total, sign, at) => total + valueOf(sign) * (weights[at % 3] ?? 0), 0);
  return check === String(sum % 10);
}

const valueOf = (sign: string): number =>
  sign === '<' ? 0 : /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 'A'.charCodeAt(0) + 10;
