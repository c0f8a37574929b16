import { daysBetween, type IsoDate } from '../kernel/dates.ts';
import { documentTypes, type DocumentType } from '../register/codes.ts';
import { isHereOn, type ReportFacts } from './report-facts.ts';

/** Days that a document is still valid after `day`: none, up to 30, 90, 180, more; or no end date is known. */
export const horizons = ['expired', 'd30', 'd90', 'd180', 'later', 'open'] as const;
export type Horizon = (typeof horizons)[number];

/** `validUntil` is the last valid day, so a document of today is not expired. */
export function horizonOf(validUntil: IsoDate | null, day: IsoDate): Horizon {
  if (validUntil === null) return 'open';
  const days = daysBetween(day, validUntil);
  return days < 0 ? 'expired' : days <= 30 ? 'd30' : days <= 90 ? 'd90' : days <= 180 ? 'd180' : 'later';
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
  const here = facts.filter((person) => isHereOn(person, day));
  return documentTypes.flatMap((type): ExpiryRow[] => {
    const held = here.flatMap((person) => {
      const dates = person.documents.filter((document) => document.type === type).map(({ validUntil }) => validUntil);
      if (dates.length === 0) return [];
      const known = dates.filter((date) => date !== null).sort();
      return [{ id: person.id, horizon: horizonOf(known.at(-1) ?? null, day) }];
    });
    if (held.length === 0) return [];
    const ids = (horizon: Horizon) => held.filter((one) => one.horizon === horizon).map(({ id }) => id);
    const by = {
      ...{ expired: ids('expired'), d30: ids('d30'), d90: ids('d90') },
      ...{ d180: ids('d180'), later: ids('later'), open: ids('open') },
    };
    return [{ type, by }];
  });
}
