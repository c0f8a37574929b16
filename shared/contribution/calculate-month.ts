import { firstDayOf } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { fullAllowance } from './allowance.ts';
import { countableIncome, isTold } from './countable-income.ts';
import { findPosition, type Basis, type Found } from './find-position.ts';
import { and, makeStep, type Grounds } from './grounds.ts';
import type { AssessmentError, AssessmentStep, AssessmentWarning, MonthAssessment } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { hardshipRuling } from './hardship.ts';
import { judge, type Ruling } from './month-outcome.ts';
import type { ParameterRow } from './parameter-row.ts';
import type { ContributionParameters } from './parameters.ts';
import { partMonthRuling } from './part-month.ts';
import { municipalGround, ruleRows, usedRows, type RuleBook } from './rule-book.ts';

export type MonthCalculation = {
  readonly assessment: MonthAssessment;
  /** The national rows it rests on, also those that the municipality put its own value before. */
  readonly rows: readonly ParameterRow[];
  readonly found: Found;
};

/** `assessMonth` with the rows it rests on, as a receipt keeps them. Order: contribution.md §7.3. */
export function calculateMonth(
  facts: MonthFacts,
  parameters: ContributionParameters,
): Result<MonthCalculation, AssessmentError> {
  const wrong = findWrongFacts(facts, parameters);
  if (wrong !== undefined) return err(wrong);
  const rows = ruleRows(parameters, facts.policy);
  const steps: AssessmentStep[] = [];
  const allowance = fullAllowance(facts, rows, steps);
  if (!allowance.ok) return allowance;
  const income = countableIncome(facts, rows, steps);
  if (!income.ok) return income;
  const found = findPosition(facts, allowance.value, income.value, rows, steps);
  if (!found.ok) return found;
  const { zone, thresholds, contribution } = found.value;
  const { ruling, grounds } = hardshipRuling(facts, rows, partMonthRuling(facts, rows, found.value, steps), steps);
  const judged = judge(ruling, facts.judgement);
  if (!judged.ok) return judged;
  const { outcome, toJudge } = judged.value;

  const judging = judgementSteps(facts, rows.book, ruling, grounds, steps);
  const allowanceInputs = {
    allowance: allowance.value.full,
    proposed: ruling.proposed.allowance,
    withdrawn: cents(allowance.value.full - outcome.allowance),
    zone,
  };
  steps.push(
    makeStep('allowance-outcome', withAll(grounds.allowance.all, judging), allowanceInputs, outcome.allowance),
  );
  if (grounds.contribution !== null) {
    const inputs = { due: contribution === null ? 0 : contribution.due, proposed: ruling.proposed.contribution, zone };
    const basis = withAll(grounds.contribution.all, judging);
    steps.push(makeStep('contribution-outcome', basis, inputs, outcome.contribution));
  }
  const used = usedRows(rows);
  return ok({
    assessment: {
      month: facts.month,
      allowanceCents: outcome.allowance,
      contributionCents: outcome.contribution,
      thresholds,
      zone,
      steps,
      toJudge,
      warnings: findWarnings(facts, rows.book, steps, found.value),
      amounts: { since: used.since, confirmedUntil: parameters.confirmedUntil },
    },
    rows: used.rows,
    found: found.value,
  });
}

function findWrongFacts(facts: MonthFacts, parameters: ContributionParameters): AssessmentError | undefined {
  if (facts.month !== parameters.month) return { type: 'other-month' };
  if (facts.members.length === 0) return { type: 'no-members' };
  for (const { memberId } of facts.incomes) {
    if (!isMember(facts, memberId)) return { type: 'income-of-stranger', memberId };
  }
  if (facts.judgement !== undefined && facts.judgement.reason.trim() === '')
    return { type: 'judgement-without-reason' };
  return undefined;
}

function isMember({ members }: MonthFacts, id: string): boolean {
  for (const member of members) if (member.id === id) return true;
  return false;
}

function isUntold(facts: MonthFacts, adultsBornBy: string): boolean {
  for (const { id, birthDate } of facts.members) {
    if (birthDate <= adultsBornBy && !isTold(facts, id)) return true;
  }
  return false;
}

/** One step per amount that a caseworker set; what each rests on. */
function judgementSteps(
  { judgement }: MonthFacts,
  book: RuleBook,
  ruling: Ruling,
  grounds: Found['grounds'],
  steps: AssessmentStep[],
): readonly Grounds[] {
  if (judgement === undefined) return noJudgement;
  const judging: Grounds[] = [];
  const add = (of: 'allowance' | 'contribution', amount: Cents | undefined, basis: Basis | null) => {
    if (amount === undefined) return;
    const { from, to } = of === 'allowance' ? ruling.allowanceRoom : ruling.contributionRoom;
    const ground = municipalGround(book, basis === null ? 'RooO' : basis.last.article, 'M');
    const inputs = { of, from, to, proposed: ruling.proposed[of], reason: judgement.reason };
    judging.push(ground);
    steps.push(makeStep('judgement', ground, inputs, amount));
  };
  add('allowance', judgement.allowanceCents, grounds.allowance);
  add('contribution', judgement.contributionCents, grounds.contribution);
  return judging;
}

const withAll = (grounds: Grounds, more: readonly Grounds[]): Grounds =>
  more.length === 0 ? grounds : more.reduce(and, grounds);
const noJudgement: readonly Grounds[] = [];

function findWarnings(
  facts: MonthFacts,
  { parameters, adultsBornBy }: RuleBook,
  steps: readonly AssessmentStep[],
  found: Found,
): readonly AssessmentWarning[] {
  const warnings: AssessmentWarning[] = [];
  if (firstDayOf(facts.month) > parameters.confirmedUntil) warnings.push('amounts-unconfirmed');
  if (found.countUnproven) warnings.push('two-adults-count');
  if (steps.some((step) => step.confidence === 'L')) warnings.push('weak-parameter');
  // RooO art. 2a: the duty to report began with the contribution.
  if (found.contributionExists && isUntold(facts, adultsBornBy)) warnings.push('no-income-information');
  return warnings;
}
