import { cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import { calculateMonth } from './calculate-month.ts';
import { incomeInputs } from './countable-income.ts';
import { followsIncome, type EqualCase } from './equal-case.ts';
import { mostIncome, readFacts, whyAt } from './equal-facts.ts';
import type { AssessmentError, AssessmentStep, ListedAssessment, MonthAssessment } from './month-assessment.ts';
import type { MonthFacts, MunicipalPolicy } from './month-facts.ts';
import type { ContributionParameters } from './parameters.ts';
import { outcomeBy } from './partial-modes.ts';
import { ruleBook, type RuleBook } from './rule-book.ts';

/**
 * The month of one family with all that its explanation needs: the case it is of, its own facts and income, and what
 * these came to. `whys`: why each of its incomes counts or not, as `readFacts` packs it.
 */
export type CaseAssessment = ListedAssessment & {
  readonly of: EqualCase;
  readonly facts: MonthFacts;
  readonly incomeCents: number;
  readonly whys: number;
};

/**
 * `assessMonth` for many families: the same amounts and, by `explained`, the same steps. What does not follow the income
 * is worked out once for all families that the rules see alike, and kept as long as the parameters and the policy.
 */
export function assessCase(
  facts: MonthFacts,
  parameters: ContributionParameters,
): Result<CaseAssessment, AssessmentError> {
  const { book, cases } = preparedMonth(parameters, facts.policy);
  const equal = readFacts(facts, book);
  if (equal === null) {
    const own = makeCase(facts, 0, parameters, false);
    return own.ok ? ok(applied(own.value, facts, 0, 0)) : own;
  }
  const { key, income, whys } = equal;
  let alike = cases.get(key);
  if (alike === undefined) cases.set(key, (alike = []));
  for (const one of alike) if (income >= one.from && income <= one.to) return ok(applied(one, facts, income, whys));
  const made = makeCase(facts, income, parameters, true);
  if (!made.ok) return made;
  alike.push(made.value);
  return ok(applied(made.value, facts, income, whys));
}

/** The cases of a month and a policy found so far, by the key of `readFacts`. */
type PreparedMonth = { readonly book: RuleBook; readonly cases: Map<number, EqualCase[]> };
const prepared = new WeakMap<ContributionParameters, WeakMap<MunicipalPolicy, PreparedMonth>>();

function preparedMonth(parameters: ContributionParameters, policy: MunicipalPolicy): PreparedMonth {
  let ofMonth = prepared.get(parameters);
  if (ofMonth === undefined) prepared.set(parameters, (ofMonth = new WeakMap()));
  let month = ofMonth.get(policy);
  if (month === undefined) ofMonth.set(policy, (month = { book: ruleBook(parameters, policy), cases: new Map() }));
  return month;
}

function makeCase(
  facts: MonthFacts,
  income: number,
  parameters: ContributionParameters,
  isShared: boolean,
): Result<EqualCase, AssessmentError> {
  const calculated = calculateMonth(facts, parameters);
  if (!calculated.ok) return calculated;
  const { assessment: model, found } = calculated.value;
  if (!isShared) return ok({ from: 0, to: 0, model, steps: model.steps, tapers: null, isShared });
  let [from, to] = [0, mostIncome];
  for (const change of found.changesAt) {
    if (change <= income) from = Math.max(from, change);
    else to = Math.min(to, change - 1);
  }
  const isTapered = found.mode === 'taper' || model.toJudge !== null;
  const steps = model.steps.filter(({ rule }) => !followsIncome.has(rule));
  return ok({ from, to, model, steps, tapers: isTapered ? found.position : null, isShared });
}

function applied(of: EqualCase, facts: MonthFacts, incomeCents: number, whys: number): CaseAssessment {
  const { model, tapers, steps } = of;
  const { zone, warnings } = model;
  let { allowanceCents, contributionCents, toJudge } = model;
  if (tapers !== null) {
    const tapered = outcomeBy('taper', { ...tapers, income: cents(incomeCents) });
    if (toJudge !== null) toJudge = { ...toJudge, taper: tapered[toJudge.of] };
    else [allowanceCents, contributionCents] = [tapered.allowance, tapered.contribution];
  }
  return { allowanceCents, contributionCents, zone, toJudge, warnings, steps, of, facts, incomeCents, whys };
}

/** The whole assessment, read from the case and the facts: no rule is applied again. */
export function explained(assessed: CaseAssessment): MonthAssessment {
  const { of, allowanceCents, contributionCents, toJudge } = assessed;
  if (!of.isShared) return of.model;
  const steps = of.model.steps.map((step) => (followsIncome.has(step.rule) ? ownStep(step, assessed) : step));
  return { ...of.model, allowanceCents, contributionCents, steps, toJudge };
}

function ownStep(step: AssessmentStep, assessed: CaseAssessment): AssessmentStep {
  const { facts, whys, of, allowanceCents, contributionCents } = assessed;
  const income = cents(assessed.incomeCents);
  switch (step.rule) {
    case 'countable-income':
      return { ...step, inputs: incomeInputs(facts, (at) => whyAt(whys, at)), amount: income };
    case 'zone':
      return { ...step, inputs: { ...step.inputs, income }, amount: income };
    case 'allowance-outcome': {
      if (of.tapers === null || of.model.toJudge !== null) return step;
      const withdrawn = cents(of.tapers.allowance - allowanceCents);
      return {
        ...step,
        inputs: { ...step.inputs, proposed: allowanceCents, withdrawn },
        amount: allowanceCents,
      };
    }
    case 'contribution-outcome':
      if (of.tapers === null || of.model.toJudge !== null) return step;
      return { ...step, inputs: { ...step.inputs, proposed: contributionCents }, amount: contributionCents };
    default:
      return step;
  }
}
