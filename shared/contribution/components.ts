import { cents, sumCents, type Cents } from '../kernel/money.ts';
import type { AssessmentStep } from './month-assessment.ts';

/** What the accounts keep apart (contribution.md §12, totals 3 and 4). None of them is negative. */
export const componentNames = [
  'food',
  'clothing',
  'host',
  'withheld',
  'allowance',
  'accommodation',
  'catering',
  'undivided',
  'contribution',
] as const;
export type ComponentName = (typeof componentNames)[number];
export type Components = Readonly<Record<ComponentName, Cents>>;

export const noComponents: Components = {
  food: cents(0),
  clothing: cents(0),
  host: cents(0),
  withheld: cents(0),
  allowance: cents(0),
  accommodation: cents(0),
  catering: cents(0),
  undivided: cents(0),
  contribution: cents(0),
};

type Outcome = {
  readonly allowanceCents: Cents;
  readonly contributionCents: Cents;
  readonly steps: readonly Pick<AssessmentStep, 'rule' | 'amount'>[];
};

/**
 * An outcome by component, in cents: allowance = food + clothing + host − withheld, contribution = accommodation +
 * catering + undivided. An allowance that was withdrawn altogether has no components. The rules do not say which part of
 * an allowance is withheld first, nor how a contribution between nothing and the full one divides: that stays apart.
 */
export function componentsOf({ allowanceCents, contributionCents, steps }: Outcome): Components {
  const amountOf = (rule: AssessmentStep['rule']) =>
    sumCents(steps.filter((step) => step.rule === rule).map(({ amount }) => amount));
  const full = { food: amountOf('food'), clothing: amountOf('clothing'), host: amountOf('host-component') };
  const due = { accommodation: amountOf('accommodation'), catering: amountOf('catering') };
  const isFullContribution = contributionCents === due.accommodation + due.catering;
  return {
    ...noComponents,
    ...(allowanceCents === 0 ? {} : full),
    withheld: allowanceCents === 0 ? cents(0) : cents(full.food + full.clothing + full.host - allowanceCents),
    allowance: allowanceCents,
    ...(isFullContribution ? due : { undivided: contributionCents }),
    contribution: contributionCents,
  };
}

/** Each component added up. */
export const sumComponents = (all: readonly Components[]): Components => {
  const total: Record<ComponentName, Cents> = { ...noComponents };
  for (const one of all) for (const name of componentNames) total[name] = cents(total[name] + one[name]);
  return total;
};
