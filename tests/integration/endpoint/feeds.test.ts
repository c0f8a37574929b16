import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { feedStart } from '../../../shared/sync/page.ts';
import { dotText, enrolled, makeDataFolder, newRecord, TestDevice, valuesOf, type Writer } from './test-device.ts';

let endpoint: Endpoint;
let device: TestDevice;
const folder = await makeDataFolder();
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  device = await enrolled(endpoint);
});
afterAll(async () => {
  await endpoint.stop();
  await folder.remove();
});
const push = async (by: TestDevice, writer: Writer) => {
  expect(await by.push(by.frameOf(writer))).toMatchObject({ held: [] });
};
const place = (site: string | null) => ({ t: 'resident', f: 'placement', v: { site } });
const name = (text: string) => ({ t: 'resident', f: 'unknown-name', v: text });

describe('eight laptops at once', () => {
  it('fill one feed without a hole, and two readers see the same', async () => {
    const { text: site } = newRecord();
    const devices = await Promise.all(Array.from({ length: 8 }, () => enrolled(endpoint)));
    const sent = await Promise.all(
      devices.map(async (each) => {
        const writer = each.writer('core');
        for (let round = 0; round < 6; round++) {
          each.fill(writer, 5, site);
          expect(await each.push(each.frameOf(writer, round * 5 + 1))).toMatchObject({ ack: { n: round * 5 + 5 } });
        }
        return writer;
      }),
    );
    // `feed` verifies signature, positions and the hash chain of every page; small pages, so that there are many.
    const entries = await device.feed(site, 'core', 2048);
    const dots = entries.map((entry) => (entry.kind === 'op' ? dotText(entry.op) : entry.kind));
    expect(new Set(dots).size).toBe(240);
    expect(dots).toHaveLength(240);
    for (const writer of sent) {
      const own = dots.filter((dot) => dot.startsWith(toHex(writer.w)));
      expect(own).toEqual(writer.ops.map(dotText));
    }
    const other = await (devices[0] ?? device).feed(site, 'core');
    expect(other.map((entry) => (entry.kind === 'op' ? dotText(entry.op) : entry.kind))).toEqual(dots);
  });
});

describe('where a record goes', () => {
  it('is the feed of its site, wherever in the frame its placement stands', async () => {
    const [site, record] = [newRecord().text, newRecord()];
    const writer = device.writer('core');
    device.edit(writer, { ...name('a'), id: record.id });
    device.edit(writer, { ...place(site), id: record.id });
    device.edit(writer, { ...name('b'), id: record.id });
    await push(device, writer);
    expect(valuesOf(await device.feed(site, 'core'))).toEqual(['a', { site }, 'b']);
    const shared = await device.feed('shared', 'core');
    expect(shared.some((entry) => entry.kind === 'op' && toHex(entry.op.id) === toHex(record.id))).toBe(false);
  });

  it('waits with the other compartments until the core says where', async () => {
    const [site, record] = [newRecord().text, newRecord()];
    const health = device.writer('health');
    device.edit(health, { t: 'later', f: 'need', v: 'chair', id: record.id });
    await push(device, health);
    expect(await device.feed('shared', 'health')).toEqual([]);
    const core = device.writer('core');
    device.edit(core, { t: 'later', f: 'placement', v: { site }, id: record.id });
    await push(device, core);
    expect(valuesOf(await device.feed(site, 'health'))).toEqual(['place', 'chair']);
    expect(await device.feed('shared', 'health')).toEqual([]);
  });

  it('moves with its whole history, and leaves an eviction', async () => {
    const [a, b, record] = [newRecord().text, newRecord().text, newRecord()];
    const core = device.writer('core');
    const health = device.writer('health');
    const first = device.edit(core, { ...place(a), id: record.id });
    device.edit(core, { ...name('early'), id: record.id });
    await push(device, core);
    device.edit(health, { t: 'resident', f: 'unknown-need', v: 'ramp', id: record.id });
    await push(device, health);
    device.edit(core, { ...place(b), id: record.id, b: [first] });
    device.edit(core, { ...name('late'), id: record.id });
    await push(device, core);
    expect(valuesOf(await device.feed(a, 'core'))).toEqual([{ site: a }, 'early', 'evict']);
    expect(valuesOf(await device.feed(b, 'core'))).toEqual(['place', { site: a }, 'early', { site: b }, 'late']);
    expect(valuesOf(await device.feed(a, 'health'))).toEqual(['ramp', 'evict']);
    expect(valuesOf(await device.feed(b, 'health'))).toEqual(['place', 'ramp']);
    // A late edit of somebody at A follows the record.
    const other = await enrolled(endpoint, { sites: [a] });
    const late = other.writer('core');
    other.edit(late, { ...name('offline at A'), id: record.id });
    await push(other, late);
    expect(valuesOf(await device.feed(b, 'core')).at(-1)).toBe('offline at A');
    expect(valuesOf(await device.feed(a, 'core')).at(-1)).toBe('evict');
  });

  it('is both places while two placements stand, and one after they were settled', async () => {
    const [a, b, record] = [newRecord().text, newRecord().text, newRecord()];
    const writer = device.writer('core');
    const atA = device.edit(writer, { ...place(a), id: record.id });
    await push(device, writer);
    const other = await enrolled(endpoint);
    const offline = other.writer('core');
    const atB = other.edit(offline, { ...place(b), id: record.id });
    await push(other, offline);
    device.edit(writer, { ...name('both'), id: record.id });
    await push(device, writer);
    expect(valuesOf(await device.feed(a, 'core'))).toEqual([{ site: a }, { site: b }, 'both']);
    expect(valuesOf(await device.feed(b, 'core'))).toEqual(['place', { site: a }, { site: b }, 'both']);
    device.edit(writer, { ...place(a), id: record.id, b: [atA, atB] });
    await push(device, writer);
    expect(valuesOf(await device.feed(b, 'core')).at(-1)).toBe('evict');
    expect(valuesOf(await device.feed(a, 'core')).at(-1)).toEqual({ site: a });
  });

  it('leaves the shared feed when it gets a site', async () => {
    const [site, record] = [newRecord().text, newRecord()];
    const writer = device.writer('core');
    const first = device.edit(writer, { ...place(null), id: record.id });
    device.edit(writer, { ...name('nowhere yet'), id: record.id });
    await push(device, writer);
    expect(valuesOf(await device.feed('shared', 'core')).at(-1)).toBe('nowhere yet');
    device.edit(writer, { ...place(site), id: record.id, b: [first] });
    await push(device, writer);
    expect(valuesOf(await device.feed('shared', 'core')).at(-1)).toBe('evict');
    expect(valuesOf(await device.feed(site, 'core'))).toEqual(['place', { site: null }, 'nowhere yet', { site }]);
  });

  it('leaves the site that an earlier placement names, also when that comes after the move', async () => {
    const [site, record] = [newRecord().text, newRecord()];
    const [created, moved] = [device.writer('core'), device.writer('core')];
    const first = device.edit(created, { ...place(null), id: record.id });
    device.edit(moved, { ...place(site), id: record.id, b: [first] });
    await push(device, moved);
    await push(device, created);
    expect(valuesOf(await device.feed(site, 'core'))).toEqual([{ site }, { site: null }]);
    const shared = await device.feed('shared', 'core');
    const last = shared.at(-1);
    expect(last?.kind === 'evict' && toHex(last.id)).toBe(toHex(record.id));
  });

  it('is not told to everybody by an edit that comes before the record it is of', async () => {
    const [site, record] = [newRecord().text, newRecord()];
    const [created, edited] = [device.writer('core'), device.writer('core')];
    device.edit(created, { ...place(site), id: record.id });
    device.edit(edited, { ...name('edited after a restart'), id: record.id });
    await push(device, edited);
    await push(device, created);
    const shared = await device.feed('shared', 'core');
    expect(shared.some((entry) => entry.kind === 'op' && toHex(entry.op.id) === toHex(record.id))).toBe(false);
    expect(valuesOf(await device.feed(site, 'core'))).toEqual(['place', 'edited after a restart', { site }]);
  });
});

