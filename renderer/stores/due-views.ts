import { useMemo } from 'react';
import { toDatedPolicy } from '../../shared/contribution/municipal-policy.ts';
import type { DatedPolicy } from '../../shared/contribution/dated-policy.ts';
import { dueItems, type DueItem } from '../../shared/follow-up/due.ts';
import type { IsoDate } from '../../shared/kernel/dates.ts';
import { useFamilies, useFollowUps, usePolicies, useSites } from './register-views.ts';

/** The policy that holds on a site today; for null that of the only municipality. */
export function usePolicyOf(today: IsoDate): (site: string | null) => DatedPolicy {
  const [sites, policies] = [useSites(), usePolicies()];
  return useMemo(() => {
    const codeOf = new Map<string | null, string | null>(sites.map((one) => [one.id, one.municipality?.code ?? null]));
    const byCode = new Map([null, ...codeOf.values()].map((code) => [code, toDatedPolicy(policies, code, today)]));
    return (site) => byCode.get(codeOf.get(site) ?? null) ?? toDatedPolicy(policies, null, today);
  }, [sites, policies, today]);
}

/** What is due on this device, overdue first. */
export function useDue(today: IsoDate): readonly DueItem[] {
  const [followUps, families] = [useFollowUps(), useFamilies()];
  const policyOf = usePolicyOf(today);
  return useMemo(() => dueItems({ followUps, families, today, policyOf }), [followUps, families, today, policyOf]);
}
