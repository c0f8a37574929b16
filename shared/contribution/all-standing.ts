import type { IsoMonth } from '../kernel/dates.ts';
import type { ContributionDecision } from './decision.ts';
import { replacedBy, type ReadDecision, type UnitKey } from './decisions-of.ts';

const keyOf = ({ familyId, grownChild }: UnitKey, month: IsoMonth): string =>
  `${familyId} ${grownChild ?? ''} ${month}`;

export type DecisionIndex = {
  /** As `standingDecisions`: newest first. */
  readonly of: (unit: UnitKey, month: IsoMonth) => readonly ReadDecision[];
  /** Every unit and month on which something stands, in the order of unit and month. */
  readonly all: readonly (readonly ReadDecision[])[];
};

/** The decisions that stand, by unit and month: one walk over all of them, however many are asked for. */
export function standingIndex(decisions: readonly ContributionDecision[]): DecisionIndex {
  const read = decisions.filter((decision): decision is ReadDecision => decision.receipt !== null);
  const replaced = new Set(read.flatMap(({ receipt }) => replacedBy(receipt)));
  const groups = new Map<string, ReadDecision[]>();
  for (const decision of read) {
    if (replaced.has(decision.id)) continue;
    const key = keyOf(decision.receipt, decision.receipt.facts.month);
    const present = groups.get(key);
    if (present === undefined) groups.set(key, [decision]);
    else present.push(decision);
  }
  for (const group of groups.values())
    group.sort((a, b) => b.receipt.decidedAtMs - a.receipt.decidedAtMs || (a.id < b.id ? -1 : 1));
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  return { of: (unit, month) => groups.get(keyOf(unit, month)) ?? [], all: sorted };
}
