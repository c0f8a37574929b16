import * as z from 'zod';
import { parseIsoDate, parseIsoMonth, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { isRecordId } from '../kernel/ids.ts';
import type { Cents } from '../kernel/money.ts';
import { assessmentRules, assessmentWarnings, zones } from './month-assessment.ts';
import { incomeKinds } from './month-facts.ts';
import { parameterNames, keptRowSchema, type ParameterName } from './parameter-row.ts';

const day = z.custom<IsoDate>((value) => typeof value === 'string' && parseIsoDate(value) !== undefined);
const month = z.custom<IsoMonth>((value) => typeof value === 'string' && parseIsoMonth(value) !== undefined);
const amount = z.custom<Cents>((value) => Number.isSafeInteger(value));
const kind = z.enum(incomeKinds);
const params = z.enum(parameterNames as [ParameterName, ...ParameterName[]]);
const recordId = z.string().refine(isRecordId, 'not a record id');

const monthFacts = z.object({
  month,
  reception: z.enum(['municipal', 'private']),
  catered: z.boolean(),
  members: z
    .array(
      z.object({
        id: z.string(),
        birthDate: day,
        unaccompanied: z.boolean(),
        inCareInstitution: z.exactOptional(z.boolean()),
      }),
    )
    .min(1),
  incomes: z.array(
    z.object({
      memberId: z.string(),
      kind,
      amountCents: amount,
      outside: z.exactOptional(z.enum(['not-yet', 'ended'])),
    }),
  ),
  policy: z.object({
    municipality: z.string(),
    incomeBasis: z.enum(['net', 'gross']),
    extraGrounds: z.array(kind),
    excludedKinds: z.exactOptional(z.array(kind)),
    overrides: z.array(
      z.object({ param: params, value: z.union([z.int(), z.string()]), reason: z.string(), source: z.string() }),
    ),
  }),
  partMonth: z.exactOptional(
    z.object({ which: z.enum(['first', 'last']), days: z.int().min(1), of: z.int().min(28).max(31) }),
  ),
  hardship: z.exactOptional(z.object({ contributionCents: amount, until: day, reason: z.string() })),
  incomeTermEnded: z.exactOptional(day),
  judgement: z.exactOptional(
    z.object({
      allowanceCents: z.exactOptional(amount),
      contributionCents: z.exactOptional(amount),
      reason: z.string(),
    }),
  ),
});

const monthAssessment = z.object({
  month,
  allowanceCents: amount,
  contributionCents: amount,
  thresholds: z.object({ withdrawFrom: amount, fullContributionFrom: amount }).nullable(),
  zone: z.enum(zones),
  steps: z.array(
    z.object({
      rule: z.enum(assessmentRules),
      article: z.string(),
      inputs: z.record(z.string(), z.union([z.int(), z.string()])),
      amount,
      source: z.string(),
      confidence: z.enum(['H', 'M', 'L']),
    }),
  ),
  toJudge: z
    .object({
      of: z.enum(['allowance', 'contribution']),
      from: amount,
      to: amount,
      step: amount,
      taper: amount,
      partMonth: z.exactOptional(z.literal(true)),
    })
    .nullable(),
  warnings: z.array(z.enum(assessmentWarnings)),
  amounts: z.exactOptional(z.object({ since: day, confirmedUntil: day })),
});

/** Reasons a caseworker gave for going on in spite of a warning. */
const confirmation = z.object({ warning: z.enum(assessmentWarnings), reason: z.string().min(1) });

/**
 * What a decision keeps for good: everything it was made of and everything that came out, so that it can be explained,
 * objected to and worked out again years later. A plain object: a receipt of a newer version stays readable.
 */
export const receiptSchema = z.object({
  familyId: recordId,
  /** The child of age that is a family of one; null for the family itself. */
  grownChild: recordId.nullable(),
  /** The decision this one takes the place of; that one stays as it is. */
  replaces: recordId.nullable(),
  /** The others, where two laptops had decided on the same month; absent when there were none. */
  alsoReplaces: z.exactOptional(z.array(recordId)),
  facts: monthFacts,
  rows: z.array(keptRowSchema),
  confirmedUntil: day,
  assessment: monthAssessment,
  confirmations: z.array(confirmation),
  decidedBy: z.string().min(1),
  decidedAtMs: z.int().min(0),
  appVersion: z.string().min(1),
});
export type ContributionReceipt = z.infer<typeof receiptSchema>;
