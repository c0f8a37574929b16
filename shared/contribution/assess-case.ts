import { cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import { calculateMonth } from './calculate-month.ts';
import { incomeInputs } from './countable-income.ts';
import { followsIncome, type EqualCase } from './equal-case.ts';
import { mostIncome, readFacts, whyAt, type EqualFacts } from './equal-facts.ts';
import type { AssessmentError, AssessmentStep, ListedAssessment, MonthAssessment } from './month-assessment.ts';
import type { MonthFacts, MunicipalPolicy } from './month-facts.ts';
import type { ContributionParameters } from './parameters.ts';
import { outcomeBy } from './partial-modes.ts';
import { ruleBook, type RuleBook } from './rule-book.ts';

/** The month of one family with all that its explanation needs: the case it is of, its facts, and what they came to. */
export type CaseAssessment = Pick<MonthAssessment, 'allowanceCents' | 'contributionCents' | 'toJudge'> & {
  readonly of: EqualCase;
  readonly facts: MonthFacts;
  readonly seen: EqualFacts;
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
  const seen = readFacts(facts, book);
  if (seen === null) {
    const own = makeCase(facts, nobodyElse, parameters, null);
    return own.ok ? ok(applied(own.value, facts, nobodyElse)) : own;
  }
  const first = cases.get(seen.key) ?? null;
  for (let one = first; one !== null; one = one.next)
    if (seen.income >= one.from && seen.income <= one.to) return ok(applied(one, facts, seen));
  const made = makeCase(facts, seen, parameters, first);
  if (!made.ok) return made;
  cases.set(seen.key, made.value);
  return ok(applied(made.value, facts, seen));
}

const nobodyElse: EqualFacts = { key: -1, income: 0, whys: 0 };

/** The cases of a month and a policy found so far, by the key of `readFacts`; the others with it by `next`. */
type PreparedMonth = { readonly book: RuleBook; readonly cases: Map<number, EqualCase> };
let last: PreparedMonth | null = null;
const prepared = new WeakMap<ContributionParameters, WeakMap<MunicipalPolicy, PreparedMonth>>();

function preparedMonth(parameters: ContributionParameters, policy: MunicipalPolicy): PreparedMonth {
  // Almost always the same as for the family before.
  if (last !== null && last.book.parameters === parameters && last.book.policy === policy) return last;
  let ofMonth = prepared.get(parameters);
  if (ofMonth === undefined) prepared.set(parameters, (ofMonth = new WeakMap()));
  let month = ofMonth.get(policy);
  if (month === undefined) ofMonth.set(policy, (month = { book: ruleBook(parameters, policy), cases: new Map() }));
  last = month;
  return month;
}

function makeCase(
  facts: MonthFacts,
  { key, income }: EqualFacts,
  parameters: ContributionParameters,
  next: EqualCase | null,
): Result<EqualCase, AssessmentError> {
  const calculated = calculateMonth(facts, parameters);
  if (!calculated.ok) return calculated;
  const { assessment: model, found } = calculated.value;
  let from = 0;
  let to = mostIncome;
  for (const change of found.changesAt) {
    if (change <= income) from = Math.max(from, change);
    else to = Math.min(to, change - 1);
  }
  const { allowanceCents, contributionCents, toJudge } = model;
  const isShared = key >= 0;
  const tapers = isShared && (found.mode === 'taper' || toJudge !== null) ? found.position : null;
  return ok({ from, to, allowanceCents, contributionCents, toJudge, tapers, model, isShared, next });
}

function applied(of: EqualCase, facts: MonthFacts, seen: EqualFacts): CaseAssessment {
  let { allowanceCents, contributionCents, toJudge } = of;
  if (of.tapers !== null) {
    const tapered = outcomeBy('taper', { ...of.tapers, income: cents(seen.income) });
    if (toJudge === null) {
      allowanceCents = tapered.allowance;
      contributionCents = tapered.contribution;
    } else {
      toJudge = { ...toJudge, taper: tapered[toJudge.of] };
    }
  }
  return { allowanceCents, contributionCents, toJudge, of, facts, seen };
}

/** What a list of many families shows of it; steps that follow the income are left out. */
export function listed({ of, allowanceCents, contributionCents, toJudge }: CaseAssessment): ListedAssessment {
  const { zone, warnings } = of.model;
  const steps = of.isShared ? of.model.steps.filter(({ rule }) => !followsIncome.has(rule)) : of.model.steps;
  return { allowanceCents, contributionCents, zone, toJudge, warnings, steps };
}

/** The whole assessment, read from the case and the facts: no rule is applied again. */
export function explained(assessed: CaseAssessment): MonthAssessment {
  const { of, allowanceCents, contributionCents, toJudge } = assessed;
  if (!of.isShared) return of.model;
  const steps = of.model.steps.map((step) => (followsIncome.has(step.rule) ? ownStep(step, assessed) : step));
  return { ...of.model, allowanceCents, contributionCents, steps, toJudge };
}

function ownStep(step: AssessmentStep, assessed: CaseAssessment): AssessmentStep {
  const { facts, seen, of, allowanceCents, contributionCents } = assessed;
  const income = cents(seen.income);
  switch (step.rule) {
    case 'countable-income':
      return { ...step, inputs: incomeInputs(facts, (at) => whyAt(seen.whys, at)), amount: income };
    case 'zone':
      return { ...step, inputs: { ...step.inputs, income }, amount: income };
    case 'allowance-outcome': {
      if (of.tapers === null || of.toJudge !== null) return step;
      const withdrawn = cents(of.tapers.allowance - allowanceCents);
      return {
        ...step,
        inputs: { ...step.inputs, proposed: allowanceCents, withdrawn },
        amount: allowanceCents,
      };
    }
    case 'contribution-outcome':
      if (of.tapers === null || of.toJudge !== null) return step;
      return { ...step, inputs: { ...step.inputs, proposed: contributionCents }, amount: contributionCents };
    default:
      return step;
  }
}
