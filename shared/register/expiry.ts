import * as z from 'zod';
import { daysBetween, type IsoDate } from '../kernel/dates.ts';
import type { DocumentType, NationalityGroup } from './codes.ts';
import terms from './expiry-terms.json' with { type: 'json' };
import type { ProtectionDecision, ProtectionGroup } from './protection-decision.ts';
import { withDecisions } from './protection-decision.ts';
import { findProtectionEnd, protectionGroupOf, type ProtectionPeriod } from './registration.ts';
import type { Resident } from './resident.ts';

/** How many days before an end somebody comes on the work list, the longest first. */
export const expiryTerms: readonly number[] = z.array(z.int().positive()).min(1).parse(terms.days);

/** What the work list needs of a resident: less than the whole record, because it holds everybody at once. */
export type ExpiryPerson = {
  readonly id: string;
  readonly group: NationalityGroup;
  /** End of the IND proof. */
  readonly proofEnd: IsoDate | null;
  /** Latest end of the travel and identity documents: one that was renewed does not count any more. */
  readonly documentEnd: IsoDate | null;
};
export type ExpiryLine = ExpiryPerson & {
  /** End of the protection of the group, from Dutch rows in force only. */
  readonly protectionEnd: IsoDate | null;
  /** To the first of the three ends, negative when it has passed. */
  readonly daysLeft: number;
};

const identityDocuments: ReadonlySet<DocumentType> = new Set(['passport', 'id-card', 'internal-passport']);

/** Null for somebody who has left or whose record was deleted. */
export function toExpiryPerson(resident: Resident, day: IsoDate): ExpiryPerson | null {
  if (resident.deleted || (resident.departure !== null && resident.departure.date <= day)) return null;
  const ends = resident.documents.flatMap(({ type, validUntil }) =>
    identityDocuments.has(type) && validUntil !== null ? [validUntil] : [],
  );
  return {
    id: resident.id,
    group: resident.nationalityGroup,
    proofEnd: resident.protection?.validUntil ?? null,
    documentEnd: ends.sort().at(-1) ?? null,
  };
}

/**
 * Everybody of whom the protection, the proof or the document ends within `term` days of `day` or has ended, the most
 * urgent first. Somebody whose group has no protection on `day` has no protection end.
 */
export function expiryList(
  persons: readonly ExpiryPerson[],
  day: IsoDate,
  term: number,
  periods: readonly ProtectionPeriod[],
): readonly ExpiryLine[] {
  const endOf = protectionEnds(day, periods);
  return persons
    .flatMap((person): readonly ExpiryLine[] => {
      const protectionEnd = endOf(person.group);
      const first = [protectionEnd, person.proofEnd, person.documentEnd].filter((end) => end !== null).sort()[0];
      if (first === undefined) return [];
      const daysLeft = daysBetween(day, first);
      return daysLeft > term ? [] : [{ ...person, protectionEnd, daysLeft }];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.id < b.id ? -1 : 1));
}

/** One look-up per group and day: a register has many people and few groups. */
function protectionEnds(
  day: IsoDate,
  periods: readonly ProtectionPeriod[],
): (group: NationalityGroup) => IsoDate | null {
  const known = new Map<NationalityGroup, IsoDate | null>();
  return (group) => {
    const found = known.get(group);
    if (found !== undefined) return found;
    const end = findProtectionEnd(group, day, periods) ?? null;
    known.set(group, end);
    return end;
  };
}

export type ScenarioLine = ExpiryPerson & {
  readonly endBefore: IsoDate | null;
  readonly endAfter: IsoDate | null;
  /** The own proof ends on the day on which the protection ended: it moves along. */
  readonly isRedated: boolean;
};

/**
 * Everybody whom a moved end date of a group concerns, before anything is decided: their end before and after, and
 * whether their proof moves along. A scenario changes no row of the law.
 */
export function previewEnd(
  persons: readonly ExpiryPerson[],
  scenario: Pick<ProtectionDecision, 'group' | 'end'>,
  day: IsoDate,
  periods: readonly ProtectionPeriod[],
): readonly ScenarioLine[] {
  const before = protectionEnds(day, periods);
  const after = protectionEnds(day, withDecisions([{ ...scenario, decidedOn: day, legalAct: 'scenario' }], periods));
  return persons
    .filter((person) => protectionGroupOf(person.group) === scenario.group)
    .flatMap((person) => {
      const endBefore = before(person.group);
      const endAfter = after(person.group);
      if (endBefore === endAfter) return [];
      return [{ ...person, endBefore, endAfter, isRedated: endBefore !== null && person.proofEnd === endBefore }];
    });
}

/**
 * The edits of one record by which a decision moves the own proof along: its end, and an extension that keeps the former
 * end and the act. `values` is the record as it is now; empty when its proof does not end on `formerEnd` (any more).
 */
export function redatingEdits(
  resident: Pick<Resident, 'protection'>,
  decision: ProtectionDecision & { readonly formerEnd: IsoDate; readonly group: ProtectionGroup },
  takenKeys: readonly string[],
): readonly { readonly field: string; readonly value: Record<string, string | null> }[] {
  const { protection } = resident;
  if (protection === null || protection.validUntil !== decision.formerEnd) return [];
  const { decidedOn, end, formerEnd, legalAct } = decision;
  let key: string = decidedOn;
  for (let next = 2; takenKeys.includes(key); next++) key = `${decidedOn}-${String(next)}`;
  return [
    { field: 'protection', value: { ...protection, validUntil: end } },
    { field: `extension.${key}`, value: { until: end, formerUntil: formerEnd, legalAct } },
  ];
}
