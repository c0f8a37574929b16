import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameTools, sha256 } from '../../../endpoint/server-key.ts';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import { decodeAnyFrame } from '../../../shared/sync/redacted-frame.ts';
import {
  adminUrlOf,
  enrolled,
  makeDataFolder,
  newRecord,
  runCommand,
  type TestDevice,
  type Writer,
} from './test-device.ts';

const folder = await makeDataFolder();
const { text: site } = newRecord();
let endpoint: Endpoint;
let colleague: TestDevice;
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  colleague = await enrolled(endpoint);
});
afterAll(async () => {
  await endpoint.stop();
  await folder.remove();
});

const valuesIn = (frame: Uint8Array) => {
  const decoded = decodeAnyFrame(frame, frameTools);
  return decoded.ok ? decoded.value.ops.map(({ v }) => v) : decoded.error;
};
const command = (...args: readonly string[]) => runCommand(folder.path, ...args);
const headOf = ({ w, ops }: Writer) => toHex(chainAfter(chainStart(w, sha256), ops, sha256));
const dotsAt = async (writer: Writer) =>
  (await colleague.feed(site, 'core')).flatMap((entry) =>
    entry.kind === 'op' && toHex(entry.op.w) === toHex(writer.w) ? [entry.op.n] : [],
  );
const filled = async (count: number) => {
  const device = await enrolled(endpoint);
  const writer = device.writer('core');
  device.fill(writer, count, site);
  return { device, writer };
};
/** The database is gone, the folder with the frame journal is not. */
const loseDatabase = async () => {
  await endpoint.stop();
  await rm(join(folder.path, 'pg'), { recursive: true });
  await rm(join(folder.path, 'database-made'));
  endpoint = await startEndpoint({ data: folder.path });
  colleague.endpoint = endpoint;
};

describe('a laptop that is revoked', () => {
  it('reads nothing, is told why, and what it brings waits until a person lets it in', async () => {
    const { device, writer } = await filled(5);
    await device.push(device.frameOf(writer, 1, 2));
    expect(await command('revoke', device.id)).toMatchObject({
      code: 1,
      lines: ['Say why: revoke DEVICE returned, or revoke DEVICE stolen.'],
    });
    expect(await command('revoke', device.id, 'returned')).toEqual({
      code: 0,
      lines: [`${device.id} gets nothing any more. What it sends is put aside: see quarantine.`],
    });
    expect(await device.hello()).toMatchObject({ device: 'revoked', reason: 'returned', feeds: [] });
    expect(await device.page(site, 'core')).toMatchObject({ err: 'REVOKED' });

    // Twice, and once more later: one is kept.
    const refused = { err: 'REVOKED', deposit: 'quarantine' };
    expect(await device.push(device.frameOf(writer, 3, 5))).toMatchObject(refused);
    expect(await device.push(device.frameOf(writer, 3, 5))).toMatchObject(refused);
    const { lines } = await command('quarantine');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      new RegExp(`^${device.id} \\(0000\\), [\\d :-]{16}, revoked: 3 operations of ${device.user} in family/`),
    );
    expect((await command('devices')).lines.find((line) => line.startsWith(device.id))).toMatch(
      /: revoked returned since [\d :-]{16}, last heard [\d :-]{16}, users u_[0-9a-f]{16}; 1 frames put aside$/,
    );
    expect(await dotsAt(writer)).toEqual([1, 2]);

    expect(await command('quarantine', 'release', device.id)).toEqual({
      code: 0,
      lines: ['1 frames taken in, 0 kept back.'],
    });
    expect(await dotsAt(writer)).toEqual([1, 2, 3, 4, 5]);
    // It stays what it is, and hears that its work arrived.
    const asked = { w: toHex(writer.w), n: 5, h: headOf(writer) };
    expect(await device.hello({ writers: [asked] })).toMatchObject({
      device: 'revoked',
      writers: [{ n: 5, at: 5, h: headOf(writer) }],
    });
    expect(await command('quarantine')).toMatchObject({ lines: ['Nothing was put aside.'] });
    expect(await command('quarantine', 'release', device.id)).toMatchObject({ code: 1 });
  });

  it('that brings what its user may not write has that held by itself', async () => {
    const device = await enrolled(endpoint, { role: 'interviewer' });
    const writer = device.writer('finance');
    device.edit(writer, { t: 'family', f: 'later', v: 7 });
    await command('revoke', device.id, 'stolen');
    await device.push(device.frameOf(writer));
    expect(await command('quarantine', 'release', device.id)).toMatchObject({
      lines: ['1 frames taken in, 0 kept back.', '1 operations of them wait for a person: see held.'],
    });
  });

  it('whose frames are not let in keeps them out, and they are not asked about again', async () => {
    const { device, writer } = await filled(2);
    await command('revoke', device.id, 'stolen');
    await device.push(device.frameOf(writer));
    expect(await command('quarantine', 'reject', device.id)).toMatchObject({
      lines: ['1 frames stay out for good. They are kept.'],
    });
    await device.push(device.frameOf(writer));
    expect(await command('quarantine')).toMatchObject({ lines: ['Nothing was put aside.'] });
    expect(await dotsAt(writer)).toEqual([]);
  });

  it('keeps back what follows on something that never came, and lets it in after it did', async () => {
    const { device, writer } = await filled(4);
    await command('revoke', device.id, 'returned');
    await device.push(device.frameOf(writer, 3, 4));
    expect((await command('quarantine', 'release', device.id)).lines[0]).toBe('0 frames taken in, 1 kept back.');
    await device.push(device.frameOf(writer, 1, 2));
    expect((await command('quarantine', 'release', device.id)).lines[0]).toBe('2 frames taken in, 0 kept back.');
    expect(await dotsAt(writer)).toEqual([1, 2, 3, 4]);
  });

  it('is let back by a person, and goes on where it was', async () => {
    const { device, writer } = await filled(2);
    await command('revoke', device.id, 'returned');
    expect(await command('readmit', device.id)).toEqual({
      code: 0,
      lines: [`${device.id} may read and write again.`],
    });
    expect(await device.hello()).toMatchObject({ device: 'active', reason: null });
    expect(await device.push(device.frameOf(writer))).toMatchObject({ ack: { n: 2 } });
  });
});

