import type { ContributionDecision } from '../../../shared/contribution/decision.ts';
import { isNobodyThere } from '../../../shared/contribution/family-month.ts';
import { restsOn, standingDecisions } from '../../../shared/contribution/decisions-of.ts';
import { lacksIncome } from '../../../shared/contribution/month-run.ts';
import type { Zone } from '../../../shared/contribution/month-assessment.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import type { Cents } from '../../../shared/kernel/money.ts';
import type { Family } from '../../../shared/register/family.ts';
import type { AssessedFamily } from '../../services.tsx';
import type { Assessment } from './use-assessed.ts';

/** `changed`: decided, but the register says something else by now. */
export const rowStates = ['open', 'judge', 'missing', 'changed', 'decided'] as const;
export type RowState = (typeof rowStates)[number];

export type ListRow = {
  readonly key: string;
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly label: string;
  readonly grownName: string | null;
  readonly memberNames: readonly string[];
  readonly allowance: Cents | null;
  readonly contribution: Cents | null;
  readonly zone: Zone | null;
  readonly state: RowState;
  /** What is missing, where something is; `no-income-information` stops nothing but is asked for. */
  readonly missing: AppError['type'] | 'no-income-information' | null;
};

/** One row per family of the law, in the order of the families; what is not worked out yet is left out. */
export function listRows(
  families: readonly Family[],
  byFamily: ReadonlyMap<string, Assessment>,
  decisions: readonly ContributionDecision[],
  month: IsoMonth,
): readonly ListRow[] {
  const ofFamily = new Map<string, ContributionDecision[]>();
  for (const decision of decisions) {
    const id = decision.receipt?.familyId;
    if (id !== undefined) ofFamily.set(id, [...(ofFamily.get(id) ?? []), decision]);
  }
  return families.flatMap((family) => {
    const assessed = byFamily.get(family.id);
    if (assessed === undefined) return [];
    if (!assessed.ok) return isNobodyThere(assessed.error) ? [] : [missingRow(family, assessed.error.type)];
    return assessed.value.map((unit) => unitRow(family, unit, ofFamily.get(family.id) ?? [], month));
  });
}

const missingRow = (family: Family, missing: AppError['type']): ListRow => ({
  key: family.id,
  familyId: family.id,
  grownChild: null,
  label: family.label,
  grownName: null,
  memberNames: [],
  allowance: null,
  contribution: null,
  zone: null,
  state: 'missing',
  missing,
});

function unitRow(
  family: Family,
  unit: AssessedFamily,
  decisions: readonly ContributionDecision[],
  month: IsoMonth,
): ListRow {
  const base: ListRow = {
    ...missingRow(family, 'not-found'),
    key: `${family.id} ${unit.grownChild ?? ''}`,
    grownChild: unit.grownChild,
    grownName: unit.grownChild === null ? null : (unit.members[0]?.name ?? ''),
    memberNames: unit.members.map(({ name }) => name.split(' ')[0] ?? name),
  };
  const [decision] = standingDecisions(decisions, unit, month);
  if (decision !== undefined) {
    const { receipt } = decision;
    return {
      ...base,
      allowance: receipt.assessment.allowanceCents,
      contribution: receipt.assessment.contributionCents,
      zone: receipt.assessment.zone,
      state: restsOn(receipt, unit.facts) ? 'decided' : 'changed',
      missing: null,
    };
  }
  if (!unit.result.ok) return { ...base, missing: unit.result.error.type };
  const { allowanceCents, contributionCents, zone, toJudge } = unit.result.value;
  return {
    ...base,
    allowance: allowanceCents,
    contribution: contributionCents,
    zone,
    state: toJudge === null ? 'open' : 'judge',
    missing: lacksIncome(unit.result.value) ? 'no-income-information' : null,
  };
}
