import * as z from 'zod';
import { firstDayOf, lastDayOf, parseIsoDate, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { relations, type Relation } from './codes.ts';
import { field, isoDateSchema, placementSchema, textSchema } from './schemas.ts';

/** `from` (in the field id) … `to`, both inclusive; `to` null while somebody belongs to the family. */
const memberSchema = z.object({ to: isoDateSchema.nullable(), relation: z.enum(relations) });

/** In force from the day in the field id until the next one. RooO art. 1 h, i. */
const receptionSchema = z.object({ reception: z.enum(['municipal', 'private']), catered: z.boolean() });

/**
 * A family in the sense of RooO art. 1 g. Who belongs to it and where a host lives are core, because reception staff
 * place people by it; kind of reception and catering only decide amounts and stay in `finance`.
 */
export const familyKind = defineKind('family', {
  placement: field('review', 'core', placementSchema),
  label: field('lww', 'core', textSchema(100)),
  member: field('review', 'core', memberSchema),
  hostAddress: field('review', 'core', textSchema(200)),
  reception: field('review', 'finance', receptionSchema),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type Membership = {
  readonly resident: string;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  readonly relation: Relation;
};
export type FamilyReception = z.infer<typeof receptionSchema> & { readonly from: IsoDate };

export type Family = {
  readonly id: string;
  readonly site: string | null;
  readonly label: string;
  readonly hostAddress: string | null;
  readonly memberships: readonly Membership[];
  /** Oldest first; empty where the user may not open `finance`. */
  readonly receptions: readonly FamilyReception[];
  readonly deleted: boolean;
};

/** Typed view of a family record; never fails, what is absent or unreadable is null, '' or empty. */
export function toFamily(id: string, values: FieldValues): Family {
  const { fields } = familyKind;
  return {
    id,
    site: readField(values, 'placement', fields.placement)?.site ?? null,
    label: readField(values, 'label', fields.label) ?? '',
    hostAddress: readField(values, 'hostAddress', fields.hostAddress) ?? null,
    memberships: readFields(values, 'member', fields.member).flatMap(([key, value]) => {
      const [resident, fromText] = key.split('.');
      const from = parseIsoDate(fromText ?? '');
      return resident === undefined || from === undefined ? [] : [{ resident, from, ...value }];
    }),
    receptions: readFields(values, 'reception', fields.reception).flatMap(([key, value]) => {
      const from = parseIsoDate(key);
      return from === undefined ? [] : [{ from, ...value }];
    }),
    deleted: readField(values, '_deleted', fields._deleted) ?? false,
  };
}

export const memberFieldId = (residentId: string, from: IsoDate): string => `member.${residentId}.${from}`;
export const receptionFieldId = (from: IsoDate): string => `reception.${from}`;

/** Who belongs to the family on the first of `month`; where nobody does, who comes during it. */
export function membersIn(family: Pick<Family, 'memberships'>, month: IsoMonth): readonly Membership[] {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const present = membersOn(family, first);
  return present.length > 0 ? present : family.memberships.filter(({ from }) => from > first && from <= last);
}

/** Who belongs to the family on `day`, one entry per person, the main person first. */
export function membersOn(family: Pick<Family, 'memberships'>, day: IsoDate): readonly Membership[] {
  const byResident = new Map<string, Membership>();
  for (const membership of family.memberships) {
    if (membership.from <= day && (membership.to === null || membership.to >= day)) {
      const earlier = byResident.get(membership.resident);
      // Two offline additions can start on different days; the later one knows more.
      if (earlier === undefined || earlier.from < membership.from) byResident.set(membership.resident, membership);
    }
  }
  const rank = (membership: Membership) => (membership.relation === 'main-person' ? 0 : 1);
  return [...byResident.values()].sort((a, b) => rank(a) - rank(b));
}

/** Kind of reception and catering in force on `day`; undefined before the first entry. */
export function findReceptionOn(family: Pick<Family, 'receptions'>, day: IsoDate): FamilyReception | undefined {
  return family.receptions.findLast((reception) => reception.from <= day);
}

export type DoubleMembership = {
  readonly resident: string;
  readonly families: readonly [string, string];
  readonly from: IsoDate;
  readonly to: IsoDate | null;
};

/** Rule C3 (sync.md §3.3): everybody who belongs to two families on one day, with the days concerned. */
export function findDoubleMemberships(families: readonly Family[]): readonly DoubleMembership[] {
  const byResident = new Map<string, { family: string; membership: Membership }[]>();
  for (const family of families) {
    if (family.deleted) continue;
    for (const membership of family.memberships) {
      const known = byResident.get(membership.resident) ?? [];
      known.push({ family: family.id, membership });
      byResident.set(membership.resident, known);
    }
  }
  const doubles: DoubleMembership[] = [];
  for (const [resident, entries] of byResident) {
    entries.forEach((a, at) => {
      for (const b of entries.slice(at + 1)) {
        if (a.family === b.family) continue;
        const from = a.membership.from > b.membership.from ? a.membership.from : b.membership.from;
        const to = earlierEnd(a.membership.to, b.membership.to);
        if (to !== null && to < from) continue;
        const families = a.family < b.family ? ([a.family, b.family] as const) : ([b.family, a.family] as const);
        doubles.push({ resident, families, from, to });
      }
    });
  }
  return doubles;
}

const earlierEnd = (a: IsoDate | null, b: IsoDate | null): IsoDate | null =>
  a === null ? b : b === null || a < b ? a : b;
