import { afterAll, beforeAll, expect, it } from 'vitest';
import pg from 'pg';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { equalBytes, fromHex, toHex } from '../../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../../shared/kernel/ids.ts';
import { err, ok } from '../../../shared/kernel/result.ts';
import { isRecordKind, type RecordRef, type Value } from '../../../shared/records/record.ts';
import { chainAfter } from '../../../shared/sync/chain.ts';
import { redepositAnswerSchema } from '../../../shared/sync/protocol.ts';
import type { FeedEntry, SyncTransport } from '../../../shared/transport-ports.ts';
import { aDevice, aResident, creating, sha256, type Device } from '../../fakes/device.ts';
import { copyStore, emptyStore, storeOn } from '../../simulation/disk.ts';
import { adminUrlOf, enrolled, makeDataFolder, type TestDevice } from './test-device.ts';

const folder = await makeDataFolder();
const data = folder.path;
let endpoint: Endpoint;
let client: pg.Client;

beforeAll(async () => {
  endpoint = await startEndpoint({ data });
  client = new pg.Client({ connectionString: await adminUrlOf(endpoint, data) });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await endpoint.stop();
  await folder.remove();
});

const rewound = err({ type: 'rewound', retryAfterMs: 0 } as const);
/** What the sync client of the app does, over signed requests to the real endpoint. */
function transportOf(laptop: TestDevice): SyncTransport {
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

async function edit(device: Device, ref: RecordRef, field: string, value: Value): Promise<void> {
  const ops = await device.opsIn(ref);
  const base = ops.filter(({ f }) => f === field).map(({ w, n }) => ({ w, n }));
  const edits = [{ field, value, base: base.slice(-1) }];
  expect(await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).toMatchObject({ ok: true });
}

it('takes the work of a laptop and of its copy, both with one key, and gives each the work of the other', async () => {
  const laptop = await enrolled(endpoint);
  const transport = transportOf(laptop);
  const image = emptyStore('one');
  const first = await aDevice({ store: storeOn({ store: image }), user: laptop.user });
  const ref = first.newRef('resident');
  await first.save(creating(ref, aResident('Kovalenko')));
  expect(await first.sync(transport)).toMatchObject({ ok: true, value: { sent: 4 } });
  await edit(first, ref, 'callName', 'both');

  // The disk as it is now, in another laptop whose process goes on from the same moment.
  const second = await aDevice({ store: storeOn({ store: copyStore(image) }), user: laptop.user, seed: 2 });
  second.vault.memory.ownWriters = new Map(first.vault.memory.ownWriters);
  await edit(first, ref, 'vNumber', '1234567890');
  await edit(second, ref, 'callName', 'second');
  await second.save(creating(second.newRef('resident'), aResident('Bondar')));

  expect(await first.sync(transport)).toMatchObject({ ok: true, value: { sent: 2 } });
  expect(await second.sync(transport)).toMatchObject({ ok: true });
  expect(second.told).toEqual([{ type: 'reissued', ops: 5 }]);
  expect(await first.sync(transport)).toMatchObject({ ok: true, value: { sent: 0 } });
  const expected = { name: { family: 'Kovalenko' }, callName: 'second', vNumber: '1234567890' };
  for (const device of [first, second]) {
    expect(await device.valuesIn(ref)).toMatchObject(expected);
    expect(unsentCount(device.vault)).toBe(0);
    expect(await device.sync(transport)).toMatchObject({ ok: true, value: { sent: 0, received: 0 } });
  }
  const { rows } = await client.query<{ f: string; count: string }>(
    'SELECT f, count(*) FROM op WHERE user_id = $1 GROUP BY f ORDER BY f',
    [laptop.user],
  );
  expect(Object.fromEntries(rows.map(({ f, count }) => [f, Number(count)]))).toEqual({
    ...{ arrival: 2, birthDate: 2, callName: 2, name: 2, placement: 2 },
    vNumber: 1,
  });
  const aside = await client.query('SELECT FROM quarantine WHERE device = $1', [laptop.id]);
  expect(aside.rowCount).toBe(0);
});
