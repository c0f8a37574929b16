import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAuditBox } from '../../../electron/audit-chain.ts';
import { readDeviceSecret } from '../../../electron/device-secret.ts';
import type { OpenHost } from '../../../electron/host.ts';
import { deriveKey, fromBase64, isSignedBy, sha256 } from '../../../electron/node-crypto.ts';
import { hkdfInfo } from '../../../shared/vault/box.ts';
import { emptyAuditHead, followAudit, type SignedAudit } from '../../../shared/vault/audit-entry.ts';
import { enrol, noKeyring, someOps, startHost, temporaryFolder, unlock } from './main-fixtures.ts';

type Row = { readonly seq: number; readonly box: Uint8Array<ArrayBuffer> };
const view = (id: string) => ({ action: 'view', kind: 'resident', id, purpose: null });
const commit = (device: OpenHost, row: Row) =>
  device.host['journal:append']({ ops: someOps(3, 1, 0), audit: row, locals: [], store: 's', opCount: 0 });

async function views(device: OpenHost, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let index = 0; index < count; index++) {
    const row = await device.host['audit:prepare'](view(`record-${index}`));
    expect(await commit(device, row)).toBe('fsynced');
    rows.push(row);
  }
  return rows;
}

/** Opens rows with the device secret, as an auditor with the laptop would. */
async function openRows(userData: string, device: string, rows: readonly Row[]): Promise<SignedAudit[]> {
  const secret = await readDeviceSecret(userData, noKeyring);
  if (!secret.ok) throw new Error(secret.error.type);
  const key = deriveKey(secret.value.secret, hkdfInfo.auditLog);
  return rows.map(({ seq, box }) => openAuditBox(box, seq, device, key) ?? expect.fail(`row ${seq} does not open`));
}

function follow(userData: string, user: string, entries: readonly SignedAudit[]) {
  const slot = JSON.parse(readFileSync(path.join(userData, 'slots', `${user}.json`), 'utf8')) as {
    ak: { pub: string };
  };
  const isSigned = (_: string, hash: Uint8Array, signature: Uint8Array) =>
    isSignedBy(fromBase64(slot.ak.pub), hash, signature);
  return followAudit(emptyAuditHead, entries, { sha256, isSigned });
}

describe('the audit chain', () => {
  it('numbers what was committed, once, and goes on after a restart', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const { user } = await enrol(device);
    const dropped = await device.host['audit:prepare'](view('never committed'));
    const rows = await views(device, 2);
    expect([dropped.seq, ...rows.map(({ seq }) => seq)]).toEqual([1, 1, 2]);
    // A kill here: neither lock nor quit wrote the head down.
    const again = await startHost(userData);
    await unlock(again, user);
    const third = await again.host['audit:prepare'](view('after'));
    expect(third.seq).toBe(3);
    const entries = await openRows(userData, (await again.host['sync:status']()).device, [...rows, third]);
    expect(follow(userData, user, entries)).toMatchObject({ ok: true, value: { seq: 3 } });
    expect(entries[1]?.entry).toMatchObject({
      userId: user,
      role: 'lead',
      action: 'view',
      objectId: 'record-1',
      clockSuspect: false,
    });
  });

  it('takes a row that the store has and the journal missed, and only if it follows', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const { user } = await enrol(device);
    await views(device, 1);
    const missed = await device.host['audit:prepare'](view('missed'));
    const again = await startHost(userData);
    await unlock(again, user);
    const other = await again.host['audit:prepare'](view('other'));
    expect(await commit(again, missed)).toBe('fsynced');
    expect(await commit(again, missed)).toBe('fsynced');
    expect((await again.host['audit:prepare'](view('next'))).seq).toBe(3);
    const changed = Uint8Array.from((await again.host['audit:prepare'](view('x'))).box);
    changed[30] = (changed[30] ?? 0) ^ 1;
    expect(await commit(again, { seq: 3, box: changed })).toBe('failed');
    expect(await commit(again, { seq: 4, box: other.box })).toBe('failed');
  });

  it('says how many unlocks were refused before', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const { user, device: id } = await enrol(device);
    await device.forget();
    await unlock(device, user, 2);
    await unlock(device, user, 2);
    await unlock(device, user);
    const [first, second] = await openRows(userData, id, await views(device, 2));
    expect([first?.entry.failedUnlocks, second?.entry.failedUnlocks]).toEqual([2, 0]);
  });

  it('is not written while nobody is unlocked', async () => {
    const device = await startHost(temporaryFolder());
    await enrol(device);
    await device.forget();
    await expect(device.host['audit:prepare'](view('x'))).rejects.toThrow();
  });

  it('shows neither who nor what on disk', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const { user } = await enrol(device);
    await views(device, 3);
    await device.forget();
    for (const name of readdirSync(path.join(userData, 'journal'))) {
      const bytes = readFileSync(path.join(userData, 'journal', name));
      for (const text of ['view', 'resident', 'record-1', user]) expect(bytes.includes(text)).toBe(false);
    }
  });

  it('breaks where an entry is deleted, changed, moved or added', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const { user, device: id } = await enrol(device);
    const entries = await openRows(userData, id, await views(device, 4));
    const [one, two, three, four] = entries;
    if (!one || !two || !three || !four) throw new Error('four entries');
    const broken = (seq: number, why: string) => ({ ok: false, error: { type: 'audit-broken', seq, why } });
    const edited = { ...two, entry: { ...two.entry, objectId: 'somebody else' } };
    expect(follow(userData, user, [one, three, four])).toMatchObject(broken(3, 'gap'));
    expect(follow(userData, user, [one, { ...three, entry: { ...three.entry, seq: 2 } }])).toMatchObject(
      broken(2, 'chain'),
    );
    expect(follow(userData, user, [one, edited, three, four])).toMatchObject(broken(2, 'signature'));
    expect(follow(userData, user, [one, three, two, four])).toMatchObject(broken(3, 'gap'));
    expect(follow(userData, user, [one, two, two, three])).toMatchObject(broken(2, 'gap'));
    expect(follow(userData, user, [one, two, three, { ...four, sig: one.sig }])).toMatchObject(broken(4, 'signature'));
    expect(follow(userData, user, entries)).toMatchObject({ ok: true, value: { seq: 4 } });
  });
});
