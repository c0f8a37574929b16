import { invariant } from '../kernel/assert.ts';
import { isoDate, type IsoDate } from '../kernel/dates.ts';
import rules from './absence-rules.json' with { type: 'json' };

/** In force on days `[from, until)`. Above `maxDays` benefits may be limited; a person decides on that. */
export type AbsenceRule = {
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly per: 'spell' | 'calendar-year';
  readonly maxDays: number;
  readonly signalFromDays: number;
  readonly article: string;
  readonly source: string;
};

const absenceRules: readonly AbsenceRule[] = rules.map((rule) => ({
  ...rule,
  from: isoDate(rule.from),
  until: rule.until === null ? null : isoDate(rule.until),
  per: rule.per === 'spell' ? 'spell' : 'calendar-year',
}));

/** The rule of a day; before the first one that one, after the last one the last. */
export function ruleOn(day: IsoDate): AbsenceRule {
  const rule = absenceRules.findLast(({ from }) => from <= day) ?? absenceRules[0];
  invariant(rule !== undefined, 'there is a rule');
  return rule;
}

const firstYearRule = absenceRules.find(({ per }) => per === 'calendar-year');
invariant(firstYearRule !== undefined, 'there is a rule per calendar year');
/** The rule that counts by calendar year (register.md §10). */
export const yearRule: AbsenceRule = firstYearRule;
