import * as z from 'zod';
import { parseIsoDate } from '../shared/kernel/dates.ts';
import type { HelloAnswer } from '../shared/sync/protocol.ts';
import {
  leaseAt,
  leaseFromFile,
  leaseLater,
  leaseStanding,
  type Lease,
  type LeaseStanding,
  type LeaseTerm,
} from '../shared/vault/lease.ts';

/** In the sealed state of the device: who takes the files away with a clock of their own cannot write it anew. */
export const leaseSchema = z.strictObject({
  contactMs: z.number(),
  wallMs: z.number(),
  elapsedMs: z.number(),
  terms: z.array(z.strictObject({ from: z.string(), days: z.int().min(1).max(30) })),
});
type StoredLease = z.infer<typeof leaseSchema>;

/** As often as this it goes to the disk while the app runs: a process that is killed forgets no more. */
const writtenEveryMs = 600_000;

/** How long this laptop is without contact. Only what the endpoint signed counts as one. */
export function makeLeaseKeeper(settings: {
  readonly stored: () => StoredLease | undefined;
  readonly store: (lease: StoredLease) => void;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
}) {
  const { stored, store, nowMs, monotonicMs } = settings;
  let known: Lease | undefined;
  let seenAt = monotonicMs();

  /** A laptop that was connected before there were leases begins one now. */
  const present = (): Lease => {
    const kept = stored();
    known ??= kept === undefined ? leaseAt(nowMs(), nowMs(), []) : { ...kept, terms: termsOf(kept.terms) };
    const ran = monotonicMs() - seenAt;
    seenAt += ran;
    known = leaseLater(known, nowMs(), ran);
    return known;
  };
  const write = (lease: Lease): void => {
    known = lease;
    store({ ...lease, terms: [...lease.terms] });
  };
  const standing = (): LeaseStanding => {
    const lease = present();
    const kept = stored();
    if (kept === undefined || lease.elapsedMs - kept.elapsedMs >= writtenEveryMs) write(lease);
    return leaseStanding(lease);
  };

  return {
    standing,
    /** Of a laptop in good standing or one that may still deliver; a closed one gets no more time. */
    heard: ({ device, now, lease }: Pick<HelloAnswer, 'device' | 'now' | 'lease'>): void => {
      if (device === 'revoked' || device === 'wipe') return;
      seenAt = monotonicMs();
      const next = leaseAt(now, nowMs(), lease === undefined ? [] : termsOf(lease));
      const kept = stored();
      const isSame = kept !== undefined && JSON.stringify(kept.terms) === JSON.stringify(next.terms);
      // There is a contact every minute; the disk need not hear of each.
      if (isSame && kept.elapsedMs < writtenEveryMs && now - kept.contactMs < writtenEveryMs) known = next;
      else write(next);
    },
    /** The answer on a stick, made by the endpoint some time ago; false when there was a later contact. */
    read: ({ device, now, lease }: Pick<HelloAnswer, 'device' | 'now' | 'lease'>): boolean => {
      const before = present();
      const after = leaseFromFile(before, now);
      const isClosed = device === 'revoked' || device === 'wipe';
      if (after !== before && !isClosed) write({ ...after, terms: lease === undefined ? [] : termsOf(lease) });
      return after !== before;
    },
    /** Another endpoint, or another laptop: what was seen is of no meaning. */
    begin: (now: number): void => {
      seenAt = monotonicMs();
      write(leaseAt(now, nowMs(), []));
    },
    /** Before the keys go. */
    flush: (): void => {
      if (stored() !== undefined) write(present());
    },
  };
}
export type LeaseKeeper = ReturnType<typeof makeLeaseKeeper>;

function termsOf(terms: readonly { readonly from: string; readonly days: number }[]): readonly LeaseTerm[] {
  return terms.flatMap(({ from, days }) => {
    const day = parseIsoDate(from);
    return day === undefined ? [] : [{ from: day, days }];
  });
}
