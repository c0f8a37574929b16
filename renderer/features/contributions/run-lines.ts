import { standingIndex } from '../../../shared/contribution/all-standing.ts';
import type { ContributionDecision } from '../../../shared/contribution/decision.ts';
import type { ReadDecision } from '../../../shared/contribution/decisions-of.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import type { Approval, RunLine } from '../../services.tsx';

export const keyOf = ({ familyId, grownChild }: Pick<RunLine, 'familyId' | 'grownChild'>): string =>
  `${familyId} ${grownChild ?? ''}`;

/** The lines as they are by now: what was read anew takes the place of what was there. */
export function withFresh(lines: readonly RunLine[], fresh: readonly RunLine[]): readonly RunLine[] {
  const families = new Set(fresh.map(({ familyId }) => familyId));
  return [...lines.filter(({ familyId }) => !families.has(familyId)), ...fresh];
}

/** What somebody approves: the amounts on the screen, in the place of the decisions that stand. Null without amounts. */
export function approvalOf({ familyId, grownChild, month, now, standing }: RunLine): Approval | null {
  if (now === null) return null;
  const { allowanceCents, contributionCents } = now.assessment;
  return { familyId, grownChild, month, allowanceCents, contributionCents, replaces: standing.map(({ id }) => id) };
}

/** The decisions that stand for a month, of two the newest, on a site or (null) everywhere. */
export const decisionsOfMonth = (
  decisions: readonly ContributionDecision[],
  month: IsoMonth,
  site: string | null,
): readonly ReadDecision[] =>
  standingIndex(decisions).all.flatMap(([newest]) =>
    newest === undefined || newest.receipt.facts.month !== month || (site !== null && newest.site !== site)
      ? []
      : [newest],
  );
