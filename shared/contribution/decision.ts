import * as z from 'zod';
import { isRecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { defineKind, readField } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { calculateMonth } from './calculate-month.ts';
import type { AssessmentError, AssessmentWarning, MonthAssessment } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import type { ParameterName, ParameterRow } from './parameter-row.ts';
import type { ContributionParameters } from './parameters.ts';
import { receiptSchema, type ContributionReceipt } from './receipt-schema.ts';

export type { ContributionReceipt } from './receipt-schema.ts';

/** One decision on one family and month. Written once; a correction is a new record that names the one it replaces. */
export const contributionDecisionKind = defineKind(
  'contributionDecision',
  {
    placement: {
      schema: z.object({ site: z.string().refine(isRecordId, 'not a record id').nullable() }),
      class: 'review',
      compartment: 'core',
      sharing: 'central',
    },
    decision: { schema: receiptSchema, class: 'append', compartment: 'finance', sharing: 'central' },
  },
  true,
);

export type ContributionDecision = {
  readonly id: string;
  readonly site: string | null;
  /** Null where the user may not open `finance`, or a newer version wrote what this one cannot read. */
  readonly receipt: ContributionReceipt | null;
};

/** Typed view of a decision record; never fails. */
export function toContributionDecision(id: string, values: FieldValues): ContributionDecision {
  const { fields } = contributionDecisionKind;
  return {
    id,
    site: readField(values, 'placement', fields.placement)?.site ?? null,
    receipt: readField(values, 'decision', fields.decision) ?? null,
  };
}

export type DecisionRequest = {
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly replaces: string | null;
  readonly alsoReplaces?: readonly string[];
  readonly facts: MonthFacts;
  readonly parameters: ContributionParameters;
  readonly confirmations: readonly { readonly warning: AssessmentWarning; readonly reason: string }[];
  readonly decidedBy: string;
  readonly decidedAtMs: number;
  readonly appVersion: string;
};
export type DecisionError =
  | AssessmentError
  | { readonly type: 'judgement-missing'; readonly of: 'allowance' | 'contribution' }
  | { readonly type: 'warning-unconfirmed'; readonly warning: AssessmentWarning };

/**
 * The receipt of a decision, ready to be kept. Refused while a caseworker still has to judge, and while nobody gave a
 * reason for how two adults count where that moves the threshold of a family with income (contribution.md §7).
 */
export function makeDecision(request: DecisionRequest): Result<ContributionReceipt, DecisionError> {
  const { parameters, ...kept } = request;
  const calculation = calculateMonth(request.facts, parameters);
  if (!calculation.ok) return calculation;
  const { assessment, rows } = calculation.value;
  if (assessment.toJudge !== null) return err({ type: 'judgement-missing', of: assessment.toJudge.of });
  const confirmations = request.confirmations.filter(({ reason }) => reason.trim() !== '');
  const confirmed = confirmations.some(({ warning }) => warning === 'two-adults-count');
  if (assessment.zone !== 'none' && assessment.warnings.includes('two-adults-count') && !confirmed)
    return err({ type: 'warning-unconfirmed', warning: 'two-adults-count' });
  return ok(
    receiptSchema.parse({
      ...kept,
      confirmations,
      rows,
      confirmedUntil: parameters.confirmedUntil,
      assessment,
    }),
  );
}

/** `part`: the first part of the assessment that comes out otherwise. */
export type RecomputeError =
  | AssessmentError
  | { readonly type: 'receipt-differs'; readonly part: keyof MonthAssessment; readonly now: MonthAssessment };

/**
 * Works a kept decision out again from its own facts and rows: the same assessment to the cent, or what differs. Rows
 * that came later do not matter.
 */
export function recompute(receipt: ContributionReceipt): Result<MonthAssessment, RecomputeError> {
  const rows: Partial<Record<ParameterName, ParameterRow>> = {};
  for (const row of receipt.rows) rows[row.param] = row;
  const { facts, confirmedUntil } = receipt;
  const calculation = calculateMonth(facts, { month: facts.month, rows, confirmedUntil });
  if (!calculation.ok) return calculation;
  const now = calculation.value.assessment;
  const kept: MonthAssessment = receipt.assessment;
  // What a later version says beside it is no difference: the receipt is compared in what it holds.
  const part = (Object.keys(kept) as (keyof MonthAssessment)[]).find((key) => !sameValue(now[key], kept[key]));
  return part === undefined ? ok(now) : err({ type: 'receipt-differs', part, now });
}

/** Equal plain values, whatever the order of their keys: storage does not promise to keep it. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameValue((a as Entries)[key], (b as Entries)[key]));
}
type Entries = Readonly<Record<string, unknown>>;
