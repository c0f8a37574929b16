import { addDays, daysBetween, monthsAfter, parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { pnta, type AnswerValue } from './answers.ts';
import { includesAny, intakeRule, isOneOf, personRule, when, type Rule, type RuleContext } from './rule-context.ts';

export const asDay = (value: AnswerValue | undefined): IsoDate | undefined =>
  typeof value === 'string' ? parseIsoDate(value) : undefined;

/** Calendar days from the day of leaving to the day of coming back; undefined while one of them is not known. */
export function absenceDays(from: AnswerValue | undefined, to: AnswerValue | undefined): number | undefined {
  const [first, last] = [asDay(from), asDay(to)];
  return first === undefined || last === undefined || last < first ? undefined : daysBetween(first, last);
}

/** What a stay away of this length may cost: the bed, then the provisions (§5); null when nothing. */
export function absenceWarning({ answerTo, numbers }: RuleContext): 'bed' | 'provisions' | null {
  const stored = answerTo('absence_days');
  const days =
    absenceDays(answerTo('absence_from'), answerTo('absence_to')) ?? (typeof stored === 'number' ? stored : 0);
  if (days > numbers.absenceProvisionDays) return 'provisions';
  return days > numbers.absenceBedDays ? 'bed' : null;
}

/** Away longer than the bed is kept. */
export const rule13: Rule = intakeRule('rule-13', 'warn', (context) =>
  absenceWarning(context) === null ? [] : ['absence_from', 'absence_to'],
);

/** A visit is not supported by DT&V: information only. */
export const rule14: Rule = intakeRule('rule-14', 'warn', ({ answerTo }) =>
  when(answerTo('intention') === 'visit', 'intention'),
);

/** Sooner than DT&V can arrange it. */
export const rule15: Rule = intakeRule('rule-15', 'warn', ({ answerTo, day, numbers }) => {
  const earliest = asDay(answerTo('earliest_date'));
  return when(earliest !== undefined && earliest < addDays(day, numbers.dtvLeadDays), 'earliest_date');
});

/** Supported before: the five-year rule may apply. */
export const rule16: Rule = personRule('rule-16', 'warn', ({ answerTo }, person) =>
  when(isOneOf(answerTo('support_before', person), ['iom5', 'dtv5']), 'support_before'),
);

/** A dormant asylum application has to be withdrawn, elsewhere and in writing. */
export const rule17: Rule = personRule('rule-17', 'need', ({ answerTo }, person) =>
  when(includesAny(answerTo('open_procedures', person), ['asylum_dormant']), 'open_procedures'),
);

/** A court or family case needs a lawyer first; who will not say may have one. */
export const rule18: Rule = personRule('rule-18', 'stop', ({ answerTo }, person) => {
  const procedures = answerTo('open_procedures', person);
  return when(procedures === pnta || includesAny(procedures, ['court', 'family_law']), 'open_procedures');
});

/** Not fit, not known to be fit, or far into pregnancy: medical advice first. */
export const rule19: Rule = personRule('rule-19', 'stop', ({ answerTo, numbers }, person) => {
  const week = answerTo('pregnancy_week', person);
  return [
    ...when(isOneOf(answerTo('fit_travel', person), ['check', 'no', pnta]), 'fit_travel'),
    ...when(week === pnta || (typeof week === 'number' && week >= numbers.pregnancyMedicalWeek), 'pregnancy_week'),
  ];
});

/** The travel document ends too soon after departure, or is none to travel on. */
export const rule20: Rule = personRule('rule-20', 'need', (context, person) => {
  const validUntil = asDay(context.answerTo('id_valid_until', person));
  const needed = addDays(departureBy(context), context.numbers.passportMarginDays);
  return [
    ...when(isOneOf(context.answerTo('id_document', person), ['none', 'birth', 'booklet']), 'id_document'),
    ...when(validUntil !== undefined && validUntil < needed, 'id_valid_until'),
  ];
});

/** Months after which a horizon ends. Open ends count from their beginning, or from today. */
const horizonMonths: Readonly<Record<string, number>> = { lt1m: 1, m1_3: 3, m3_6: 6, m6_12: 12, gt12: 12 };

function departureBy({ answerTo, day }: RuleContext): IsoDate {
  const dated = asDay(answerTo('latest_date')) ?? asDay(answerTo('earliest_date'));
  if (dated !== undefined) return dated;
  const horizon = answerTo('horizon');
  return monthsAfter(day, typeof horizon === 'string' ? (horizonMonths[horizon] ?? 0) : 0);
}

/** Protection interrupted, or nobody knows: the card on military rules is shown. */
export const rule21: Rule = personRule('rule-21', 'warn', ({ answerTo }, person) =>
  when(isOneOf(answerTo('tp_uninterrupted', person), ['gap', 'unknown', pnta]), 'tp_uninterrupted'),
);

/** Another channel than for Ukrainians: the routing table says which. */
export const rule22: Rule = personRule('rule-22', 'route', ({ answerTo }, person) =>
  when(isOneOf(answerTo('nationality_group', person), ['third', 'stateless']), 'nationality_group'),
);

/** Not sure enough to be forwarded; who will not say how sure is not sure enough. */
export const rule23: Rule = intakeRule('rule-23', 'stop', ({ answerTo }) =>
  when(isOneOf(answerTo('certainty'), ['1', '2', '3', pnta]), 'certainty'),
);

const recipients = ['dtv', 'iom', 'municipality', 'ind', 'vwn', 'health', 'ua_consulate'] as const;
export type ShareRecipient = (typeof recipients)[number];

/** Silence and refusal are a no, for each recipient apart. */
export function mayShareWith({ answerTo }: Pick<RuleContext, 'answerTo'>, recipient: ShareRecipient): boolean {
  const share = answerTo('share');
  if (answerTo('consent_participate') !== 'yes' || typeof share !== 'object' || Array.isArray(share)) return false;
  return (share as Readonly<Record<string, string>>)[recipient] === 'yes';
}

/** At least one recipient gets nothing. */
export const rule24: Rule = intakeRule('rule-24', 'send', (context) =>
  when(context.shows('share') && recipients.some((recipient) => !mayShareWith(context, recipient)), 'share'),
);
