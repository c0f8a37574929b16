import type { Departure } from '../../shared/ports.ts';
import { recordKinds } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';
import { liveOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { sharedSite } from './moves.ts';
import { openRow } from './record-rows.ts';
import type { Vault } from './vault.ts';

/** Where a record is by what is known here; nowhere for one whose placement did not come yet. */
export const sitesOf = (record: ReplicaRecord): readonly string[] => sitesIn(liveOf(record, 'placement'));

/** Where it is and ever was: by the feeds of these places its operations came. */
export const placesOf = (record: ReplicaRecord): readonly string[] => [
  ...new Set(sitesIn(record.ops.filter(({ f }) => f === 'placement'))),
];

const sitesIn = (placements: readonly Change[]): readonly string[] =>
  placements.flatMap(({ v }) => {
    if (typeof v !== 'object' || v === null || !('site' in v)) return [];
    return v.site === null ? [sharedSite] : typeof v.site === 'string' ? [v.site] : [];
  });

/**
 * Departures of everything that stands at a site: it was closed to this device, or the endpoint forgot its feed. The feed
 * begins anew with them, and what comes again in it is back; what does not goes after the same time as any departure.
 */
export async function departuresOfSite(vault: Vault, site: string): Promise<readonly Departure[]> {
  const sinceMs = vault.clock.nowMs();
  const departed: Departure[] = [];
  for (const kind of recordKinds) {
    for (const row of await vault.store.readKind(kind)) {
      const opened = await openRow(vault.cipher, row);
      if (opened.ok && sitesOf(opened.value.record).includes(site)) departed.push({ ref: row.ref, site, sinceMs });
    }
  }
  return departed;
}
