import type { IsoDate, IsoMonth } from '../kernel/dates.ts';
import type { Cents } from '../kernel/money.ts';
import type { Confidence, ParameterName } from './parameter-row.ts';

export const assessmentRules = [
  'food',
  'clothing',
  'host-component',
  'allowance',
  'countable-income',
  'accommodation',
  'catering',
  'contribution-due',
  'withdraw-threshold',
  'full-contribution-threshold',
  'default-imposition',
  'zone',
  'part-month',
  'hardship',
  'judgement',
  'allowance-outcome',
  'contribution-outcome',
] as const;
export type AssessmentRule = (typeof assessmentRules)[number];

/** `amount` is the family's sum; `inputs` hold what it was made of, amounts in cents. */
export type AssessmentStep = {
  readonly rule: AssessmentRule;
  readonly article: string;
  readonly inputs: Readonly<Record<string, number | string>>;
  readonly amount: Cents;
  readonly source: string;
  readonly confidence: Confidence;
};

export type Thresholds = { readonly withdrawFrom: Cents; readonly fullContributionFrom: Cents };

export const zones = ['none', 'below', 'between', 'full'] as const;
export type Zone = (typeof zones)[number];

export const assessmentWarnings = [
  'amounts-unconfirmed',
  'two-adults-count',
  'weak-parameter',
  'no-income-information',
] as const;
export type AssessmentWarning = (typeof assessmentWarnings)[number];

export type ToJudge = {
  readonly of: 'allowance' | 'contribution';
  readonly from: Cents;
  readonly to: Cents;
  readonly step: Cents;
  readonly taper: Cents;
  /** It is about a part of a month: `step` is the whole amount, `taper` that of the days. */
  readonly partMonth?: true;
};

/**
 * `steps`, in order of calculation, explain the outcome years later without this code. `thresholds` is null before the
 * contribution began (2024-07) and where none is asked (private reception); `fullContributionFrom` counts at least one
 * payer. `toJudge` is what a caseworker still has to set, with its limits and what the modes step and taper would give;
 * until then the contribution is 0.
 */
export type MonthAssessment = {
  readonly month: IsoMonth;
  readonly allowanceCents: Cents;
  readonly contributionCents: Cents;
  readonly thresholds: Thresholds | null;
  readonly zone: Zone;
  readonly steps: readonly AssessmentStep[];
  readonly toJudge: ToJudge | null;
  readonly warnings: readonly AssessmentWarning[];
  /** Absent in receipts of a version that did not say so. */
  readonly amounts?: KnownAmounts;
};

/**
 * What a list of many families asks of an assessment. Of its steps only rule and amount, and those that follow the
 * income may be left out.
 */
export type ListedAssessment = Pick<
  MonthAssessment,
  'allowanceCents' | 'contributionCents' | 'zone' | 'toJudge' | 'warnings'
> & { readonly steps: readonly Pick<AssessmentStep, 'rule' | 'amount'>[] };

/**
 * From which day the newest amount used has been known, and until which day it was checked: a later month goes on with
 * it, and says so.
 */
export type KnownAmounts = { readonly since: IsoDate; readonly confirmedUntil: IsoDate };

export type MissingParameterError = { readonly type: 'missing-parameter'; readonly param: ParameterName };
export type AssessmentError =
  | MissingParameterError
  | { readonly type: 'income-of-stranger'; readonly memberId: string }
  | { readonly type: 'no-members' | 'other-month' | 'judgement-without-reason' | 'judgement-outside-room' };
