import * as z from 'zod';
import { addDays, daysBetween, isoDate, type IsoDate } from '../kernel/dates.ts';
import { defineKind, readField } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, isoDateSchema, placementSchema, recordIdSchema, textSchema } from '../register/schemas.ts';
import absenceRule from './absence-rule.json' with { type: 'json' };

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

/** How days of leaving and return count is not settled by law (register.md §10): a setting, shown in every signal. */
export type AbsenceCount = 'both-days' | 'nights';

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
  const ruleStart = isoDate(absenceRule.from);
  const start = first > ruleStart ? first : ruleStart;
  const yearEnd = isoDate(`${String(year)}-12-31`);
  const end = upTo < yearEnd ? upTo : yearEnd;
  const spans = absences
    .filter((absence) => !absence.void)
    .map((absence) => {
      const lastDay = absence.until === null ? end : count === 'nights' ? addDays(absence.until, -1) : absence.until;
      return { from: absence.from > start ? absence.from : start, to: lastDay < end ? lastDay : end };
    })
    .filter((span) => span.from <= span.to)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  let days = 0;
  let counted: IsoDate | null = null;
  for (const { from, to } of spans) {
    const next: IsoDate = counted !== null && from <= counted ? addDays(counted, 1) : from;
    if (next > to) continue;
    days += daysBetween(next, to) + 1;
    counted = to;
  }
  return days;
}

/** Days of absence in a calendar year that the rule allows. */
export const absenceLimitDays = absenceRule.maxDaysPerYear;

/** `over-limit` above the days of the rule; a sign for a person to look, never a decision (register.md §10). */
export function absenceSignal(days: number): 'none' | 'near-limit' | 'over-limit' {
  if (days > absenceRule.maxDaysPerYear) return 'over-limit';
  return days >= absenceRule.signalFromDays ? 'near-limit' : 'none';
}
