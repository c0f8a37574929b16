import * as z from 'zod';
import { addDays, daysBetween, isoDate, type IsoDate } from '../kernel/dates.ts';
import { defineKind, readField } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, isoDateSchema, placementSchema, recordIdSchema, textSchema } from '../register/schemas.ts';
import { ruleOn, yearRule } from './absence-rules.ts';

export const absenceReasons = ['announced', 'not-seen', 'hospital', 'visit-to-ukraine', 'work', 'other'] as const;
export type AbsenceReason = (typeof absenceReasons)[number];

const noticeSchema = z.object({ resident: recordIdSchema, from: isoDateSchema, reason: z.enum(absenceReasons) });

/** One absence. `until` is the day of return; the resident is away in the nights `[from, until)`. */
export const absenceKind = defineKind('absence', {
  placement: field('review', 'core', placementSchema),
  notice: field('review', 'core', noticeSchema),
  until: field('review', 'core', isoDateSchema),
  void: field('review', 'core', z.object({ reason: textSchema(200).min(1) })),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type Absence = {
  readonly id: string;
  readonly resident: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly reason: AbsenceReason;
  readonly void: boolean;
};

/** Typed view; undefined while the notice has not arrived or cannot be read. A deleted absence counts as void. */
export function findAbsence(id: string, values: FieldValues): Absence | undefined {
  const notice = readField(values, 'notice', absenceKind.fields.notice);
  if (notice === undefined) return undefined;
  return {
    id,
    ...notice,
    until: readField(values, 'until', absenceKind.fields.until) ?? null,
    void: values.void !== undefined || values._deleted === true,
  };
}

export const absenceCounts = ['both-days', 'nights'] as const;
/** How days of leaving and return count is not settled by law (register.md §10): a setting, shown in every signal. */
export type AbsenceCount = (typeof absenceCounts)[number];

type Days = { readonly from: IsoDate; readonly to: IsoDate };

/** The days that count, both ends included, oldest first; those that overlap or touch are one. */
function countedSpans(absences: readonly Absence[], upTo: IsoDate, count: AbsenceCount): readonly Days[] {
  const spans = absences
    .filter((absence) => !absence.void)
    .map((absence): Days => {
      const lastDay = absence.until === null ? upTo : count === 'nights' ? addDays(absence.until, -1) : absence.until;
      return { from: absence.from, to: lastDay < upTo ? lastDay : upTo };
    })
    .filter((span) => span.from <= span.to)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const joined: Days[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last === undefined || addDays(last.to, 1) < span.from) joined.push(span);
    else if (last.to < span.to) joined[joined.length - 1] = { from: last.from, to: span.to };
  }
  return joined;
}

/**
 * Days away in a calendar year up to and including `upTo`, overlapping absences once, days before the rule began left
 * out. `both-days` counts the days of leaving and return, `nights` the nights between.
 */
export function absenceDaysInYear(
  absences: readonly Absence[],
  year: number,
  upTo: IsoDate,
  count: AbsenceCount = 'both-days',
): number {
  const first = isoDate(`${String(year)}-01-01`);
  const start = first > yearRule.from ? first : yearRule.from;
  const yearEnd = isoDate(`${String(year)}-12-31`);
  return countedSpans(absences, upTo < yearEnd ? upTo : yearEnd, count)
    .filter(({ to }) => to >= start)
    .reduce((days, { from, to }) => days + daysBetween(from > start ? from : start, to) + 1, 0);
}

/** The absence that somebody is in on `day`, with what went before it without a day between; null when not away. */
export function absenceSpell(
  absences: readonly Absence[],
  day: IsoDate,
  count: AbsenceCount = 'both-days',
): { readonly from: IsoDate; readonly days: number } | null {
  const spell = countedSpans(absences, day, count).findLast(({ to }) => to === day);
  return spell === undefined ? null : { from: spell.from, days: daysBetween(spell.from, day) + 1 };
}

export type AbsenceSignal = 'none' | 'near-limit' | 'over-limit';

/** `over-limit` above the days of the rule; a sign for a person to look, never a decision (register.md §10). */
export function absenceSignal(
  days: number,
  rule: { readonly maxDays: number; readonly signalFromDays: number } = yearRule,
): AbsenceSignal {
  if (days > rule.maxDays) return 'over-limit';
  return days >= rule.signalFromDays ? 'near-limit' : 'none';
}

export type AbsenceStanding = {
  readonly per: 'spell' | 'calendar-year';
  /** Days that the rule of the day counts, up to that day. */
  readonly days: number;
  readonly spell: { readonly from: IsoDate; readonly days: number } | null;
  readonly yearDays: number;
  /** Days of the whole calendar year when everybody comes back as announced. */
  readonly plannedDays: number;
  readonly maxDays: number;
  readonly signal: AbsenceSignal;
};

/** Where one resident stands on `day` under the rule of that day. Give the absences of this resident alone. */
export function absenceStanding(
  absences: readonly Absence[],
  day: IsoDate,
  count: AbsenceCount = 'both-days',
): AbsenceStanding {
  const rule = ruleOn(day);
  const year = Number(day.slice(0, 4));
  const spell = absenceSpell(absences, day, count);
  const yearDays = absenceDaysInYear(absences, year, day, count);
  const known = absences.filter(({ until }) => until !== null);
  const ahead = absenceDaysInYear(known, year, isoDate(`${String(year)}-12-31`), count);
  const days = rule.per === 'spell' ? (spell?.days ?? 0) : yearDays;
  return {
    per: rule.per,
    days,
    spell,
    yearDays,
    plannedDays: Math.max(ahead, yearDays),
    maxDays: rule.maxDays,
    signal: absenceSignal(days, rule),
  };
}
