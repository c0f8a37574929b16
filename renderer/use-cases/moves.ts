import { recordIdOf } from '../../shared/kernel/ids.ts';
import type { Stamp } from '../../shared/kernel/hybrid-clock.ts';
import type { Clock, Departure, Moves } from '../../shared/ports.ts';
import type { FeedPage } from '../../shared/transport-ports.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';

/** The feed of what belongs to no site. */
export const sharedSite = 'shared';

/**
 * When a move was heard of. A clock that is years behind must not end the time for which a record is kept: it is never
 * earlier than what was written last.
 */
export const heardMs = ({ clock }: { readonly clock: Pick<Clock, 'nowMs'> }, lastStamp: Stamp): number =>
  Math.max(clock.nowMs(), lastStamp.ms);

/**
 * What a page of a feed says about who came and who left; the last word about a record counts. A record that begins at
 * a site is not announced, its operations are: `isAnyGone` says whether that can be a return.
 */
export function movesIn(
  page: Pick<FeedPage, 'entries'>,
  site: string,
  nowMs: number,
  isAnyGone: boolean,
): Moves | undefined {
  const departed = new Map<string, Departure>();
  const returned = new Map<string, RecordRef>();
  for (const entry of page.entries) {
    const ref = entry.kind === 'op' ? refOf(entry.op) : entry.record;
    if (ref === undefined) continue;
    if (entry.kind === 'evict') departed.set(refKey(ref), { ref, site, sinceMs: nowMs });
    else if (departed.delete(refKey(ref)) || isAnyGone || entry.kind === 'place') returned.set(refKey(ref), ref);
  }
  if (departed.size + returned.size === 0) return undefined;
  return { departed: [...departed.values()], returned: [...returned.values()].map((ref) => ({ ref, site })) };
}

function refOf({ t, id }: Change): RecordRef | undefined {
  return isRecordKind(t) ? { kind: t, id: recordIdOf(id) } : undefined;
}

/** Moves made on this device: the feed of the site it left need never have held the record, and then says nothing. */
export function movesMade(changes: readonly Change[], sinceMs: number): Moves | undefined {
  const departed = changes.flatMap((change): Departure[] => {
    const ref = change.f === 'placement' && change.b.length > 0 ? refOf(change) : undefined;
    return ref === undefined ? [] : [{ ref, site: '', sinceMs }];
  });
  return departed.length === 0 ? undefined : { departed, returned: [] };
}
