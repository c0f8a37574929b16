import { addDays, type IsoDate } from '../kernel/dates.ts';
import { documentTypes, type DocumentType } from '../register/codes.ts';
import { isHereOn, type ReportFacts } from './report-facts.ts';

/** Days that a document is still valid after `day`: none, up to 30, 90, 180, more; or no end date is known. */
export const horizons = ['expired', 'd30', 'd90', 'd180', 'later', 'open'] as const;
export type Horizon = (typeof horizons)[number];

/** `validUntil` is the last valid day, so a document of today is not expired. */
export const horizonOf = (validUntil: IsoDate | null, day: IsoDate): Horizon => horizonsOn(day)(validUntil);

/** The same for many documents: days are compared, and not counted for each. */
function horizonsOn(day: IsoDate): (validUntil: IsoDate | null) => Horizon {
  const [d30, d90, d180] = [addDays(day, 30), addDays(day, 90), addDays(day, 180)];
  return (end) => {
    if (end === null) return 'open';
    return end < day ? 'expired' : end <= d30 ? 'd30' : end <= d90 ? 'd90' : end <= d180 ? 'd180' : 'later';
  };
}

export type ExpiryRow = {
  readonly type: DocumentType;
  /** Resident ids; every horizon is there. */
  readonly by: Readonly<Record<Horizon, readonly string[]>>;
};

/**
 * Documents of who is here on `day`, by type and by how long they are valid. Of several documents of one type only the
 * one that is valid longest counts: a renewed passport replaces the old one. Types that nobody has are left out.
 */
export function expiringDocuments(facts: readonly ReportFacts[], day: IsoDate): readonly ExpiryRow[] {
  const horizonAt = horizonsOn(day);
  const rows = new Map<DocumentType, Record<Horizon, string[]>>();
  for (const person of facts) {
    if (person.documents.length === 0 || !isHereOn(person, day)) continue;
    const ends = new Map<DocumentType, IsoDate | null>();
    for (const { type, validUntil } of person.documents) {
      const known = ends.get(type) ?? null;
      ends.set(type, known === null || (validUntil !== null && validUntil > known) ? validUntil : known);
    }
    for (const [type, end] of ends) {
      const row = rows.get(type) ?? { expired: [], d30: [], d90: [], d180: [], later: [], open: [] };
      row[horizonAt(end)].push(person.id);
      rows.set(type, row);
    }
  }
  return documentTypes.flatMap((type) => {
    const by = rows.get(type);
    return by === undefined ? [] : [{ type, by }];
  });
}