describe('other standings', () => {
  it('deposit-only sends as before and gets nothing', async () => {
    const { device, writer } = await filled(2);
    await command('deposit-only', device.id);
    expect(await device.push(device.frameOf(writer))).toMatchObject({ ack: { n: 2 } });
    expect(await device.page(site, 'core')).toMatchObject({ err: 'REVOKED' });
    expect(await dotsAt(writer)).toEqual([1, 2]);
  });

  it('wipe names its reason, and what comes before it is put aside', async () => {
    const { device, writer } = await filled(1);
    expect(await command('wipe', device.id, 'returned')).toEqual({
      code: 0,
      lines: [
        `${device.id} is emptied at its next contact.`,
        'First somebody has to unlock it and its unsent work is put aside here: see quarantine.',
      ],
    });
    expect(await device.hello()).toMatchObject({ device: 'wipe', reason: 'returned' });
    expect(await device.push(device.frameOf(writer))).toMatchObject({ err: 'REVOKED', deposit: 'quarantine' });
    expect((await command('wipe', device.id, 'stolen')).lines[1]).toBe('Work that it did not send is lost with it.');
  });

  it('of a laptop that nobody knows is said', async () => {
    expect(await command('revoke', 'd_0000000000000000', 'stolen')).toEqual({
      code: 1,
      lines: ['There is no laptop d_0000000000000000. See devices.'],
    });
  });
});

describe('a copied laptop', () => {
  it('stands in the list with its other life, and that is never let in over the first', async () => {
    const { device, writer } = await filled(3);
    await device.push(device.frameOf(writer));
    const twin: Writer = { ...writer, ops: writer.ops.slice(0, 2) };
    device.fill(twin, 1, site);
    expect(await device.push(device.frameOf(twin))).toMatchObject({ err: 'FORK' });
    expect((await command('quarantine')).lines.join()).toMatch(`${device.id} (0000)`);
    expect((await command('quarantine', 'release', device.id)).lines[0]).toBe('0 frames taken in, 1 kept back.');
    expect((await command('quarantine', 'reject', device.id)).lines[0]).toBe(
      '1 frames stay out for good. They are kept.',
    );
  });
});

