import { cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Allowance } from './allowance.ts';
import { contributionDue, contributionScope, type ContributionDue } from './contribution-due.ts';
import type { CountableIncome } from './countable-income.ts';
import type { AssessmentStep, MissingParameterError, Thresholds, Zone } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { leftToJudge, ruled, type Ruling } from './month-outcome.ts';
import { outcomeBy, type PartialMode, type Position } from './partial-modes.ts';
import { and, makeStep, type Grounds } from './grounds.ts';
import { ownRow, readRow, type RuleRow, type RuleRows } from './rule-book.ts';
import { fullContributionThreshold, withdrawThreshold, type FullContributionThreshold } from './thresholds.ts';

/** Where the family's income lies, and what the rules say there. */
export type Found = {
  readonly ruling: Ruling;
  readonly zone: Zone;
  readonly thresholds: Thresholds | null;
  readonly contribution: ContributionDue | null;
  readonly contributionExists: boolean;
  readonly countUnproven: boolean;
  /** Incomes, in cents, from which the family would be somewhere else: between two of them only amounts follow it. */
  readonly changesAt: readonly number[];
  /** What the outcome is worked out from where it follows the income; null: it does not. */
  readonly position: Position | null;
  /** By which mode; null: it is none of its affair. */
  readonly mode: PartialMode | null;
  /** What the two outcomes rest on; null: there was no contribution yet. */
  readonly grounds: { readonly allowance: Basis; readonly contribution: Basis | null };
};
/** What the rules say and what it rests on, before somebody judges. */
export type Ruled = Pick<Found, 'ruling' | 'grounds'>;
/** `last`: the one that has the last word. */
export type Basis = { readonly all: Grounds; readonly last: Grounds };

