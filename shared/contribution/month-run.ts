import type { IsoMonth } from '../kernel/dates.ts';
import type { Cents } from '../kernel/money.ts';
import { componentsOf, sumComponents, type Components } from './components.ts';
import type { ReadDecision, UnitKey } from './decisions-of.ts';
import type { ListedAssessment, Zone } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';

/** Why somebody has to look before a decision is made, the most pressing first. */
export const exceptionReasons = [
  'not-known',
  'two-decisions',
  'two-families',
  'unsettled',
  'missing-income',
  'imposed',
  'judge',
  'two-adults',
  'differs',
  'hand-entered',
  'crossed',
  'first-month',
] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];

/** These ask for an amount, a reason or a fact: they are decided on the page of the household, not in the run. */
const asksMore: ReadonlySet<ExceptionReason> = new Set(['not-known', 'judge', 'two-adults', 'hand-entered']);

/** What the month before came to, as it was decided, or else as it works out. */
export type MonthBefore = {
  readonly allowance: Cents;
  readonly contribution: Cents;
  readonly zone: Zone;
  readonly isByHand: boolean;
};

/** One family of the law in the month of a run. */
export type RunSubject = UnitKey & {
  readonly month: IsoMonth;
  /** With the judgement of the decision that stands, if there is one; null: no amount can be worked out. */
  readonly now: { readonly facts: MonthFacts; readonly assessment: ListedAssessment } | null;
  /** Null: not known. */
  readonly before: MonthBefore | null;
  /** It was no family of the law in the month before. */
  readonly isFirstMonth: boolean;
  readonly standing: readonly ReadDecision[];
  /** Facts with several values, or that contradict each other. */
  readonly isUnsettled: boolean;
  readonly isInTwoFamilies: boolean;
};

/**
 * Whether nothing is left to do: one decision stands, and the register gives the same amounts. Facts that changed
 * without changing an amount need no new decision.
 */
export function isDone({ standing, now }: RunSubject): boolean {
  const [decision] = standing;
  if (decision === undefined || standing.length > 1 || now === null) return false;
  return now.assessment.toJudge === null && sameAmounts(decision.receipt.assessment, now.assessment);
}

type Amounts = Pick<ListedAssessment, 'allowanceCents' | 'contributionCents'>;
/** Whether allowance and contribution are the same to the cent; how they were worked out does not matter. */
export const sameAmounts = (a: Amounts, b: Amounts): boolean =>
  a.allowanceCents === b.allowanceCents && a.contributionCents === b.contributionCents;

/** Why this one needs somebody, the most pressing first; empty: it can be approved with the others, or is done. */
export function exceptionsOf(subject: RunSubject): readonly ExceptionReason[] {
  if (isDone(subject)) return [];
  const { now, before, standing } = subject;
  const [decision] = standing;
  const holds: Readonly<Record<ExceptionReason, boolean>> = {
    'not-known': now === null,
    'two-decisions': standing.length > 1,
    'two-families': subject.isInTwoFamilies,
    unsettled: subject.isUnsettled,
    'missing-income': now !== null && lacksIncome(now.assessment),
    imposed: now !== null && isImposed(now.assessment),
    judge: now !== null && now.assessment.toJudge !== null,
    'two-adults': now !== null && asksForCount(now.assessment),
    differs: decision !== undefined && now !== null && !sameAmounts(decision.receipt.assessment, now.assessment),
    'hand-entered': before?.isByHand === true || standing.some(({ receipt }) => receipt.facts.judgement !== undefined),
    crossed: now !== null && before !== null && rank(before.zone) !== rank(now.assessment.zone),
    'first-month': subject.isFirstMonth,
  };
  return exceptionReasons.filter((reason) => holds[reason]);
}

/** Whether the full contribution was imposed because nobody told an income in time. */
export const isImposed = ({ steps }: Pick<ListedAssessment, 'steps'>): boolean =>
  steps.some(({ rule }) => rule === 'default-imposition');

/** Whether an income has to be asked for first: nobody told one, and the month was not settled without it. */
export const lacksIncome = (assessment: Pick<ListedAssessment, 'warnings' | 'steps'>): boolean =>
  assessment.warnings.includes('no-income-information') && !isImposed(assessment);

/** How two adults count is asked only where it moves the threshold of a family with income. */
export const asksForCount = ({ zone, warnings }: Pick<ListedAssessment, 'zone' | 'warnings'>): boolean =>
  zone !== 'none' && warnings.includes('two-adults-count');

// Without income that counts somebody is as far below the thresholds as with little of it.
const rank = (zone: Zone): number => (zone === 'full' ? 2 : zone === 'between' ? 1 : 0);

/** Whether it can be decided in the run itself, with one key: nothing has to be filled in. */
export const canApprove = (reasons: readonly ExceptionReason[]): boolean =>
  !reasons.some((reason) => asksMore.has(reason));

export type RunState = 'done' | 'clear' | 'exception';
/** Where one stands in the run: nothing left to do, to be approved with the others, or for somebody to look at. */
export const stateOf = (subject: RunSubject): RunState =>
  isDone(subject) ? 'done' : exceptionsOf(subject).length === 0 ? 'clear' : 'exception';

export type RunGroup<Subject extends RunSubject> = {
  readonly reason: ExceptionReason;
  readonly subjects: readonly Subject[];
};

/** The exceptions, each once, under its most pressing reason; groups in the order of the reasons. */
export function exceptionGroups<Subject extends RunSubject>(
  subjects: readonly Subject[],
): readonly RunGroup<Subject>[] {
  const first = new Map(subjects.map((subject) => [subject, exceptionsOf(subject)[0]]));
  return exceptionReasons.flatMap((reason) => {
    const members = subjects.filter((subject) => first.get(subject) === reason);
    return members.length === 0 ? [] : [{ reason, subjects: members }];
  });
}

export type RunTotals = { readonly count: number; readonly components: Components };

/** How many, and what they come to: as decided where it was decided, else as it works out. */
export function totalsOf(subjects: readonly RunSubject[]): RunTotals {
  const outcomes = subjects.flatMap((subject) => {
    const assessment = isDone(subject) ? subject.standing[0]?.receipt.assessment : subject.now?.assessment;
    return assessment === undefined ? [] : [componentsOf(assessment)];
  });
  return { count: subjects.length, components: sumComponents(outcomes) };
}
