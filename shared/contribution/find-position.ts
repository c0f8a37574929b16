import { cents, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Allowance } from './allowance.ts';
import { contributionDue, contributionScope, type ContributionDue } from './contribution-due.ts';
import type { CountableIncome } from './countable-income.ts';
import type { AssessmentStep, MissingParameterError, Thresholds, Zone } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { leftToJudge, ruled, type Ruling } from './month-outcome.ts';
import { outcomeBy, type PartialMode, type Position } from './partial-modes.ts';
import { makeStep, type Ground, type RuleRow, type RuleRows } from './rule-rows.ts';
import { fullContributionThreshold, withdrawThreshold } from './thresholds.ts';

/** Where the family's income lies, and what the rules say there. */
export type Found = {
  readonly ruling: Ruling;
  readonly zone: Zone;
  readonly thresholds: Thresholds | null;
  readonly contribution: ContributionDue | null;
  readonly contributionExists: boolean;
  readonly countUnproven: boolean;
  readonly steps: readonly AssessmentStep[];
  /** What the two outcomes rest on; null: there was no contribution yet. */
  readonly grounds: { readonly allowance: readonly Ground[]; readonly contribution: readonly Ground[] | null };
};

/** Thresholds, zone and what the rules say there; without countable income nothing is withdrawn and nothing is paid. */
export function findPosition(
  facts: MonthFacts,
  allowance: Allowance,
  income: CountableIncome,
  rows: RuleRows,
): Result<Found, MissingParameterError> {
  const scope = contributionScope(facts, rows);
  if (!scope.ok) return scope;
  const notAsked = scope.value.asked || scope.value.row === null ? null : [scope.value.row];
  const contributionExists = scope.value.asked || scope.value.row !== null;
  const unasked = { contribution: null, contributionExists, countUnproven: false };
  const withdrawal: RuleRow[] = [];
  if (income.total > 0) {
    const read = rows.read(['leefgeld.withdrawal']);
    if (!read.ok) return read;
    withdrawal.push(read.value['leefgeld.withdrawal']);
  }
  if (!contributionExists || withdrawal[0]?.value === 'discretionary') {
    return ok({
      ...unasked,
      ruling: income.total > 0 ? discretionary(allowance, income) : ruled(untouched(allowance)),
      zone: 'none',
      thresholds: null,
      steps: [],
      grounds: { allowance: [...allowance.steps.slice(-1), ...withdrawal], contribution: notAsked },
    });
  }
  const withdraw = withdrawThreshold(facts, allowance, rows);
  if (!withdraw.ok) return withdraw;
  const steps: AssessmentStep[] = [];
  let contribution: ContributionDue | null = null;
  let full: { amount: Cents; formula: Position['formula']; countUnproven: boolean } | null = null;
  if (scope.value.asked) {
    const due = contributionDue(facts, income, rows);
    if (!due.ok) return due;
    const threshold = fullContributionThreshold(allowance, due.value, withdraw.value, rows);
    if (!threshold.ok) return threshold;
    contribution = due.value;
    full = threshold.value;
    steps.push(...due.value.steps, withdraw.value.step, threshold.value.step);
  } else {
    steps.push(withdraw.value.step);
  }
  const read = rows.read(['threshold.compare']);
  if (!read.ok) return read;
  const compare = read.value['threshold.compare'];
  const floor = contribution === null ? undefined : rows.own('income.floor');
  const isUnderFloor = floor !== undefined && income.total <= Number(floor.value);
  const reaches = (amount: Cents) => (compare.value === '>' ? income.total > amount : income.total >= amount);
  const zone: Zone =
    income.total <= 0
      ? 'none'
      : full !== null && !isUnderFloor && reaches(full.amount)
        ? 'full'
        : reaches(withdraw.value.amount)
          ? 'between'
          : 'below';
  const mode = zone === 'below' || zone === 'between' ? rows.read(['threshold.partial_mode']) : null;
  if (mode !== null && !mode.ok) return mode;
  const modeRow = mode?.value['threshold.partial_mode'];

  const zoneGrounds = [
    ...withdrawal,
    compare,
    ...(isUnderFloor ? [floor] : []),
    ...steps.filter((step) => thresholdRules.has(step.rule)),
  ];
  const zoneInputs = {
    income: income.total,
    withdrawFrom: withdraw.value.amount,
    ...(full === null ? {} : { fullContributionFrom: full.amount }),
    compare: compare.value,
    ...(isUnderFloor ? { floor: Number(floor.value) } : {}),
    zone,
    ...(modeRow === undefined ? {} : { mode: modeRow.value }),
  };
  steps.push(
    makeStep('zone', modeRow === undefined ? zoneGrounds : [...zoneGrounds, modeRow], zoneInputs, income.total),
  );
  const position = {
    income: income.total,
    allowance: allowance.full,
    due: isUnderFloor ? cents(0) : (contribution?.due ?? cents(0)),
    withdraw: withdraw.value,
    formula: full?.formula ?? ('scaled_sum' as const),
  };
  return ok({
    ruling:
      zone === 'none'
        ? ruled(untouched(allowance))
        : mandatory({ ...position, zone }, toMode(modeRow), facts.reception === 'private'),
    zone,
    thresholds: full === null ? null : { withdrawFrom: withdraw.value.amount, fullContributionFrom: full.amount },
    contribution,
    contributionExists,
    countUnproven: full?.countUnproven ?? false,
    steps,
    grounds: {
      allowance: [...allowance.steps.slice(-1), ...steps.slice(-1)],
      contribution: scope.value.asked ? [...(contribution?.steps.slice(-1) ?? []), ...steps.slice(-1)] : notAsked,
    },
  });
}

const thresholdRules = new Set<string>(['withdraw-threshold', 'full-contribution-threshold']);
const untouched = (allowance: Allowance) => ({ allowance: allowance.full, contribution: cents(0) });
const toMode = (row: RuleRow | undefined): PartialMode =>
  row?.value === 'step' || row?.value === 'taper' ? row.value : 'manual';

/** To 2024-06-30 the allowance *may* be withdrawn, with no threshold: 100 % of it is the mark for what step and taper show. */
function discretionary(allowance: Allowance, income: CountableIncome): Ruling {
  const withdraw = { amount: allowance.full, factor: 10_000 };
  const at: Position = {
    zone: income.total >= allowance.full ? 'between' : 'below',
    income: income.total,
    allowance: allowance.full,
    due: cents(0),
    withdraw,
    formula: 'scaled_sum',
  };
  return leftToJudge('allowance', allowance.full, untouched(allowance), outcomeBy('step', at), outcomeBy('taper', at));
}

/** From 2024-07-01 it *is* withdrawn, wholly or in part; how far below the thresholds is a setting (contribution.md §7.1). */
function mandatory(at: Position, mode: PartialMode, isPrivate: boolean): Ruling {
  const proposed = outcomeBy(mode, at);
  if (mode !== 'manual' || at.zone === 'full') return ruled(proposed);
  // RooO art. 13 lid 2 says "wholly or in part" and no threshold is published for it: there it stays a judgement.
  const of = at.zone === 'below' || isPrivate ? 'allowance' : 'contribution';
  const most = of === 'allowance' ? at.allowance : at.due;
  return leftToJudge(of, most, proposed, outcomeBy('step', at), outcomeBy('taper', at));
}
