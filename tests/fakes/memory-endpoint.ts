import { toHex } from '../../shared/kernel/bytes.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { FeedEntry, SyncTransport } from '../../shared/transport-ports.ts';
import { compartments } from '../../shared/records/record.ts';
import { chainAfter, chainStart, leafOf } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { sha256 } from './device.ts';

/** An endpoint without a network: one feed per compartment, of one place, that everybody may read. */
export function memoryEndpoint(place = 'shared') {
  const byWriter = new Map<string, Change[]>();
  const feeds = new Map<string, FeedEntry[]>();
  /** What a verified backup covers of each writer, and the writers that hello was asked about. */
  const covered = new Map<string, number>();
  const asked: string[][] = [];
  const faults = { loseAnswers: 0, offline: false };
  const headOf = (w: Uint8Array, n: number) =>
    chainAfter(chainStart(w, sha256), (byWriter.get(toHex(w)) ?? []).slice(0, n), sha256);
  const feedHash = (c: string, pos: number) =>
    (feeds.get(c) ?? []).slice(0, pos).reduce((h, entry) => {
      return entry.kind === 'op' ? sha256(Uint8Array.of(...h, ...leafOf(entry.op, sha256))) : h;
    }, new Uint8Array(32));
  const headAt = (site: string, c: string) => (site === place ? (feeds.get(c)?.length ?? 0) : 0);
  const offline = err({ type: 'offline', retryAfterMs: 0 } as const);

  const transport: SyncTransport = {
    hello: (writers, places, _, seen) => {
      if (faults.offline) return Promise.resolve(offline);
      asked.push(writers.map(({ w }) => toHex(w)));
      return Promise.resolve(
        ok({
          epoch: 'e_1',
          seen: seen.map(() => true),
          at: null,
          status: 'active',
          clockOffsetMs: 0,
          writers: writers.map(({ w, n }) => {
            const have = byWriter.get(toHex(w))?.length ?? 0;
            const at = Math.min(n, have);
            return { w, n: have, at, h: headOf(w, at), archived: covered.get(toHex(w)) ?? 0 };
          }),
          feeds: [
            ...places.map(({ site, c }) => ({ site, c, state: 'ok' as const, head: headAt(site, c) })),
            ...compartments
              .filter((c) => headAt(place, c) > 0 && !places.some((named) => named.site === place && named.c === c))
              .map((c) => ({ site: place, c, state: 'new' as const, head: headAt(place, c) })),
          ],
        }),
      );
    },
    push: ({ c, prev, ops }) => {
      if (faults.offline) return Promise.resolve(offline);
      const [first] = ops;
      if (first === undefined) throw new Error('an empty batch');
      const { w } = first;
      const have = byWriter.get(toHex(w)) ?? [];
      if (toHex(prev) !== toHex(headOf(w, first.n - 1)))
        return Promise.resolve(err({ type: 'rewound', retryAfterMs: 0 }));
      const fresh = ops.filter(({ n }) => n > have.length);
      byWriter.set(toHex(w), [...have, ...fresh]);
      feeds.set(c, [...(feeds.get(c) ?? []), ...fresh.map((op) => ({ kind: 'op', c, op }) as const)]);
      if (faults.loseAnswers > 0) {
        faults.loseAnswers -= 1;
        return Promise.resolve(offline);
      }
      return Promise.resolve(ok({ acked: { w, n: have.length + fresh.length }, held: [] }));
    },
    pull: ({ site, c, pos }) => {
      if (faults.offline) return Promise.resolve(offline);
      const all = site === place ? (feeds.get(c) ?? []) : [];
      const entries = all.slice(pos, pos + 7);
      const to = pos + entries.length;
      const page = { from: pos + 1, to, h: feedHash(c, to), more: to < all.length, entries, raw: Uint8Array.of(to) };
      return Promise.resolve(ok(page));
    },
    redeposit: () => Promise.resolve(faults.offline ? offline : ok({ took: 0, at: null })),
  };
  return { transport, byWriter, feeds, faults, covered, asked };
}
