import * as z from 'zod';
import { parseIsoMonth, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import type { Cents } from '../kernel/money.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { paymentList, withdrawalList } from './payment-schemas.ts';
import { personTaskFields } from './person-task.ts';
import { centsSchema, field, isoDateSchema, placementSchema, recordIdSchema, textSchema } from '../register/schemas.ts';

export const followUpTypes = ['request', 'objection', 'hardship', 'arrangement', 'arrear', 'information'] as const;
export type FollowUpType = (typeof followUpTypes)[number];

export const objectionStatuses = ['received', 'more-information', 'hearing', 'advice', 'extended'] as const;
export const objectionOutcomes = ['upheld', 'partly-upheld', 'rejected', 'not-admissible', 'withdrawn'] as const;
export type ObjectionStatus = (typeof objectionStatuses)[number];
export type ObjectionOutcome = (typeof objectionOutcomes)[number];

const month = z.custom<IsoMonth>((value) => typeof value === 'string' && parseIsoMonth(value) !== undefined);
const reason = textSchema(500).refine((text) => text.trim() !== '', 'reason-missing');
const amount = centsSchema.refine((value) => value > 0, 'not-above-zero');

/** `payment`: money of a list of the finance department, or typed in; nothing is followed up on it. */
const payment = 'payment';
const about = z.object({
  type: z.enum([...followUpTypes, payment]),
  familyId: recordIdSchema,
  /** The child of age that is a family of one by law. */
  grownChild: recordIdSchema.nullable(),
  /** Received, asked, decided, agreed, or begun: what the term counts from. */
  day: isoDateSchema,
  month: month.nullable(),
  /** The decision it is about. */
  decision: recordIdSchema.nullable(),
});
const outcome = z.object({
  day: isoDateSchema,
  outcome: z.enum(objectionOutcomes),
  reason,
  /** The decision that was worked out again. */
  decision: recordIdSchema.nullable(),
});
const hardship = z.object({
  amountCents: centsSchema.refine((value) => value >= 0),
  until: isoDateSchema,
  reason,
  evidence: reason,
});
const arrangement = z.object({ firstMonth: month, totalCents: amount, instalments: z.int().min(1).max(60), reason });

/**
 * What is followed up after an assessment, one record each. All that says something about money is in `finance`. What
 * happens later is a dated fact with a key of its own: two laptops never write over each other.
 */
export const followUpKind = defineKind('followUp', {
  placement: field('review', 'core', placementSchema),
  about: field('review', 'finance', about),
  subject: field('review', 'finance', textSchema(500)),
  /** `status.<key>`, `pause.<key>`, `waiver.<key>`, `paid.<key>`. */
  status: field(
    'review',
    'finance',
    z.object({ day: isoDateSchema, status: z.enum(objectionStatuses), note: textSchema(500) }),
  ),
  outcome: field('review', 'finance', outcome),
  hardship: field('review', 'finance', hardship),
  arrangement: field('review', 'finance', arrangement),
  pause: field('review', 'finance', z.object({ from: month, to: month, reason })),
  waiver: field('review', 'finance', z.object({ day: isoDateSchema, amountCents: amount, reason })),
  paid: field('review', 'finance', z.object({ day: isoDateSchema, amountCents: amount })),
  /** What is open of a bill. */
  arrear: field('review', 'finance', z.object({ amountCents: amount })),
  /** What came in or went back. Appended, never edited: a wrong one is withdrawn and entered again. */
  payment: field('append', 'finance', paymentList),
  withdrawn: field('append', 'finance', withdrawalList),
  /** Answered, given, or no longer needed. */
  closed: field('review', 'finance', z.object({ day: isoDateSchema, reason })),
  ...personTaskFields,
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

type AmountOn = { readonly day: IsoDate; readonly amountCents: Cents };

export type FollowUpAbout = z.infer<typeof about>;
export type FollowUp = Omit<FollowUpAbout, 'type'> & {
  readonly type: FollowUpType;
  readonly id: string;
  readonly site: string | null;
  readonly subject: string;
  /** Oldest first. */
  readonly statuses: readonly { readonly day: IsoDate; readonly status: ObjectionStatus; readonly note: string }[];
  readonly outcome: z.infer<typeof outcome> | null;
  readonly hardship: z.infer<typeof hardship> | null;
  readonly arrangement: z.infer<typeof arrangement> | null;
  readonly pauses: readonly { readonly from: IsoMonth; readonly to: IsoMonth; readonly reason: string }[];
  readonly waivers: readonly (AmountOn & { readonly reason: string })[];
  readonly payments: readonly AmountOn[];
  readonly arrear: z.infer<typeof followUpKind.fields.arrear.schema> | null;
  readonly closed: { readonly day: IsoDate; readonly reason: string } | null;
};

/** Typed view; undefined for a payment, and where it is deleted, has not arrived, or the user may not open `finance`. */
export function findFollowUp(id: string, values: FieldValues): FollowUp | undefined {
  const { fields } = followUpKind;
  const given = readField(values, 'about', fields.about);
  if (given === undefined || readField(values, '_deleted', fields._deleted) === true) return undefined;
  const { type } = given;
  if (type === payment) return undefined;
  const facts = <T>(entries: readonly (readonly [string, T])[]) => entries.map(([, value]) => value);
  const byDay = <T extends { readonly day: IsoDate }>(list: readonly T[]) =>
    [...list].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return {
    id,
    ...given,
    type,
    site: readField(values, 'placement', fields.placement)?.site ?? null,
    subject: readField(values, 'subject', fields.subject) ?? '',
    statuses: byDay(facts(readFields(values, 'status', fields.status))),
    outcome: readField(values, 'outcome', fields.outcome) ?? null,
    hardship: readField(values, 'hardship', fields.hardship) ?? null,
    arrangement: readField(values, 'arrangement', fields.arrangement) ?? null,
    pauses: facts(readFields(values, 'pause', fields.pause)),
    waivers: byDay(facts(readFields(values, 'waiver', fields.waiver))),
    payments: byDay(facts(readFields(values, 'paid', fields.paid))),
    arrear: readField(values, 'arrear', fields.arrear) ?? null,
    closed: readField(values, 'closed', fields.closed) ?? null,
  };
}

/** Newest first: what a panel of one family of the law shows. */
export const followUpsOf = (
  all: readonly FollowUp[],
  unit: { readonly familyId: string; readonly grownChild: string | null },
): readonly FollowUp[] =>
  all
    .filter((one) => one.familyId === unit.familyId && one.grownChild === unit.grownChild)
    .sort((a, b) => (a.day > b.day ? -1 : a.day < b.day ? 1 : a.id < b.id ? -1 : 1));
