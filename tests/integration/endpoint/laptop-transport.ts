import { expect } from 'vitest';
import { equalBytes, fromHex, toHex } from '../../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../../shared/kernel/ids.ts';
import { err, ok } from '../../../shared/kernel/result.ts';
import { isRecordKind } from '../../../shared/records/record.ts';
import { chainAfter } from '../../../shared/sync/chain.ts';
import { redepositAnswerSchema } from '../../../shared/sync/protocol.ts';
import type { FeedEntry, SyncTransport } from '../../../shared/transport-ports.ts';
import { sha256 } from '../../fakes/device.ts';
import type { TestDevice } from './test-device.ts';

const rewound = err({ type: 'rewound', retryAfterMs: 0 } as const);
/** What the sync client of the app does, over signed requests to the real endpoint. */
export function transportOf(laptop: TestDevice): SyncTransport {
  return {
    hello: async (writers, feeds, _counter, seen) => {
      const answer = await laptop.hello({
        writers: writers.map(({ w, n, h }) => ({ w: toHex(w), n, h: toHex(h) })),
        feeds: feeds.map(({ site, c, pos, h }) => ({ site, c, pos, h: toHex(h) })),
        seen: [...seen],
      });
      return ok({
        ...{ epoch: answer.epoch, seen: answer.seen, at: answer.at, status: answer.device, clockOffsetMs: 0 },
        writers: answer.writers.map((one) => ({ ...one, w: fromHex(one.w), h: fromHex(one.h) })),
        feeds: answer.feeds.map(({ site, c, st, head }) => ({ site, c, state: st, head })),
      });
    },
    push: async ({ c, prev, ops }) => {
      const [first] = ops;
      if (first === undefined) throw new Error('an empty batch');
      const before = Array.from({ length: first.n - 1 }, () => first);
      const frame = laptop.frameOf({ w: first.w, c, ops: [...before, ...ops] }, first.n, undefined, prev);
      const answer = await laptop.push(frame);
      if ('err' in answer) return rewound;
      expect(answer.ack.h).toBe(toHex(chainAfter(prev, ops, sha256)));
      return ok({ acked: { w: Uint8Array.from(first.w), n: answer.ack.n }, held: answer.held });
    },
    pull: async ({ site, c, pos, h }) => {
      const sent = await laptop.send('GET', `/v1/feed/${site}/${c}?after=${pos}&h=${toHex(h)}`, new Uint8Array(0));
      const page = laptop.open(sent.bytes);
      if (!page.ok || !equalBytes(page.value.before, h)) return rewound;
      const { from, to, after, more } = page.value;
      const entries = page.value.entries.flatMap((entry): FeedEntry[] => {
        if (entry.kind === 'op') return [{ kind: 'op', c, op: entry.op }];
        const { kind, t, id } = entry;
        return isRecordKind(t) ? [{ kind, record: { kind: t, id: recordIdOf(id) } }] : [];
      });
      return ok({ from, to, h: after, more, entries, raw: Uint8Array.from(sent.bytes) });
    },
    redeposit: async (page) => {
      const back = await laptop.ask('POST', '/v1/redeposit', page, (json) => redepositAnswerSchema.parse(json));
      return 'err' in back ? rewound : ok({ took: back.took, at: back.at });
    },
  };
}
