import { firstDayOf, type IsoDate } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { fullAllowance } from './allowance.ts';
import { countableIncome, municipalSource } from './countable-income.ts';
import { findPosition, type Found } from './find-position.ts';
import type { AssessmentError, AssessmentStep, AssessmentWarning, MonthAssessment } from './month-assessment.ts';
import { isAdultIn, type MonthFacts } from './month-facts.ts';
import { judge, type Ruling } from './month-outcome.ts';
import type { ParameterRow } from './parameter-row.ts';
import type { ContributionParameters } from './parameters.ts';
import { makeStep, ruleRows, type Ground } from './rule-rows.ts';

export type MonthCalculation = {
  readonly assessment: MonthAssessment;
  /** The national rows it rests on, also those that the municipality put its own value before. */
  readonly rows: readonly ParameterRow[];
};

/** `assessMonth` with the rows it rests on, as a receipt keeps them. Order: contribution.md §7.3. */
export function calculateMonth(
  facts: MonthFacts,
  parameters: ContributionParameters,
): Result<MonthCalculation, AssessmentError> {
  const wrong = findWrongFacts(facts, parameters);
  if (wrong !== undefined) return err(wrong);
  const rows = ruleRows(parameters, facts.policy);
  const allowance = fullAllowance(facts, rows);
  if (!allowance.ok) return allowance;
  const income = countableIncome(facts, rows);
  if (!income.ok) return income;
  const found = findPosition(facts, allowance.value, income.value, rows);
  if (!found.ok) return found;
  const { ruling, zone, thresholds, contribution } = found.value;
  const judged = judge(ruling, facts.judgement);
  if (!judged.ok) return judged;
  const { outcome, toJudge } = judged.value;

  const steps = [...allowance.value.steps, income.value.step, ...found.value.steps];
  const judging = judgementSteps(facts, ruling, found.value.grounds);
  const allowanceBasis = [...found.value.grounds.allowance, ...judging];
  const allowanceInputs = {
    allowance: allowance.value.full,
    proposed: ruling.proposed.allowance,
    withdrawn: cents(allowance.value.full - outcome.allowance),
    zone,
  };
  steps.push(...judging, makeStep('allowance-outcome', allowanceBasis, allowanceInputs, outcome.allowance));
  if (found.value.grounds.contribution !== null) {
    const inputs = { due: contribution?.due ?? 0, proposed: ruling.proposed.contribution, zone };
    const basis = [...found.value.grounds.contribution, ...judging];
    steps.push(makeStep('contribution-outcome', basis, inputs, outcome.contribution));
  }
  const used = rows.used();
  return ok({
    assessment: {
      month: facts.month,
      allowanceCents: outcome.allowance,
      contributionCents: outcome.contribution,
      thresholds,
      zone,
      steps,
      toJudge,
      warnings: findWarnings(facts, parameters, steps, found.value),
      amounts: { since: newestAmount(used, firstDayOf(facts.month)), confirmedUntil: parameters.confirmedUntil },
    },
    rows: used,
  });
}

const newestAmount = (rows: readonly ParameterRow[], day: IsoDate): IsoDate =>
  rows
    .filter(({ unit }) => unit === 'cents')
    .map(({ from }) => from)
    .sort()
    .at(-1) ?? day;

function findWrongFacts(facts: MonthFacts, parameters: ContributionParameters): AssessmentError | undefined {
  if (facts.month !== parameters.month) return { type: 'other-month' };
  if (facts.members.length === 0) return { type: 'no-members' };
  const known = new Set(facts.members.map((member) => member.id));
  const stranger = facts.incomes.find((income) => !known.has(income.memberId));
  if (stranger !== undefined) return { type: 'income-of-stranger', memberId: stranger.memberId };
  if (facts.judgement !== undefined && facts.judgement.reason.trim() === '')
    return { type: 'judgement-without-reason' };
  return undefined;
}

/** One step per amount that a caseworker set. */
function judgementSteps(facts: MonthFacts, ruling: Ruling, grounds: Found['grounds']): readonly AssessmentStep[] {
  const { judgement } = facts;
  if (judgement === undefined) return [];
  const steps: AssessmentStep[] = [];
  const add = (of: 'allowance' | 'contribution', amount: Cents | undefined, rests: readonly Ground[]) => {
    if (amount === undefined) return;
    const { from, to } = of === 'allowance' ? ruling.allowanceRoom : ruling.contributionRoom;
    const article = rests.at(-1)?.article ?? 'RooO';
    const ground: Ground = { article, source: municipalSource(facts), confidence: 'M' };
    const inputs = { of, from, to, proposed: ruling.proposed[of], reason: judgement.reason };
    steps.push(makeStep('judgement', [ground], inputs, amount));
  };
  add('allowance', judgement.allowanceCents, grounds.allowance);
  add('contribution', judgement.contributionCents, grounds.contribution ?? []);
  return steps;
}

function findWarnings(
  facts: MonthFacts,
  parameters: ContributionParameters,
  steps: readonly AssessmentStep[],
  found: Found,
): readonly AssessmentWarning[] {
  const adults = facts.members.filter((member) => isAdultIn(facts.month, member.birthDate));
  const told = new Set(facts.incomes.map((income) => income.memberId));
  const warnings: AssessmentWarning[] = [];
  if (firstDayOf(facts.month) > parameters.confirmedUntil) warnings.push('amounts-unconfirmed');
  if (found.countUnproven) warnings.push('two-adults-count');
  if (steps.some((step) => step.confidence === 'L')) warnings.push('weak-parameter');
  // RooO art. 2a: the duty to report began with the contribution. An entry of 0 says "no income".
  if (found.contributionExists && adults.some((adult) => !told.has(adult.id))) warnings.push('no-income-information');
  return warnings;
}
