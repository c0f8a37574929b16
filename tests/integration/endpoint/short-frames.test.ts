import { spawn } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { chainAfter, chainStart, leafOf } from '../../../shared/sync/chain.ts';
import { dotOf } from '../../../shared/sync/dots.ts';
import { decodePage, feedStart } from '../../../shared/sync/page.ts';
import { columns2MediaType } from '../../../shared/sync/protocol.ts';
import { deriveSaveId } from '../../../shared/sync/save-id.ts';
import { inflate, sha256 } from '../../../endpoint/server-key.ts';
import { enrolled, makeDataFolder, newRecord, valuesOf, type TestDevice, type Writer } from './test-device.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
async function start(data?: string): Promise<{ readonly endpoint: Endpoint; readonly data: string }> {
  if (data === undefined) {
    const folder = await makeDataFolder();
    undo.push(folder.remove);
    return start(folder.path);
  }
  const endpoint = await startEndpoint({ data });
  undo.push(endpoint.stop);
  return { endpoint, data };
}
const copyDatabase = async (from: string, to: string) => {
  await cp(from, to, { recursive: true, preserveTimestamps: true });
  if (userInfo().uid === 0) {
    const chown = spawn('chown', ['-R', 'postgres', to]);
    await new Promise((done) => chown.on('close', done));
  }
};
const prevOf = (writer: Writer, from: number) =>
  chainAfter(chainStart(writer.w, sha256), writer.ops.slice(0, from - 1), sha256);
/** From `from` on, with records named by their bases and by the first operation about them that is given. */
const short = (device: TestDevice, writer: Writer, from: number, known: Writer) =>
  device.frameOf(writer, from, writer.ops.length, prevOf(writer, from), {
    basesKnown: true,
    anchorOf: ({ t, id }) => known.ops.find((op) => op.t === t && toHex(op.id) === toHex(id)),
  });

/** A record at a site, and two later edits of it by another writer: one with a base, one of a field that was empty. */
async function withEdits(endpoint: Endpoint) {
  const device = await enrolled(endpoint);
  const [first, later] = [device.writer('core'), device.writer('core')];
  const { text: site } = newRecord();
  const { id } = newRecord();
  const base = device.edit(first, { t: 'family', f: 'placement', v: { site }, id });
  device.edit(first, { t: 'family', f: 'owner', v: 'one', id });
  expect(await device.push(device.frameOf(first))).toMatchObject({ ack: { n: 2 } });
  device.edit(later, { t: 'family', f: 'placement', v: { site }, id, b: [dotOf(base)] });
  device.edit(later, { t: 'family', f: 'note', v: 'three', id });
  return { device, first, later, site, id };
}