/** Thresholds, zone and what the rules say there; without countable income nothing is withdrawn and nothing is paid. */
export function findPosition(
  facts: MonthFacts,
  allowance: Allowance,
  income: CountableIncome,
  rows: RuleRows,
  steps: AssessmentStep[],
): Result<Found, MissingParameterError> {
  const scope = contributionScope(facts, rows);
  if (!scope.ok) return scope;
  const { asked } = scope.value;
  const whyNot = scope.value.asked ? null : scope.value.row;
  const notAsked: Basis | null = whyNot === null ? null : { all: whyNot.ground, last: whyNot.ground };
  const contributionExists = asked || whyNot !== null;
  let withdrawal: RuleRow | null = null;
  if (income.total > 0) {
    const read = readRow(rows, 'leefgeld.withdrawal');
    if (!read.ok) return read;
    withdrawal = read.value;
  }
  if (!contributionExists || withdrawal?.value === 'discretionary') {
    const mark = income.total > 0 ? withoutThreshold(allowance, income) : null;
    return ok({
      contribution: null,
      contributionExists,
      countUnproven: false,
      changesAt: [leastIncome, allowance.full],
      position: mark,
      mode: null,
      ruling: mark === null ? ruled(untouched(allowance)) : discretionary(mark),
      zone: 'none',
      thresholds: null,
      grounds: {
        allowance:
          withdrawal === null
            ? { all: allowance.ground, last: allowance.ground }
            : { all: and(allowance.ground, withdrawal.ground), last: withdrawal.ground },
        contribution: notAsked,
      },
    });
  }
  const withdraw = withdrawThreshold(facts, allowance, rows);
  if (!withdraw.ok) return withdraw;
  let contribution: ContributionDue | null = null;
  let full: FullContributionThreshold | null = null;
  let imposing: RuleRow | undefined;
  if (asked) {
    imposing = facts.incomeTermEnded === undefined ? undefined : ownRow(rows, 'no_income_info');
    const due = contributionDue(facts, income, rows, steps, imposing?.value === 'default_impose');
    if (!due.ok) return due;
    const threshold = fullContributionThreshold(allowance, due.value, withdraw.value, rows);
    if (!threshold.ok) return threshold;
    contribution = due.value;
    full = threshold.value;
  }
  steps.push(withdraw.value.step);
  if (full !== null) steps.push(full.step);
  const imposed = contribution === null ? 0 : contribution.imposed;
  if (imposed > 0 && contribution !== null && imposing !== undefined) {
    const asking = { adults: imposed, termEnded: facts.incomeTermEnded ?? '' };
    steps.push(makeStep('default-imposition', imposing.ground, asking, contribution.due));
  }
  const compare = readRow(rows, 'threshold.compare');
  if (!compare.ok) return compare;
  const floor = contribution === null ? undefined : ownRow(rows, 'income.floor');
  const isUnderFloor = imposed === 0 && floor !== undefined && income.total <= Number(floor.value);
  const strictly = compare.value.value === '>';
  const zone: Zone =
    imposed > 0
      ? 'full'
      : income.total <= 0
        ? 'none'
        : full !== null && !isUnderFloor && reaches(income.total, full.amount, strictly)
          ? 'full'
          : reaches(income.total, withdraw.value.amount, strictly)
            ? 'between'
            : 'below';
  const mode = zone === 'below' || zone === 'between' ? readRow(rows, 'threshold.partial_mode') : null;
  if (mode !== null && !mode.ok) return mode;

  let ground = withdrawal === null ? compare.value.ground : and(withdrawal.ground, compare.value.ground);
  if (isUnderFloor) ground = and(ground, floor.ground);
  ground = and(ground, withdraw.value.ground);
  if (full !== null) ground = and(ground, full.ground);
  if (imposed > 0 && imposing !== undefined) ground = and(ground, imposing.ground);
  if (mode !== null) ground = and(ground, mode.value.ground);
  const withdrawFrom = withdraw.value.amount;
  let inputs: AssessmentStep['inputs'] =
    full === null
      ? { income: income.total, withdrawFrom, compare: compare.value.value, zone }
      : { income: income.total, withdrawFrom, fullContributionFrom: full.amount, compare: compare.value.value, zone };
  if (isUnderFloor) {
    const { zone: last, ...others } = inputs;
    inputs = { ...others, floor: Number(floor.value), zone: last ?? zone };
  }
  if (imposed > 0) inputs = { ...inputs, imposed };
  if (mode !== null) inputs = { ...inputs, mode: mode.value.value };
  steps.push(makeStep('zone', ground, inputs, income.total));
  const position: Position | null =
    zone === 'none'
      ? null
      : {
          zone,
          income: income.total,
          allowance: allowance.full,
          due: isUnderFloor || contribution === null ? cents(0) : contribution.due,
          withdraw: withdraw.value,
          formula: full === null ? 'scaled_sum' : full.formula,
        };
  return ok({
    ruling:
      position === null
        ? ruled(untouched(allowance))
        : mandatory(position, toMode(mode?.value), facts.reception === 'private'),
    zone,
    changesAt: [
      leastIncome,
      reachedFrom(withdraw.value.amount, strictly),
      reachedFrom(full === null ? withdraw.value.amount : full.amount, strictly),
      floor === undefined ? leastIncome : Number(floor.value) + 1,
    ],
    position: mode === null ? null : position,
    mode: mode === null ? null : toMode(mode.value),
    thresholds: full === null ? null : { withdrawFrom: withdraw.value.amount, fullContributionFrom: full.amount },
    contribution,
    contributionExists,
    countUnproven: full?.countUnproven ?? false,
    grounds: {
      allowance: { all: and(allowance.ground, ground), last: ground },
      contribution: contribution === null ? notAsked : { all: and(contribution.ground, ground), last: ground },
    },
  });
}

const reaches = (income: number, amount: number, strictly: boolean) => (strictly ? income > amount : income >= amount);
/** The first whole amount that reaches it. */
const reachedFrom = (amount: number, strictly: boolean) => (strictly ? amount + 1 : amount);
/** From here on there is an income. */
const leastIncome = 1;
const untouched = (allowance: Allowance) => ({ allowance: allowance.full, contribution: cents(0) });
const toMode = (row: RuleRow | undefined): PartialMode =>
  row?.value === 'step' || row?.value === 'taper' ? row.value : 'manual';

/** To 2024-06-30 the allowance *may* be withdrawn, with no threshold: 100 % of it is the mark for what step and taper show. */
const withoutThreshold = (allowance: Allowance, income: CountableIncome): Position => ({
  zone: income.total >= allowance.full ? 'between' : 'below',
  income: income.total,
  allowance: allowance.full,
  due: cents(0),
  withdraw: { amount: allowance.full, factor: 10_000 },
  formula: 'scaled_sum',
});

function discretionary(at: Position): Ruling {
  const proposed = { allowance: at.allowance, contribution: cents(0) };
  return leftToJudge('allowance', at.allowance, proposed, outcomeBy('step', at), outcomeBy('taper', at));
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
