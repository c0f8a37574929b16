import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Point } from '../../../endpoint/change-log.ts';
import { sha256 } from '../../../endpoint/server-key.ts';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import {
  adminUrlOf,
  enrolled,
  makeDataFolder,
  newRecord,
  valuesOf,
  type TestDevice,
  type Writer,
} from './test-device.ts';

let endpoint: Endpoint;
let owner: pg.Client;
let admin: pg.Client;
let device: TestDevice;
let atPoint: (point: Point) => Promise<void> | void = () => undefined;
const folder = await makeDataFolder();

beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path, onPoint: (point) => atPoint(point) });
  owner = new pg.Client({ connectionString: endpoint.databaseUrl });
  await owner.connect();
  await owner.query(
    `SELECT set_config('onderdak.task', 'ingest', false), set_config('onderdak.municipality', '0000', false)`,
  );
  admin = new pg.Client({ connectionString: await adminUrlOf(endpoint, folder.path) });
  await admin.connect();
  device = await enrolled(endpoint, { municipality: '0000' });
});
beforeEach(() => {
  atPoint = () => undefined;
});
afterAll(async () => {
  await owner.end();
  await admin.end();
  await endpoint.stop();
  await folder.remove();
});

const headOf = (writer: Writer, to = writer.ops.length) =>
  toHex(chainAfter(chainStart(writer.w, sha256), writer.ops.slice(0, to), sha256));
const ackOf = (writer: Writer, n = writer.ops.length) => ({ ack: { w: toHex(writer.w), n, h: headOf(writer, n) } });
const filled = (count: number): Writer => {
  const writer = device.writer('core');
  device.fill(writer, count);
  return writer;
};
const countOf = async (table: 'op' | 'frame' | 'quarantine', writer: Writer): Promise<number> => {
  const { rows } = await owner.query<{ count: string }>(
    table === 'quarantine'
      ? {
          text: 'SELECT count(*) FROM quarantine WHERE position($1::bytea in bytes) > 0',
          values: [Buffer.from(toHex(writer.w))],
        }
      : { text: `SELECT count(*) FROM ${table} WHERE w = $1`, values: [writer.w] },
  );
  return Number(rows[0]?.count);
};
const feedDots = async (writer: Writer) =>
  (await device.feed('shared', 'core')).flatMap((entry) =>
    entry.kind === 'op' && toHex(entry.op.w) === toHex(writer.w) ? [entry.op.n] : [],
  );