describe('a frame that names records by operations', () => {
  it('is taken in as if it had said everything, once or twice and cut elsewhere', async () => {
    const { endpoint } = await start();
    const { device, first, later, site, id } = await withEdits(endpoint);
    const frame = short(device, later, 1, first);
    expect(toHex(frame)).not.toContain(toHex(id));
    expect(await device.push(frame)).toMatchObject({ ack: { n: 2, h: toHex(prevOf(later, 3)) }, held: [] });
    expect(await device.push(frame)).toMatchObject({ ack: { n: 2 } });
    expect(await device.push(device.frameOf(later))).toMatchObject({ ack: { n: 2 } });
    const feed = await device.feed(site, 'core');
    const leaves = feed.flatMap((entry) => (entry.kind === 'op' ? [toHex(leafOf(entry.op, sha256))] : []));
    expect(leaves).toEqual([...first.ops, ...later.ops].map((op) => toHex(leafOf(op, sha256))));
  });

  it('is refused and not kept where the operation is not here, or another one stands under its number', async () => {
    const { endpoint } = await start();
    const { device, later, site } = await withEdits(endpoint);
    const nowhere = device.writer('core');
    device.edit(nowhere, { t: 'family', f: 'note', v: 'x', id: later.ops[0]?.id ?? new Uint8Array(16) });
    expect(await device.push(short(device, later, 1, nowhere))).toMatchObject({ ack: { n: 2 } });
    const { id } = newRecord();
    const other = device.writer('core');
    device.edit(other, { t: 'family', f: 'note', v: 'y', id });
    const wrong = { ...other, ops: [{ ...(later.ops[0] as (typeof later.ops)[number]), id, t: 'family' }] };
    expect(await device.push(short(device, other, 1, wrong))).toMatchObject({ err: 'BAD_FRAME' });
    const missing = { ...nowhere, ops: [{ ...(nowhere.ops[0] as (typeof nowhere.ops)[number]), id }] };
    expect(await device.push(short(device, other, 1, missing))).toMatchObject({ err: 'BAD_FRAME' });
    expect(await device.feed(site, 'core')).toHaveLength(4);
    expect(await device.push(device.frameOf(other))).toMatchObject({ ack: { n: 1 } });
  });

  it('comes out of the journal again when the database is put back to before the operation it named', async () => {
    const { endpoint, data } = await start();
    await endpoint.stop();
    await copyDatabase(join(data, 'pg'), join(data, '..', 'backup'));
    const second = await start(data);
    const { device, first, later, site } = await withEdits(second.endpoint);
    expect(await device.push(short(device, later, 1, first))).toMatchObject({ ack: { n: 2 } });
    const before = await device.feed(site, 'core');
    await second.endpoint.stop();
    await rm(join(data, 'pg'), { recursive: true });
    await copyDatabase(join(data, '..', 'backup'), join(data, 'pg'));
    const third = await start(data);
    device.endpoint = { url: third.endpoint.url, serverKey: third.endpoint.serverKey };
    expect(await device.feed(site, 'core')).toEqual(before);
    expect(valuesOf(before)).toContain('three');
  });

  it('is unreadable for an endpoint that lost it all, and goes in with everything in it', async () => {
    const { endpoint, data } = await start();
    const { device, first, later } = await withEdits(endpoint);
    await endpoint.stop();
    await copyDatabase(join(data, 'pg'), join(data, '..', 'pg-with'));
    const lost = await start();
    device.endpoint = { url: lost.endpoint.url, serverKey: lost.endpoint.serverKey };
    expect(await device.enrol(await lost.endpoint.invite())).not.toHaveProperty('err');
    expect(await device.push(short(device, later, 1, first))).toMatchObject({ err: 'BAD_FRAME' });
    expect(await device.push(device.frameOf(later))).toMatchObject({ ack: { n: 2 } });
  });
});

describe('a page', () => {
  it('is short for a laptop that says it reads that, and as ever for one of before; both prove the same', async () => {
    const { endpoint } = await start();
    const device = await enrolled(endpoint);
    const writer = device.writer('core');
    const { text: site } = newRecord();
    for (let at = 0; at < 20; at++) device.fill(writer, 1, site);
    writer.ops = writer.ops.map((op) => ({ ...op, x: [deriveSaveId(op, sha256), 1] }));
    await device.push(device.frameOf(writer));
    const target = `/v1/feed/${site}/core?after=0&h=${toHex(feedStart())}&max=262144`;
    const body = new Uint8Array(0);
    const pages = await Promise.all(
      [undefined, columns2MediaType, `application/json, ${columns2MediaType}`].map(async (accept) => {
        const headers = { ...device.headers('GET', target, body), ...(accept === undefined ? {} : { accept }) };
        return (await device.send('GET', target, body, headers)).bytes;
      }),
    );
    const [plain, ...shorter] = pages;
    if (plain === undefined) throw new Error('a page');
    const read = pages.map((bytes) => decodePage(bytes, { sha256, inflate, verify: () => true }));
    for (const page of read) expect(page).toEqual(read[0]);
    for (const bytes of shorter) expect(bytes.length).toBeLessThan(plain.length - 20 * 8);
    // An endpoint takes back what it signed in either form.
    for (const bytes of pages)
      expect(await device.ask('POST', '/v1/redeposit', bytes, (json) => json)).toMatchObject({ took: 0 });
  });
});
