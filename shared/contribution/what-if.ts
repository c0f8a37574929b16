import { firstDayOf, isoDate, type IsoDate } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { assessMonth } from './assess-month.ts';
import type { AssessmentError, AssessmentRule, AssessmentStep, MonthAssessment } from './month-assessment.ts';
import { isAdultIn, type AdultIncome, type MonthFacts } from './month-facts.ts';
import type { ContributionParameters } from './parameters.ts';

/** `earns`: so many cents more, or less, from work. `partner`: an adult without income; `partnerId` names the newcomer. */
export type WhatIfChange =
  | { readonly type: 'earns'; readonly memberId: string; readonly differenceCents: Cents }
  | { readonly type: 'catering'; readonly catered: boolean }
  | { readonly type: 'comes-of-age'; readonly memberId: string }
  | { readonly type: 'partner' };

/** Id of the member that the change `partner` adds: nobody in the register has it. */
export const partnerId = 'partner';

/** `grownChild`: who became a family of one by the change; null for the family itself. */
export type WhatIfUnit = { readonly grownChild: string | null; readonly assessment: MonthAssessment };
export type WhatIf = { readonly before: MonthAssessment; readonly after: readonly WhatIfUnit[] };
export type WhatIfError =
  AssessmentError | { readonly type: 'change-impossible'; readonly change: WhatIfChange['type'] };

/**
 * The month as it is and as it would be, by the same rules; nothing is kept. A judgement is left out on both sides: it
 * was given for other amounts. Refused for somebody who is not in the family, is of age already, or lives privately.
 */
export function whatIf(
  facts: MonthFacts,
  changes: readonly WhatIfChange[],
  parameters: ContributionParameters,
): Result<WhatIf, WhatIfError> {
  const now = withoutJudgement(facts);
  const wrong = changes.find((change) => !isPossible(now, change));
  if (wrong !== undefined) return err({ type: 'change-impossible', change: wrong.type });
  const before = assessMonth(now, parameters);
  if (!before.ok) return before;
  const units: { grownChild: string | null; facts: MonthFacts }[] = [];
  let family = now;
  // The birthday last: what was changed about the child goes with it.
  for (const change of [...changes].sort((a, b) => order(a) - order(b))) {
    if (change.type === 'comes-of-age') {
      units.push({ grownChild: change.memberId, facts: alone(family, change.memberId) });
      family = without(family, change.memberId);
    } else {
      family = changed(family, change);
    }
  }
  const after: WhatIfUnit[] = [];
  for (const { grownChild, facts: then } of [{ grownChild: null, facts: family }, ...units]) {
    if (then.members.length === 0) continue;
    const assessed = assessMonth(then, parameters);
    if (!assessed.ok) return assessed;
    after.push({ grownChild, assessment: assessed.value });
  }
  return ok({ before: before.value, after });
}

const order = (change: WhatIfChange): number => (change.type === 'comes-of-age' ? 1 : 0);

function isPossible({ month, members, reception }: MonthFacts, change: WhatIfChange): boolean {
  const member = 'memberId' in change ? members.find(({ id }) => id === change.memberId) : undefined;
  switch (change.type) {
    case 'earns':
      return member !== undefined && Number.isSafeInteger(change.differenceCents);
    case 'catering':
      return reception === 'municipal';
    case 'comes-of-age':
      return member !== undefined && !isAdultIn(month, member.birthDate);
    case 'partner':
      return !members.some(({ id }) => id === partnerId);
  }
}

function changed(facts: MonthFacts, change: Exclude<WhatIfChange, { type: 'comes-of-age' }>): MonthFacts {
  switch (change.type) {
    case 'earns':
      return { ...facts, incomes: withPay(facts.incomes, change.memberId, change.differenceCents) };
    case 'catering':
      return { ...facts, catered: change.catered };
    case 'partner': {
      const birthDate = yearsBefore(firstDayOf(facts.month), 30);
      return {
        ...facts,
        members: [...facts.members, { id: partnerId, birthDate, unaccompanied: false }],
        incomes: [...facts.incomes, { memberId: partnerId, kind: 'employment', amountCents: cents(0) }],
      };
    }
  }
}

/** On top of what somebody earns from work already, never below nothing. */
function withPay(incomes: readonly AdultIncome[], memberId: string, difference: Cents): readonly AdultIncome[] {
  const at = incomes.findIndex(
    (income) => income.memberId === memberId && income.kind === 'employment' && income.outside === undefined,
  );
  const amountCents = cents(Math.max(0, (incomes[at]?.amountCents ?? 0) + difference));
  const pay: AdultIncome = { memberId, kind: 'employment', amountCents };
  return at === -1 ? [...incomes, pay] : incomes.with(at, pay);
}

/** RooO art. 1 g: a child of age is a family of one. */
function alone(facts: MonthFacts, memberId: string): MonthFacts {
  const own = facts.members.filter(({ id }) => id === memberId);
  // A decision about the family, and what was asked of it, is not one about the child.
  const { hardship: _hardship, incomeTermEnded: _ended, ...others } = facts;
  return {
    ...others,
    members: own.map((member) => ({
      ...member,
      birthDate: yearsBefore(firstDayOf(facts.month), 18),
      unaccompanied: false,
    })),
    incomes: facts.incomes.filter((income) => income.memberId === memberId),
  };
}

const without = (facts: MonthFacts, memberId: string): MonthFacts => ({
  ...facts,
  members: facts.members.filter(({ id }) => id !== memberId),
  incomes: facts.incomes.filter((income) => income.memberId !== memberId),
});

function withoutJudgement(facts: MonthFacts): MonthFacts {
  const { judgement: _, ...rest } = facts;
  return rest;
}

/** `day` is a first of a month: that day exists in every year. */
const yearsBefore = (day: IsoDate, years: number): IsoDate =>
  isoDate(`${Number(day.slice(0, 4)) - years}${day.slice(4)}`);

export type ComparedStep = {
  readonly rule: AssessmentRule;
  readonly before: AssessmentStep | null;
  readonly after: AssessmentStep | null;
  readonly differs: boolean;
};

/** The steps of two assessments side by side, in the order of calculation; a rule that only one has stands alone. */
export function compareSteps(before: MonthAssessment, after: MonthAssessment): readonly ComparedStep[] {
  const rest = [...after.steps];
  const compared: ComparedStep[] = [];
  const take = (until: number) => {
    for (const step of rest.splice(0, until))
      compared.push({ rule: step.rule, before: null, after: step, differs: true });
  };
  for (const step of before.steps) {
    const at = rest.findIndex(({ rule }) => rule === step.rule);
    if (at === -1) {
      compared.push({ rule: step.rule, before: step, after: null, differs: true });
      continue;
    }
    take(at);
    const then = rest.shift() ?? null;
    compared.push({ rule: step.rule, before: step, after: then, differs: !sameStep(step, then) });
  }
  take(rest.length);
  return compared;
}

function sameStep(a: AssessmentStep, b: AssessmentStep | null): boolean {
  if (b === null || a.amount !== b.amount || a.source !== b.source) return false;
  const keys = new Set([...Object.keys(a.inputs), ...Object.keys(b.inputs)]);
  return [...keys].every((key) => a.inputs[key] === b.inputs[key]);
}