describe('the same operations again', () => {
  it('are a success that changes nothing, as the same bytes and as a new frame', async () => {
    const writer = filled(20);
    const frame = device.frameOf(writer);
    const first = await device.push(frame);
    expect(first).toMatchObject({ ...ackOf(writer), held: [] });
    expect(await device.push(frame)).toMatchObject(ackOf(writer));
    expect(await device.push(device.frameOf(writer))).toMatchObject(ackOf(writer));
    expect(await countOf('frame', writer)).toBe(1);
    expect(await feedDots(writer)).toEqual(writer.ops.map(({ n }) => n));
  });

  it('may be cut in any way', async () => {
    const writer = filled(30);
    for (const [from, to] of [
      [1, 10],
      [1, 5],
      [6, 18],
      [3, 9],
      [11, 30],
      [1, 30],
    ] as const) {
      expect(await device.push(device.frameOf(writer, from, to))).toMatchObject(ackOf(writer, to));
    }
    expect(await countOf('op', writer)).toBe(30);
    expect(await feedDots(writer)).toEqual(writer.ops.map(({ n }) => n));
  });

  it('are taken in once when they come ten times at the same moment', async () => {
    const writer = filled(5);
    const answers = await Promise.all(Array.from({ length: 10 }, () => device.push(device.frameOf(writer))));
    for (const answer of answers) expect(answer).toMatchObject(ackOf(writer));
    expect(await feedDots(writer)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('structure', () => {
  it('answers a gap with what is here, and keeps nothing', async () => {
    const writer = filled(10);
    expect(await device.push(device.frameOf(writer, 4, 10))).toMatchObject({
      err: 'GAP',
      have: 0,
      h: headOf(writer, 0),
    });
    await device.push(device.frameOf(writer, 1, 3));
    expect(await device.push(device.frameOf(writer, 5, 10))).toMatchObject({
      err: 'GAP',
      have: 3,
      h: headOf(writer, 3),
    });
    expect(await countOf('op', writer)).toBe(3);
    expect(await device.push(device.frameOf(writer, 4, 10))).toMatchObject(ackOf(writer));
  });

  it('sees another operation under a used number, and puts the frame aside', async () => {
    const writer = filled(6);
    await device.push(device.frameOf(writer));
    const twin: Writer = { ...writer, ops: writer.ops.slice(0, 3) };
    device.fill(twin, 2);
    expect(await device.push(device.frameOf(twin))).toMatchObject({ err: 'FORK', at: 4 });
    // Beyond what is known: only the chain can tell.
    device.fill(twin, 3);
    expect(await device.push(device.frameOf(twin, 7, 8))).toMatchObject({ err: 'FORK', at: 6 });
    expect(await countOf('quarantine', writer)).toBe(2);
    expect(await countOf('op', writer)).toBe(6);
    expect(await device.push(device.frameOf(writer))).toMatchObject(ackOf(writer));
  });

  it('does not let a second device go on with the writer of another', async () => {
    const writer = filled(2);
    await device.push(device.frameOf(writer));
    const other = await enrolled(endpoint);
    device.fill(writer, 1);
    expect(await other.push(other.frameOf(writer))).toMatchObject({ err: 'FORK' });
  });

  it('refuses every flipped byte and every cut of a frame', async () => {
    const writer = filled(3);
    const frame = device.frameOf(writer);
    for (let at = 0; at < frame.length; at += 7) {
      const bad = Uint8Array.from(frame);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      expect(await device.push(bad)).toMatchObject({ err: expect.stringMatching(/^(BAD_FRAME|TOO_BIG)$/) as string });
    }
    expect(await device.push(frame.slice(0, frame.length - 1))).toMatchObject({ err: 'BAD_FRAME' });
    expect(await device.push(new Uint8Array(0))).toMatchObject({ err: 'BAD_FRAME' });
    expect(await countOf('op', writer)).toBe(0);
    expect(await device.push(frame)).toMatchObject(ackOf(writer));
  });

  it('refuses a frame that another device signed', async () => {
    const other = await enrolled(endpoint);
    const writer = filled(1);
    expect(await other.push(device.frameOf(writer))).toMatchObject({ err: 'BAD_FRAME' });
  });
});

describe('meaning', () => {
  it('holds one operation of 500 and passes the other 499 on', async () => {
    const writer = filled(249);
    device.edit(writer, { t: 'resident', f: 'bsn', v: '111222333', id: newRecord().id });
    device.fill(writer, 250);
    expect(await device.push(device.frameOf(writer))).toMatchObject({
      ...ackOf(writer),
      held: [{ n: 250, why: 'rule' }],
    });
    const dots = await feedDots(writer);
    expect(dots).toHaveLength(499);
    expect(dots).not.toContain(250);
    expect(await device.push(device.frameOf(writer))).toMatchObject({ held: [{ n: 250, why: 'rule' }] });
  });

  it('holds what its author may not write, says or not', async () => {
    const interviewer = await enrolled(endpoint, { role: 'interviewer' });
    const finance = interviewer.writer('finance');
    interviewer.edit(finance, {
      t: 'resident',
      f: 'income.employment.2026-11',
      v: { amountCents: 100, evidence: 'payslip' },
    });
    const held = (n: number) => ({ held: [{ n, why: 'rights' }] });
    expect(await interviewer.push(interviewer.frameOf(finance))).toMatchObject(held(1));
    const core = interviewer.writer('core');
    interviewer.edit(core, { t: 'family', f: 'placement', v: { site: null }, u: device.user });
    expect(await interviewer.push(interviewer.frameOf(core))).toMatchObject(held(1));
    // A user nobody enrolled: kept, confirmed, and in no feed.
    interviewer.user = 'u_00000000000000ff';
    const stranger = interviewer.writer('core');
    interviewer.fill(stranger, 1);
    expect(await interviewer.push(interviewer.frameOf(stranger))).toMatchObject(held(1));
    expect(await feedDots(stranger)).toEqual([]);
  });

  it('holds a value its field refuses, and passes on what it does not know', async () => {
    const writer = device.writer('core');
    device.edit(writer, { t: 'family', f: 'placement', v: { site: 'nowhere' } });
    const { id } = device.edit(writer, { t: 'family', f: 'placement', v: { site: null } });
    device.edit(writer, { t: 'family', f: 'colour', v: 'blue', id });
    device.edit(writer, { t: 'kindOfLater', f: 'placement', v: { site: null } });
    device.edit(writer, { t: 'family', f: 'placement', v: 'of a newer app', s: 99 });
    expect(await device.push(device.frameOf(writer))).toMatchObject({ held: [{ n: 1, why: 'schema' }] });
    expect(await feedDots(writer)).toEqual(expect.arrayContaining([2, 3, 4, 5]));
  });
});

describe('a revoked device', () => {
  it('may deposit, read nothing, and what it sends is put aside', async () => {
    const lost = await enrolled(endpoint);
    const writer = lost.writer('core');
    lost.fill(writer, 4);
    const setStatus = async (status: string) => {
      await admin.query('UPDATE device SET status = $1 WHERE id = $2', [status, lost.id]);
    };
    await setStatus('deposit_only');
    expect(await lost.push(lost.frameOf(writer, 1, 2))).toMatchObject(ackOf(writer, 2));
    expect(await lost.page('shared', 'core')).toMatchObject({ err: 'REVOKED' });
    expect(await lost.hello()).toMatchObject({ device: 'deposit_only', feeds: [] });
    await setStatus('revoked');
    expect(await lost.push(lost.frameOf(writer))).toMatchObject({ err: 'REVOKED', deposit: 'quarantine' });
    expect(await countOf('op', writer)).toBe(2);
    expect(await countOf('quarantine', writer)).toBe(1);
  });
});

describe('breaking in the middle', () => {
  /** Ends every connection of the running endpoint, as a crash of PostgreSQL's processes would. */
  const killBackends = async () => {
    const role = decodeURIComponent(new URL(endpoint.appDatabaseUrl).username);
    const killed = await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [
      role,
    ]);
    expect(killed.rowCount).toBeGreaterThan(0);
  };

  it.each<Point>(['before_journal', 'after_journal', 'before_commit', 'after_commit', 'after_sign'])(
    'a connection killed at %s loses nothing and doubles nothing',
    async (where) => {
      const writer = filled(7);
      let kills = 0;
      atPoint = async (point) => {
        if (point !== where || kills > 0) return;
        kills += 1;
        await killBackends();
      };
      const first = await device.push(device.frameOf(writer));
      expect(kills).toBe(1);
      if (where === 'after_commit' || where === 'after_sign') expect(first).toMatchObject(ackOf(writer));
      else expect(first).toMatchObject({ err: 'BUSY' });
      expect(await device.push(device.frameOf(writer))).toMatchObject(ackOf(writer));
      expect(await countOf('op', writer)).toBe(7);
      expect(await feedDots(writer)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    },
  );

  it('a failure after the commit and before the answer is healed by sending again', async () => {
    const writer = filled(3);
    atPoint = (point) => {
      if (point === 'after_commit') throw new Error('the process ends here');
    };
    expect(await device.push(device.frameOf(writer))).toMatchObject({ err: 'BUSY' });
    atPoint = () => undefined;
    const { writers } = await device.hello({ writers: [{ w: toHex(writer.w), n: 3, h: headOf(writer) }] });
    expect(writers).toEqual([{ w: toHex(writer.w), n: 3, at: 3, h: headOf(writer), archived: 0 }]);
    expect(await device.push(device.frameOf(writer))).toMatchObject(ackOf(writer));
    expect(valuesOf(await device.feed('shared', 'core')).length).toBeGreaterThan(0);
  });
});
