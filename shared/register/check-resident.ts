import type { IsoDate } from '../kernel/dates.ts';
import { findFieldRule } from '../records/field-rule.ts';
import type { FieldValues, Value } from '../records/record.ts';
import { earliestDay, parsePartialDate, type PartialDate } from './partial-date.ts';

import { residentKind, toResident } from './resident.ts';
import { referenceDaysOn } from './territories.ts';

export const residentProblems = [
  'name-missing',
  'text-too-long',
  'impossible-date',
  'date-in-future',
  'bsn-not-nine-digits',
  'bsn-eleven-test',
  'amount-not-whole-cents',
  'amount-negative',
  'amount-above-maximum',
  'departure-before-arrival',
  'born-after-arrival',
  'period-ends-before-start',
  'number-missing',
  'unknown-code',
  'unknown-field',
] as const;

/** `field` as the record keeps it; `part` names the entry of a group, as `family` of `name`. No value, no sentence. */
export type FieldProblem = {
  readonly field: string;
  readonly part: string | null;
  readonly problem: (typeof residentProblems)[number];
};

/**
 * Everything that keeps these values from being saved; empty when they are right. Forms and import use the same check.
 * `today` only for dates that cannot lie ahead.
 */
export function checkResident(values: FieldValues, today: IsoDate): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (values.name === undefined || values.name === null) {
    problems.push({ field: 'name', part: null, problem: 'name-missing' });
  }
  for (const [field, value] of Object.entries(values)) {
    if (value !== null) problems.push(...checkField(field, value));
  }
  return [...problems, ...checkOrder(values, today)];
}

function checkField(fieldId: string, value: Value): readonly FieldProblem[] {
  const rule = findFieldRule(residentKind, fieldId);
  if (rule === undefined) return [{ field: fieldId, part: null, problem: 'unknown-field' }];
  const parsed = rule.schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const part = issue.path.find((step) => typeof step === 'string') ?? null;
    const at = part === null ? value : partOf(value, part);
    return { field: fieldId, part, problem: problemOf(fieldId, issue.code, issue.message, at) };
  });
}

const partOf = (value: Value, part: string): Value | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Value>>)[part]
    : undefined;

function problemOf(fieldId: string, code: string, message: string, value: Value | undefined): FieldProblem['problem'] {
  if (fieldId === 'bsn') {
    return typeof value === 'string' && /^\d{9}$/.test(value) ? 'bsn-eleven-test' : 'bsn-not-nine-digits';
  }
  if (message === 'name-missing') return 'name-missing';
  if (message === 'impossible-date') return 'impossible-date';
  if (fieldId.startsWith('income.') && (typeof value === 'number' || code === 'invalid_type')) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'amount-not-whole-cents';
    return value < 0 ? 'amount-negative' : 'amount-above-maximum';
  }
  if (code === 'too_big') return 'text-too-long';
  return code === 'too_small' ? 'number-missing' : 'unknown-code';
}

/** Rules between fields. They see only what passed its own check, so one mistake is one problem. */
function checkOrder(values: FieldValues, today: IsoDate): readonly FieldProblem[] {
  const resident = toResident('', values);
  const problems: FieldProblem[] = [];
  const report = (field: string, part: string | null, problem: FieldProblem['problem']) => {
    problems.push({ field, part, problem });
  };
  const { birthDate, arrival, departure } = resident;
  const born = birthDate === null ? undefined : earliestDay(birthDate);
  if (born !== undefined && born > today) report('birthDate', null, 'date-in-future');
  if (born !== undefined && born <= today && arrival !== null && arrival.date < born) {
    report('arrival', 'date', 'born-after-arrival');
  }
  if (arrival !== null && departure !== null && departure.date < arrival.date) {
    report('departure', 'date', 'departure-before-arrival');
  }
  if (resident.leftUkraineOn !== null && resident.leftUkraineOn > today)
    report('leftUkraineOn', null, 'date-in-future');
  for (const document of resident.documents) {
    if (document.seenOn !== null && document.seenOn > today)
      report(`document.${document.key}`, 'seenOn', 'date-in-future');
    if (document.number.trim() === '' && document.type !== 'parent-declaration') {
      report(`document.${document.key}`, 'number', 'number-missing');
    }
  }
  for (const period of resident.brp) {
    if (period.to !== null && period.to < period.from) report(`brp.${period.key}`, 'to', 'period-ends-before-start');
  }
  return problems;
}

export const residentWarnings = [
  'v-number-form',
  'residence-document-number',
  'municipality-code-form',
  'very-old',
  'left-before-reference-day',
] as const;

export type FieldWarning = {
  readonly field: string;
  readonly part: string | null;
  readonly warning: (typeof residentWarnings)[number];
};

/** What looks wrong but may be right, so it never refuses: forms nobody has confirmed (register.md §8), age over 115. */
export function warnResident(values: FieldValues, today: IsoDate): readonly FieldWarning[] {
  const resident = toResident('', values);
  const warnings: FieldWarning[] = [];
  if (resident.vNumber !== null && !/^\d{10}$/.test(resident.vNumber)) {
    warnings.push({ field: 'vNumber', part: null, warning: 'v-number-form' });
  }
  for (const { key, type, number } of resident.documents) {
    if (type === 'o-document' && !/^V[1-9A-NP-Z]{8}$/.test(number)) {
      warnings.push({ field: `document.${key}`, part: 'number', warning: 'residence-document-number' });
    }
  }
  for (const period of resident.brp) {
    if (!/^\d{4}$/.test(period.municipality)) {
      warnings.push({ field: `brp.${period.key}`, part: 'municipality', warning: 'municipality-code-form' });
    }
  }
  const { leftUkraineOn, livedInUkraine } = resident;
  if (leftUkraineOn !== null && livedInUkraine !== 'yes' && leftUkraineOn < referenceDaysOn(today).leftFrom) {
    warnings.push({ field: 'leftUkraineOn', part: null, warning: 'left-before-reference-day' });
  }
  const year = Number(resident.birthDate?.slice(0, 4) ?? 0);
  if (year > 0 && Number(today.slice(0, 4)) - year > 115) {
    warnings.push({ field: 'birthDate', part: null, warning: 'very-old' });
  }
  return warnings;
}

/** A typed BSN as it is kept: 8 digits get their leading zero, points and spaces go; other text stays for the check. */
export function toBsn(typed: string): string {
  const digits = typed.replaceAll(/[\s.\u00a0-]/g, '');
  return /^\d{8}$/.test(digits) ? `0${digits}` : digits;
}

/** Typed birth date, `12-03-1985`, `12.3.1985`, `1985-03-12` or a year `1985`; `00-03-1985` for an unknown day. */
export function parseTypedBirthDate(typed: string): PartialDate | undefined {
  const text = typed.trim();
  if (/^\d{4}$/.test(text)) return parsePartialDate(text === '0000' ? '0000-00-00' : `${text}-00-00`);
  const dutch = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text);
  if (dutch === null) return parsePartialDate(text);
  const [, day = '', month = '', year = ''] = dutch;
  return parsePartialDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
