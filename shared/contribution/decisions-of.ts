import type { IsoMonth } from '../kernel/dates.ts';
import type { ContributionDecision, ContributionReceipt } from './decision.ts';
import type { MonthFacts } from './month-facts.ts';

export type ReadDecision = ContributionDecision & { readonly receipt: ContributionReceipt };

/** One family of the law: a registered family, or its child of age. */
export type UnitKey = { readonly familyId: string; readonly grownChild: string | null };

/** All decisions on one unit and month, newest first; unreadable ones are left out. */
export function decisionsOf(
  decisions: readonly ContributionDecision[],
  { familyId, grownChild }: UnitKey,
  month: IsoMonth,
): readonly ReadDecision[] {
  return decisions
    .filter((decision): decision is ReadDecision => decision.receipt !== null)
    .filter(({ receipt }) => receipt.familyId === familyId && receipt.grownChild === grownChild)
    .filter(({ receipt }) => receipt.facts.month === month)
    .sort((a, b) => b.receipt.decidedAtMs - a.receipt.decidedAtMs || (a.id < b.id ? -1 : 1));
}

/**
 * The decisions that still stand: nothing has taken their place. More than one when two laptops decided on the same
 * month without knowing of each other.
 */
export function standingDecisions(
  decisions: readonly ContributionDecision[],
  unit: UnitKey,
  month: IsoMonth,
): readonly ReadDecision[] {
  const all = decisionsOf(decisions, unit, month);
  const replaced = new Set(all.flatMap(({ receipt }) => replacedBy(receipt)));
  return all.filter(({ id }) => !replaced.has(id));
}

/** Whether a decision still rests on what the register says now; the judgement in it is the caseworker's own. */
export function restsOn(receipt: ContributionReceipt, now: MonthFacts): boolean {
  return factsText(receipt.facts) === factsText(now);
}

/** Plain values with sorted keys: neither storage nor the register promises an order. */
function factsText(facts: MonthFacts | ContributionReceipt['facts']): string {
  const { month, reception, catered, members, incomes, policy } = facts;
  const sorted = (items: readonly object[]) => items.map(lineOf).sort();
  const { municipality, incomeBasis, extraGrounds, excludedKinds = [], overrides } = policy;
  return JSON.stringify([
    [month, reception, catered, municipality, incomeBasis],
    sorted(members),
    sorted(incomes),
    [...extraGrounds].sort(),
    [...excludedKinds].sort(),
    sorted(overrides),
  ]);
}

const lineOf = (item: object): string => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The decisions that this one took the place of, newest first. */
export const replacedBy = ({ replaces, alsoReplaces = [] }: ContributionReceipt): readonly string[] =>
  replaces === null ? [] : [replaces, ...alsoReplaces];

/** What is said on the telephone and printed in a letter; not unique by promise. */
export const decisionReference = (id: string, month: IsoMonth): string => `${month}-${id.slice(0, 6).toUpperCase()}`;
