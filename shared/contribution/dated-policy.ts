import type { IsoDate } from '../kernel/dates.ts';
import type { IncomeKind, MunicipalPolicy } from './month-facts.ts';
import type { MunicipalSettingName } from './parameter-row.ts';

/** A municipal value beside a national row, from … to both included (contribution.md §8). */
export type DatedOverride = MunicipalPolicy['overrides'][number] & {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
};

/** What a municipality has settled. `collectsFrom`: its first day of collection, null if that is the national one. */
export type DatedPolicy = {
  readonly municipality: string;
  readonly incomeBasis: 'net' | 'gross' | null;
  readonly extraGrounds: readonly IncomeKind[];
  readonly excludedKinds?: readonly IncomeKind[];
  readonly collectsFrom: IsoDate | null;
  readonly overrides: readonly DatedOverride[];
};

/** A municipal setting without a national row on `day`, for billing and arrangements; undefined where nobody settled it. */
export function settingOn(policy: DatedPolicy, param: MunicipalSettingName, day: IsoDate): number | undefined {
  const own = policy.overrides
    .filter((override) => override.param === param && override.from <= day && (override.to ?? day) >= day)
    .reduce<DatedOverride | undefined>((last, one) => (last && last.from > one.from ? last : one), undefined);
  return typeof own?.value === 'number' ? own.value : undefined;
}

const inForce = new WeakMap<DatedPolicy, Map<IsoDate, MunicipalPolicy>>();

/**
 * The policy in force on `day`; undefined while nobody has chosen between net and gross, for which there is no default.
 * The same object for every household of the municipality.
 */
export function policyOn(policy: DatedPolicy, day: IsoDate): MunicipalPolicy | undefined {
  if (policy.incomeBasis === null) return undefined;
  const known = inForce.get(policy) ?? new Map<IsoDate, MunicipalPolicy>();
  inForce.set(policy, known);
  const found = known.get(day) ?? findPolicy(policy, policy.incomeBasis, day);
  known.set(day, found);
  return found;
}

function findPolicy(policy: DatedPolicy, incomeBasis: 'net' | 'gross', day: IsoDate): MunicipalPolicy {
  const overrides: MunicipalPolicy['overrides'][number][] = [...policy.overrides]
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    .filter((override) => override.from <= day && (override.to === null || override.to >= day))
    .map(({ param, value, reason, source }) => ({ param, value, reason, source }));
  if (policy.collectsFrom !== null && day < policy.collectsFrom) {
    const source = `gemeente ${policy.municipality}`;
    overrides.push({ param: 'eb.applies_to', value: 'none', reason: policy.collectsFrom, source });
  }
  return {
    municipality: policy.municipality,
    incomeBasis,
    extraGrounds: policy.extraGrounds,
    ...(policy.excludedKinds === undefined ? {} : { excludedKinds: policy.excludedKinds }),
    overrides,
  };
}