describe('what a person did not let through', () => {
  it('stays out, is no longer asked about, and its laptop is told', async () => {
    const device = await enrolled(endpoint, { role: 'interviewer' });
    const writer = device.writer('finance');
    const first = device.edit(writer, { t: 'family', f: 'later', v: 7 });
    device.edit(writer, { t: 'family', f: 'later', v: 8 });
    await device.push(device.frameOf(writer));
    const waits = (n: number, state: string) => ({ w: toHex(writer.w), n, why: 'rights', state });
    expect((await device.hello()).waiting).toEqual([waits(2, 'held'), waits(1, 'held')]);

    const record = `family/${toHex(first.id).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
    expect((await command('held', device.user)).lines).toContain(`${record}/later: rights`);
    expect(await command('reject', device.user, 'person/12')).toMatchObject({ code: 1 });
    expect(await command('reject', device.user)).toEqual({
      code: 0,
      lines: ['2 stay out. They are kept, and the laptop they come from is told.'],
    });
    expect((await device.hello()).waiting).toEqual([waits(2, 'rejected'), waits(1, 'rejected')]);
    expect((await device.hello()).rejected).toEqual([{ w: toHex(writer.w), from: 1, to: 2 }]);
    expect(await colleague.hello()).not.toHaveProperty('rejected');
    expect(await command('release', device.user)).toMatchObject({
      code: 1,
      lines: [`Nothing of ${device.user} waits.`],
    });
    expect((await command('held')).lines.join()).not.toContain(device.user);
    // Sent again it is what it was: kept and confirmed, in no feed.
    expect(await device.push(device.frameOf(writer))).toMatchObject({ ack: { n: 2 }, held: [{ n: 1 }, { n: 2 }] });
    expect((await colleague.feed('shared', 'finance')).length).toBe(0);
  });
});

describe('a database that lost everything', () => {
  it('knows from the journal who was revoked, what was put aside and what was decided', async () => {
    const { device: returned, writer } = await filled(3);
    await command('wipe', returned.id, 'returned');
    await returned.push(returned.frameOf(writer, 1, 2));
    await command('quarantine', 'release', returned.id);
    await returned.push(returned.frameOf(writer, 3, 3));
    const { device: out, writer: kept } = await filled(1);
    await command('revoke', out.id, 'stolen');
    await out.push(out.frameOf(kept));
    await command('quarantine', 'reject', out.id);
    const before = { devices: await command('devices'), feed: await colleague.feed(site, 'core') };

    await loseDatabase();
    returned.endpoint = endpoint;
    expect(await returned.hello()).toMatchObject({ device: 'wipe', reason: 'returned' });
    const standing = ({ lines }: { lines: readonly string[] }) =>
      lines.map((line) => line.replace(/ since [\d :-]{16}/, '').replace(/not heard yet|last heard [\d :-]{16}/, ''));
    expect(standing(await command('devices'))).toEqual(standing(before.devices));
    expect(await colleague.feed(site, 'core')).toEqual(before.feed);
    expect((await command('held')).lines).toHaveLength(1);
    // The last deposit of a laptop that was emptied since: nobody else has it.
    expect(await command('quarantine', 'release', returned.id)).toMatchObject({
      lines: ['1 frames taken in, 0 kept back.'],
    });
    expect(await dotsAt(writer)).toEqual([1, 2, 3]);
  });

  it('and that was asked while nothing ran does it at its start', async () => {
    const { device } = await filled(1);
    await endpoint.stop();
    expect((await command('revoke', device.id, 'stolen')).lines.at(-1)).toBe(
      'Noted: it counts from the next start of the endpoint.',
    );
    endpoint = await startEndpoint({ data: folder.path });
    colleague.endpoint = device.endpoint = endpoint;
    expect(await device.hello()).toMatchObject({ device: 'revoked', reason: 'stolen' });
  });
});

it('an erasure takes its values out of what was put aside, in the journal as well', async () => {
  const canary = `Vertrouwelijk-${toHex(newRecord().id)}`;
  const device = await enrolled(endpoint);
  const writer = device.writer('core');
  const { id: family, text: id } = newRecord();
  device.edit(writer, { t: 'family', f: 'placement', v: { site }, id: family });
  device.edit(writer, { t: 'family', f: 'label', v: canary, id: family });
  await device.push(device.frameOf(writer, 1, 1));
  await command('revoke', device.id, 'returned');
  await device.push(device.frameOf(writer, 2, 2));
  expect(await command('erase', `family/${id}`, 'test')).toMatchObject({ code: 0 });
  const admin = new pg.Client({ connectionString: await adminUrlOf(endpoint, folder.path) });
  await admin.connect();
  const { rows } = await admin.query<{ bytes: Buffer }>('SELECT bytes FROM quarantine WHERE device = $1', [device.id]);
  await admin.end();
  expect(rows.map(({ bytes }) => valuesIn(bytes))).toEqual([[undefined]]);
  await loseDatabase();
  expect(await command('quarantine', 'release', device.id)).toMatchObject({ code: 0 });
  const values = (await colleague.feed(site, 'core')).flatMap((entry) => (entry.kind === 'op' ? [entry.op.v] : []));
  expect(values).not.toContain(canary);
});
