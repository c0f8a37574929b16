import type { DatedPolicy } from '../contribution/dated-policy.ts';
import { addDays, type IsoDate } from '../kernel/dates.ts';
import type { Family } from '../register/family.ts';
import type { FollowUp, FollowUpType } from './follow-up.ts';
import { instalmentsOf, openAmount } from './instalments.ts';
import { lastDayOfTerm } from './terms.ts';

/**
 * What somebody has to do. `id` is the follow-up; null for information that nobody has recorded anything about yet.
 * `due` is null for an arrear: it is a list to talk about, and no day follows from it.
 */
export type DueItem = {
  readonly type: FollowUpType;
  readonly id: string | null;
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly due: IsoDate | null;
  readonly isOverdue: boolean;
};

/** An end of a hardship decision is told this long before. */
const hardshipNoticeDays = 28;
/** A household that began longer ago is not asked about: a register that is brought in whole would fill the list. */
const informationLookBackDays = 60;

/** Whether it still asks for something on `today`: a hardship decision counts on its last day, money until it is paid. */
export function isOpen(item: FollowUp, today: IsoDate): boolean {
  if (item.closed !== null || item.outcome !== null) return false;
  if (item.type === 'hardship') return item.hardship !== null && item.hardship.until >= today;
  if (item.type === 'arrear' || item.type === 'arrangement') return openAmount(item) > 0;
  return true;
}

/** The day by which a follow-up asks for something; null where none does. */
export function dueDayOf(item: FollowUp, policy: DatedPolicy): IsoDate | null {
  switch (item.type) {
    case 'request':
      return lastDayOfTerm(policy, 'term.income_request', item.day);
    case 'objection':
      return lastDayOfTerm(policy, 'term.objection', item.day);
    case 'information':
      return lastDayOfTerm(policy, 'term.arrival_information', item.day);
    case 'hardship':
      return item.hardship?.until ?? null;
    case 'arrangement':
      return instalmentsOf(item).find(({ amountCents, paidCents }) => paidCents < amountCents)?.due ?? null;
    case 'arrear':
      return null;
  }
}

export type DueFacts = {
  readonly followUps: readonly FollowUp[];
  readonly families: readonly Family[];
  readonly today: IsoDate;
  /** The policy for a site; for null that of the only municipality. */
  readonly policyOf: (site: string | null) => DatedPolicy;
};

/** What is due, overdue first, then by day; arrears come last. A term counts in whole days, its last day included. */
export function dueItems({ followUps, families, today, policyOf }: DueFacts): readonly DueItem[] {
  const kept = followUps
    .filter((item) => isOpen(item, today))
    .map((item): DueItem => {
      const { type, id, familyId, grownChild } = item;
      const due = dueDayOf(item, policyOf(item.site));
      return { type, id, familyId, grownChild, due, isOverdue: due !== null && due < today };
    })
    .filter(({ type, due }) => type !== 'hardship' || due === null || due <= addDays(today, hardshipNoticeDays));
  const informed = new Set(followUps.filter(({ type }) => type === 'information').map(({ familyId }) => familyId));
  const lookBack = addDays(today, -informationLookBackDays);
  const toInform = families.flatMap((family): DueItem[] => {
    const start = startOf(family, today);
    if (family.deleted || informed.has(family.id) || start === undefined || start < lookBack) return [];
    const due = lastDayOfTerm(policyOf(family.site), 'term.arrival_information', start);
    const item = { type: 'information', id: null, familyId: family.id, grownChild: null } as const;
    return [{ ...item, due, isOverdue: due < today }];
  });
  return [...kept, ...toInform].sort(
    (a, b) =>
      compare(a.due ?? '9999', b.due ?? '9999') || compare(a.familyId, b.familyId) || compare(a.id ?? '', b.id ?? ''),
  );
}

/** The first day of reception of a household: that of its first member; undefined while nobody has come. */
export function startOf({ memberships }: Family, today: IsoDate): IsoDate | undefined {
  const [first] = memberships.map(({ from }) => from).sort();
  return first !== undefined && first <= today ? first : undefined;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