describe('a page', () => {
  it('is refused by the reader when one bit of it differs', async () => {
    const { text: site } = newRecord();
    const writer = device.writer('core');
    device.fill(writer, 3, site);
    await push(device, writer);
    const target = `/v1/feed/${site}/core?after=0&h=${toHex(feedStart())}`;
    const { bytes } = await device.send('GET', target, new Uint8Array(0));
    expect(device.open(bytes).ok).toBe(true);
    for (let at = 0; at < bytes.length; at++) {
      const bad = Uint8Array.from(bytes);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      expect(device.open(bad).ok).toBe(false);
    }
    const stranger = new TestDevice({ url: endpoint.url, serverKey: new TestDevice(endpoint).publicKey });
    expect(stranger.open(bytes)).toMatchObject({ ok: false, error: { type: 'bad-signature' } });
  });

  it('needs a cursor that is on the feed', async () => {
    const { text: site } = newRecord();
    const writer = device.writer('core');
    device.fill(writer, 4, site);
    await push(device, writer);
    const page = await device.page(site, 'core');
    if ('err' in page) throw new Error(page.err);
    expect(await device.page(site, 'core', 4, page.after)).toMatchObject({ from: 5, to: 4, more: false, entries: [] });
    expect(await device.page(site, 'core', 9, page.after)).toMatchObject({ err: 'HISTORY', common: 4 });
    expect(await device.page(site, 'core', 3, page.after)).toMatchObject({ err: 'HISTORY', common: 0 });
    const h = toHex(page.after);
    const states = async (pos: number, hash: string) =>
      (await device.hello({ feeds: [{ site, c: 'core', pos, h: hash }] })).feeds.find((feed) => feed.site === site);
    expect(await states(4, h)).toMatchObject({ st: 'ok', head: 4, h, archived: 0 });
    expect(await states(0, toHex(feedStart()))).toMatchObject({ st: 'ok', head: 4 });
    expect(await states(5, h)).toMatchObject({ st: 'rewound', head: 4 });
    expect(await states(3, h)).toMatchObject({ st: 'diverged', head: 4 });
    expect((await device.hello()).feeds).toContainEqual({ site, c: 'core', st: 'new', head: 4, h, archived: 0 });
  });
});
