import { addDays, isoDate, parseIsoDate, parseIsoMonth, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { parseTypedBirthDate } from '../register/check-resident.ts';
import type { PartialDate } from '../register/partial-date.ts';

const dayFirst = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/;
const yearFirst = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:.*)?$/;
const serial = /^(\d{2,5})(?:[.,]\d+)?$/;
/** Excel counts days from here, from 1 March 1900 on. */
const serialStart = isoDate('1899-12-30');

/** `12-03-1985`, `12.3.1985`, `1985-03-12` (a time after it is dropped) or an Excel day number `31118`. */
export function parseCellDate(cell: string): IsoDate | undefined {
  const text = cell.trim();
  const first = dayFirst.exec(text);
  if (first !== null) {
    const [, day = '', month = '', year = ''] = first;
    return parseIsoDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  const iso = yearFirst.exec(text);
  if (iso !== null) return parseIsoDate(iso[1] ?? '');
  const days = Number(serial.exec(text)?.[1] ?? 0);
  return days > 60 ? addDays(serialStart, days) : undefined;
}

/** As `parseCellDate`, and with unknown parts: `1985`, `00-03-1985`, `1985-00-00`. A four-digit year is no day number. */
export function parseCellBirthDate(cell: string): PartialDate | undefined {
  return parseTypedBirthDate(cell) ?? parseCellDate(cell);
}

/** `2026-11`, `11-2026`, or the month of a date. */
export function parseCellMonth(cell: string): IsoMonth | undefined {
  const text = cell.trim();
  const monthFirst = /^(\d{1,2})[-./](\d{4})$/.exec(text);
  if (monthFirst !== null) return parseIsoMonth(`${monthFirst[2] ?? ''}-${(monthFirst[1] ?? '').padStart(2, '0')}`);
  return parseIsoMonth(text) ?? parseIsoMonth(parseCellDate(text)?.slice(0, 7) ?? '');
}

/**
 * Euro amounts as lists write them: `1.234,56`, `1234.56`, `1,234.56`, `€ 1 234`, `1.234` (thousands, as in Dutch).
 * Undefined for other text, for more than two decimals and for `1,234`, which may be either. A minus sign is kept.
 */
export function parseCellAmount(cell: string): Cents | undefined {
  const text = cell.replaceAll(/[\s\u00a0\u202f€]|eur(o)?/gi, '').replace(/,-$/, '');
  const parts =
    /^([+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(text) ??
    /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)\.(\d{1,2})$/.exec(text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', decimals = ''] = parts;
  const digits = `${whole.replaceAll(/[.,]/g, '')}${decimals.padEnd(2, '0')}`;
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return undefined;
  return cents(sign === '-' && value !== 0 ? -value : value);
}
