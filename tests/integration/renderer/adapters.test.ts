import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import type { Host } from '../../../shared/ipc-contract.ts';
import { parsePartialDate } from '../../../shared/register/partial-date.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { makeAuditLog, makeSecondCopy, makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import { summaryCodec } from '../../../renderer/adapters/summary-segments.ts';
import { makeSystemClock } from '../../../renderer/adapters/system-clock.ts';
import { webRandom } from '../../../renderer/adapters/web-random.ts';
import { backOffMs } from '../../../renderer/use-cases/sync-now.ts';

const id = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const summary = (no: number, over: Partial<ResidentSummary> = {}): ResidentSummary => ({
  id: id(no),
  rev: no,
  family: `Family${no % 3}`,
  given: 'Олена',
  patronymic: '',
  familyCyrillic: 'Коваленко',
  givenCyrillic: '',
  birthDate: parsePartialDate('1985-00-00')!,
  sex: 'F',
  status: 'absent',
  site: id(99),
  room: 'r1',
  bed: null,
  familyId: null,
  protectionUntil: isoDate('2027-03-04'),
  unsettled: false,
  ...over,
});

describe('list columns', () => {
  it('come back as they were, in the order of names', () => {
    const rows = [
      summary(5, { unsettled: true, birthDate: null, site: null, sex: 'M', lacksGuardian: true }),
      summary(3, { status: 'departed', protectionUntil: null, sex: 'X', mergedInto: id(97) }),
      summary(4, { family: '', rev: 70_000, familyId: id(98), sex: 'unknown' }),
    ];
    const decoded = summaryCodec.decode(summaryCodec.encode(rows));
    if (!decoded.ok) throw new Error('not decoded');
    const wanted = [rows[1], rows[0], rows[2]];
    expect(wanted.map((_row, at) => decoded.value.peek(at))).toEqual(wanted);
    expect(wanted.map((_row, at) => decoded.value.at(at))).toEqual(wanted);
    expect(decoded.value.at(1)).toBe(decoded.value.at(1));
    expect(decoded.value.at(3)).toBeUndefined();
    expect(wanted.map((_row, at) => decoded.value.statusAt(at))).toEqual(wanted.map((row) => row?.status));
    expect(wanted.map((_row, at) => decoded.value.siteAt(at))).toEqual(wanted.map((row) => row?.site));
    expect(wanted.map((_row, at) => decoded.value.isMergedAt(at))).toEqual([true, false, false]);
    expect(summaryCodec.decode(summaryCodec.encode([]))).toMatchObject({ ok: true, value: { length: 0 } });
  });

  it('hold a text once', () => {
    const many = Array.from({ length: 1_000 }, (_unused, no) => summary(no + 1));
    expect(summaryCodec.encode(many).length).toBeLessThan(70 * 1_000);
  });

  it('refuse what is cut, longer or something else', () => {
    const bytes = summaryCodec.encode([summary(1), summary(2)]);
    const broken = [bytes.slice(0, -1), Uint8Array.of(...bytes, 0), bytes.slice(0, 30), new Uint8Array(0)];
    for (const wrong of broken) expect(summaryCodec.decode(wrong).ok).toBe(false);
    const other = Uint8Array.from(bytes);
    other[0] = 3;
    expect(summaryCodec.decode(other).ok).toBe(false);
    new DataView(other.buffer).setUint32(4, 0xffffffff);
    expect(summaryCodec.decode(other).ok).toBe(false);
  });
});

describe('clock', () => {
  const make = (wall = 1_795_000_000_000) => {
    const time = { wall, monotonic: 0 };
    const clock = makeSystemClock({ wallMs: () => time.wall, monotonicMs: () => time.monotonic });
    return { time, clock };
  };

  it('is stale until the endpoint has set it, and again a week later', () => {
    const { time, clock } = make();
    expect(clock.quality()).toBe(1);
    clock.noteOffset(4_000);
    expect(clock.quality()).toBe(0);
    expect(clock.nowMs()).toBe(time.wall + 4_000);
    const week = 8 * 86_400_000;
    time.wall += week;
    time.monotonic += week;
    expect(clock.quality()).toBe(1);
  });

  it('is suspect when it was set while the app ran, is far off, or shows an impossible year', () => {
    const jumped = make();
    jumped.time.wall += 3_600_000;
    jumped.time.monotonic += 1_000;
    expect(jumped.clock.quality()).toBe(2);
    jumped.clock.noteOffset(0);
    expect(jumped.clock.quality()).toBe(0);
    const far = make();
    far.clock.noteOffset(20 * 60_000);
    expect(far.clock.quality()).toBe(2);
    expect(make(0).clock.quality()).toBe(2);
    expect(make(4_000_000_000_000).clock.quality()).toBe(2);
  });
});

it('gives random record ids and any number of bytes', () => {
  expect(webRandom.newId()).toMatch(/^[0-9a-f-]{36}$/);
  expect(webRandom.newId()).not.toBe(webRandom.newId());
  expect(new Set(webRandom.bytes(200_000)).size).toBe(256);
});

it('waits a random time that grows to a quarter of an hour, and as long as it was told', () => {
  expect([1, 2, 3].map((failures) => backOffMs(failures, 0.5, 0))).toEqual([2_000, 4_000, 8_000]);
  expect(backOffMs(30, 0.999, 0)).toBeLessThan(15 * 60_000);
  expect(backOffMs(1, 0, 60_000)).toBe(60_000);
});

describe('the main process', () => {
  const asked: unknown[] = [];
  const host = {
    'journal:append': (request) => {
      asked.push(request);
      return Promise.resolve('full');
    },
    'journal:replace': () => Promise.resolve('failed'),
    'journal:read': () => Promise.resolve([]),
    'journal:locals': () => Promise.resolve([]),
    'audit:prepare': () => Promise.resolve({ seq: 1, box: new Uint8Array(1) }),
    'sync:hello': () => Promise.resolve({ failed: 'captive-portal', retryAfterMs: 5_000 }),
    'sync:push': () => Promise.resolve({ w: new Uint8Array(8), n: 3, held: [] }),
    'sync:redeposit': () => Promise.resolve({ took: 2, at: null }),
    'sync:pull': () =>
      Promise.resolve({
        from: 1,
        to: 2,
        h: new Uint8Array(32),
        more: false,
        raw: new Uint8Array(1),
        entries: [
          { kind: 'place', record: { kind: 'resident', id: id(1) } },
          { kind: 'evict', record: { kind: 'of-a-later-version', id: id(1) } },
        ],
      }),
  } as const satisfies Partial<Host>;

  it('gets boxes with the store they are from, and its failures are values', async () => {
    const copy = makeSecondCopy(host, () => Promise.resolve({ store: 's', ops: 7, rows: 1 }));
    expect(await copy.append([], null, [])).toEqual({ ok: false, error: { type: 'storage-full' } });
    expect(asked).toEqual([{ ops: [], audit: null, locals: [], store: 's', opCount: 7 }]);
    expect(await copy.replace([])).toEqual({ ok: false, error: { type: 'storage-failed' } });
    const entry = { action: 'view', kind: 'resident', id: id(1), purpose: null } as const;
    expect((await makeAuditLog(host).prepare(entry)).seq).toBe(1);
    const transport = makeSyncTransport(host);
    expect(await transport.hello([], [], 1, [])).toEqual({
      ok: false,
      error: { type: 'captive-portal', retryAfterMs: 5_000 },
    });
    const h = new Uint8Array(32);
    const page = await transport.pull({ site: 's', c: 'core', pos: 0, h });
    expect(page.ok && page.value.entries).toEqual([{ kind: 'place', record: { kind: 'resident', id: id(1) } }]);
    const pushed = await transport.push({ user: 'u', c: 'core', prev: h, ops: [] });
    expect(pushed.ok && pushed.value.acked.n).toBe(3);
  });
});
