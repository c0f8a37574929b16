import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { sealTools, sha256 } from '../../../electron/node-crypto.ts';
import { exportCasebox, importCasebox } from '../../../endpoint/casebox-command.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { decodeCasebox, encodeCasebox, partAad } from '../../../shared/sync/casebox.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import { sealFor } from '../../../shared/vault/sealed-box.ts';
import { aResident, creating } from '../../fakes/device.ts';
import { aChange, writerBytes } from '../../unit/sync/sync-fixtures.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { adminUrlOf } from '../endpoint/test-device.ts';
import { aStickLaptop } from './stick-laptop.ts';

const own = await ownEndpoint();

type Laptop = Awaited<ReturnType<typeof aStickLaptop>>;
let seeds = 0;
const aLaptop = () => aStickLaptop(own.endpoint, (seeds += 1));
const addResident = async ({ device }: Laptop, family: string) => {
  const ref = device.newRef('resident');
  await device.save(creating(ref, { ...aResident(family), bsn: '111222333' }));
  return ref;
};
/** What a person does at the endpoint; the answer lies beside the file. */
async function carry(file: string): Promise<string> {
  const taken = await own.endpoint.casebox.take(readFileSync(file));
  if (!taken.ok) throw new Error(`not taken: ${taken.error.type}`);
  const answer = `${file}.answer`;
  writeFileSync(answer, taken.value.answer);
  return answer;
}
const decoded = (file: string) => {
  const read = decodeCasebox(readFileSync(file), sha256);
  if (!read.ok) throw new Error(read.error.type);
  return read.value;
};

describe('without a network', () => {
  it('gives the same as by the network, and then by the network nothing twice', async () => {
    const [away, near] = [await aLaptop(), await aLaptop()];
    const theirs = await addResident(near, 'Melnyk');
    expect((await near.sync()).ok).toBe(true);
    const ours = await addResident(away, 'Kanarienaam');
    expect(unsentCount(away.device.vault)).toBe(5);

    const file = await away.write();
    expect(path.basename(file)).toMatch(/^\d{8}-d_[0-9a-f]{16}-1\.casebox$/);
    // Carried, not sent: only an answer says so.
    expect(unsentCount(away.device.vault)).toBe(5);
    const read = await away.read(await carry(file));
    expect(read).toMatchObject({ ok: true, value: { confirmed: 5, held: 0, waiting: 0, status: 'active' } });
    expect(unsentCount(away.device.vault)).toBe(0);
    expect(await away.device.valuesIn(theirs)).toMatchObject({ name: { family: 'Melnyk' }, bsn: '111222333' });

    expect(await near.sync()).toMatchObject({ ok: true });
    expect(await near.device.valuesIn(ours)).toEqual(await away.device.valuesIn(ours));
    expect(away.feeds()).toEqual(near.feeds());
    expect(away.feeds().length).toBeGreaterThan(1);

    const opsBefore = (await away.device.opsIn(theirs)).length;
    expect(await away.sync()).toMatchObject({ ok: true, value: { sent: 0, received: 0 } });
    expect((await away.device.opsIn(theirs)).length).toBe(opsBefore);
    expect(away.feeds()).toEqual(near.feeds());
  });

  it('shows nothing of a person to who finds the stick, nor in names and logs', async () => {
    const laptop = await aLaptop();
    await addResident(laptop, 'Kanarienaam');
    const file = await laptop.write();
    const answer = await carry(file);
    await laptop.read(answer);
    const files = [file, answer];
    for (const folder of [path.join(laptop.userData, 'log'), path.join(laptop.userData, 'casebox')])
      for (const name of readdirSync(folder)) files.push(path.join(folder, name));
    for (const one of files)
      for (const text of ['Kanarie', '111222333', 'family', 'Gebruikersnaam'])
        expect(readFileSync(one).includes(text) || path.basename(one).includes(text)).toBe(false);
  });

  it('takes files in any order, twice and late, each once', async () => {
    const [away, near] = [await aLaptop(), await aLaptop()];
    await addResident(away, 'Eerste');
    const first = await away.write();
    await addResident(away, 'Tweede');
    const second = await away.write();
    // The second holds all of the first: at the endpoint the first then changes nothing.
    const late = await carry(second);
    await addResident(near, 'Derde');
    await near.sync();
    const early = await carry(first);
    await carry(first);
    expect(await away.read(early)).toMatchObject({ ok: true, value: { confirmed: 5 } });
    const after = away.feeds();
    // The older answer knows of more of our own, and of less of the others.
    expect(await away.read(late)).toMatchObject({ ok: true, value: { confirmed: 5, received: 0, waiting: 0 } });
    expect(unsentCount(away.device.vault)).toBe(0);
    for (const answer of [early, late]) {
      expect(await away.read(answer)).toMatchObject({ ok: true, value: { confirmed: 0, received: 0, waiting: 0 } });
      expect(away.feeds()).toEqual(after);
      expect(unsentCount(away.device.vault)).toBe(0);
    }
    expect(await away.sync()).toMatchObject({ ok: true, value: { sent: 0 } });
    await near.sync();
    expect(away.feeds()).toEqual(near.feeds());
  });

  it('keeps an answer that follows on a missing one, also over a new start, and takes it in once that one came', async () => {
    const [away, near] = [await aLaptop(), await aLaptop()];
    await addResident(near, 'Eerst');
    await near.sync();
    const first = await carry(await away.write());
    const { feeds } = away.device.vault.memory.known;
    await away.read(first);
    await addResident(near, 'Later');
    await near.sync();
    const second = await carry(await away.write());
    // The store of before the first answer is put back.
    away.device.vault.memory.known = { ...away.device.vault.memory.known, feeds };
    expect(await away.read(second)).toMatchObject({ ok: true, value: { received: 0, waiting: 1 } });
    expect(await away.main.host['casebox:status']()).toMatchObject({ waiting: 1 });
    expect(await away.read(first)).toMatchObject({ ok: true, value: { waiting: 0 } });
    expect(away.feeds()).toEqual(near.feeds());
    expect(await away.main.host['casebox:status']()).toMatchObject({ waiting: 0 });
  });

  it('parks at the endpoint what follows on something that never came, until it comes', async () => {
    const laptop = await aLaptop();
    const user = laptop.device.vault.user.id;
    const w = writerBytes(77);
    const ops = [1, 2, 3].map((n) => aChange({ w, n, u: user }));
    const fileOf = async (from: number, to: number): Promise<string> => {
      const prev = Uint8Array.from(chainAfter(chainStart(w, sha256), ops.slice(0, from - 1), sha256));
      const written = await laptop.main.host['casebox:export']({
        ...{ writers: [], feeds: [], vaultCounter: 1 },
        batches: [{ user, c: 'core', prev, ops: ops.slice(from - 1, to) }],
      });
      expect(written).toEqual({ saved: to - from + 1, left: 0 });
      return path.join(laptop.stick, laptop.chosen.suggested);
    };
    const [later, sooner] = [await fileOf(3, 3), await fileOf(1, 2)];
    const parked = path.join(own.data, 'casebox', 'parked');
    for (let time = 0; time < 2; time++) {
      const taken = await own.endpoint.casebox.take(readFileSync(later));
      expect(taken).toMatchObject({ ok: true, value: { frames: { taken: 0, parked: 1 } } });
      expect(readdirSync(parked)).toHaveLength(1);
    }
    expect(await own.endpoint.casebox.take(readFileSync(sooner))).toMatchObject({
      value: { frames: { taken: 1, parked: 0 } },
    });
    expect(readdirSync(parked)).toEqual([]);
    const h = Uint8Array.from(chainAfter(chainStart(w, sha256), ops, sha256));
    const known = { w: Uint8Array.from(w), n: 3, h };
    const hello = await laptop.main.host['sync:hello']({ writers: [known], feeds: [], vaultCounter: 1, seen: [] });
    expect(hello).toMatchObject({ writers: [{ n: 3, at: 3 }] });
  });

  it('gives an answer without a new file, from the last one that came', async () => {
    const [away, near] = [await aLaptop(), await aLaptop()];
    expect(await own.endpoint.casebox.answerFor(away.id)).toEqual({ ok: false, error: { type: 'never-asked' } });
    await carry(await away.write());
    const ref = await addResident(near, 'Nieuw');
    await near.sync();
    const made = await own.endpoint.casebox.answerFor(away.id);
    if (!made.ok) return expect.fail(made.error.type);
    const answer = path.join(away.stick, 'answer.casebox');
    writeFileSync(answer, made.value);
    expect(await away.read(answer)).toMatchObject({ ok: true, value: { waiting: 0 } });
    expect(await away.device.valuesIn(ref)).toMatchObject({ name: { family: 'Nieuw' } });
  });
});

describe('the command', () => {
  it('hands a file to the endpoint that runs, and puts the answer beside it', async () => {
    const laptop = await aLaptop();
    await addResident(laptop, 'Opdracht');
    const file = await laptop.write();
    const said: string[] = [];
    const given = { data: own.data, say: (line: string) => void said.push(line) };
    await importCasebox(given, file);
    expect(said.join()).toContain(`${laptop.id}: 5 operations`);
    const answer = readdirSync(laptop.stick).find((name) => name.endsWith('-answer.casebox')) ?? '';
    expect(await laptop.read(path.join(laptop.stick, answer))).toMatchObject({ value: { confirmed: 5 } });
    await exportCasebox(given, laptop.id, path.join(laptop.stick, 'again.casebox'));
    expect(await laptop.read(path.join(laptop.stick, 'again.casebox'))).toMatchObject({ value: { confirmed: 0 } });
    writeFileSync(file, readFileSync(file).subarray(0, -3));
    await expect(importCasebox(given, file)).rejects.toThrow('damaged');
    await expect(importCasebox(given, `${file}.none`)).rejects.toThrow('no file');
    await expect(exportCasebox(given, 'd_0000000000000000', file)).rejects.toThrow('No laptop');
    expect(readdirSync(path.join(own.data, 'casebox', 'asked'))).toEqual([]);
  });
});

describe('what is not taken in', () => {
  const reason = async (laptop: Laptop, file: string) => {
    const read = await laptop.read(file);
    return read.ok ? 'taken' : read.error.type;
  };
  it('says what is wrong with a stick, and changes nothing', async () => {
    const [laptop, other] = [await aLaptop(), await aLaptop()];
    await addResident(laptop, 'Eigen');
    const file = await laptop.write();
    const answer = await carry(file);
    const bytes = readFileSync(answer);
    const { head, parts } = decoded(answer);
    const put = (name: string, content: Uint8Array) => {
      const target = path.join(laptop.stick, name);
      writeFileSync(target, content);
      return target;
    };
    const elsewhere = { ...head, endpoint: 'A'.repeat(43) };
    expect(await reason(laptop, put('a', encodeCasebox({ head: elsewhere, parts }, sha256)))).toBe(
      'other-municipality',
    );
    expect(await reason(other, answer)).toBe('other-laptop');
    expect(await reason(laptop, file)).toBe('own-file');
    expect(await reason(laptop, put('b', toUtf8('een brief')))).toBe('foreign');
    expect(await reason(laptop, put('c', new Uint8Array(0)))).toBe('foreign');
    expect(await reason(laptop, put('d', toUtf8('CSX2 of a later time')))).toBe('newer');
    expect(await reason(laptop, path.join(laptop.stick, 'taken-away'))).toBe('unplugged');
    for (const cut of [10, bytes.length - 40, bytes.length - 1])
      expect(await reason(laptop, put('e', bytes.subarray(0, cut)))).toBe('damaged');
    for (const at of [8, 200, bytes.length >> 1, bytes.length - 1]) {
      const flipped = Uint8Array.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(await reason(laptop, put('f', flipped))).toBe('damaged');
    }
    // Parts that changed places open nowhere.
    const swapped = { head, parts: [...parts.slice(0, -2), parts.at(-1), parts.at(-2)].flatMap((part) => part ?? []) };
    expect(await reason(laptop, put('g', encodeCasebox(swapped, sha256)))).toBe('damaged');
    expect(unsentCount(laptop.device.vault)).toBe(5);
    expect(await reason(laptop, answer)).toBe('taken');
    expect(unsentCount(laptop.device.vault)).toBe(0);
  });

  it('is refused at the endpoint too, in the same order', async () => {
    const [laptop, other] = [await aLaptop(), await aLaptop()];
    const file = await laptop.write();
    const bytes = readFileSync(file);
    const { head, parts } = decoded(file);
    const take = async (content: Uint8Array) => {
      const taken = await own.endpoint.casebox.take(content);
      return taken.ok ? 'taken' : taken.error.type;
    };
    expect(await take(toUtf8('niets'))).toBe('foreign');
    expect(await take(bytes.subarray(0, -5))).toBe('damaged');
    expect(await take(encodeCasebox({ head: { ...head, endpoint: 'B'.repeat(43) }, parts }, sha256))).toBe(
      'other-endpoint',
    );
    expect(await take(encodeCasebox({ head: { ...head, device: other.id }, parts }, sha256))).toBe('other-endpoint');
    expect(await take(readFileSync(await carry(file)))).toBe('answer');
    // Sealed properly by somebody who has no key of the laptop.
    const settings = JSON.parse(readFileSync(path.join(laptop.userData, 'settings.json'), 'utf8')) as {
      endpoint: { boxKey: string };
    };
    const forged = toUtf8(
      JSON.stringify({
        ...{
          proto: 1,
          device: laptop.id,
          app: '0.1.0',
          schema: 1,
          nonce: '0'.repeat(32),
          vaultCounter: 1,
          epoch: null,
        },
        ...{
          clock: { wall: 1, cq: 0 },
          writers: [],
          feeds: [],
          seen: [],
          user: laptop.device.vault.user.id,
          sent: 0,
          keys: {},
        },
        sig: Buffer.alloc(64).toString('base64url'),
      }),
    );
    const unsealed = { ...head, seals: ['endpoint' as const] };
    const part = sealFor(Buffer.from(settings.endpoint.boxKey, 'base64url'), partAad(unsealed, 0), forged, sealTools);
    expect(await take(encodeCasebox({ head: unsealed, parts: [part ?? new Uint8Array(0)] }, sha256))).toBe(
      'not-signed',
    );
    // It says that it is for another endpoint, and this one could open it.
    const elsewhere = { ...unsealed, endpoint: 'B'.repeat(43) };
    const opens = sealFor(Buffer.from(settings.endpoint.boxKey, 'base64url'), partAad(elsewhere, 0), forged, sealTools);
    expect(await take(encodeCasebox({ head: elsewhere, parts: [opens ?? new Uint8Array(0)] }, sha256))).toBe(
      'other-endpoint',
    );
    expect(toHex(sha256(readFileSync(file)))).toBe(toHex(sha256(bytes)));
    expect(await take(bytes)).toBe('taken');
  });

  it('puts aside what a laptop brings that may not write any more, and answers so', async () => {
    const laptop = await aLaptop();
    await addResident(laptop, 'Gestolen');
    const admin = new pg.Client({ connectionString: await adminUrlOf(own.endpoint, own.data) });
    await admin.connect();
    await admin.query(`UPDATE device SET status = 'revoked', reason = 'stolen' WHERE id = $1`, [laptop.id]);
    const answer = await carry(await laptop.write());
    const kept = await admin.query('SELECT why FROM quarantine WHERE device = $1', [laptop.id]);
    await admin.end();
    expect(kept.rows.length).toBeGreaterThan(0);
    expect(decoded(answer).parts).toHaveLength(1);
    const read = await laptop.read(answer);
    expect(read).toMatchObject({ value: { status: 'revoked', quarantined: kept.rows.length, confirmed: 0 } });
    expect(unsentCount(laptop.device.vault)).toBe(5);
  });

  it('leaves no part of a file on a stick that is gone or may not be written', async () => {
    const laptop = await aLaptop();
    await addResident(laptop, 'Eigen');
    laptop.chosen.target = path.join(laptop.stick, 'pulled-out', 'a.casebox');
    await expect(laptop.write()).rejects.toThrow('unplugged');
    laptop.chosen.target = '/proc/a.casebox';
    await expect(laptop.write()).rejects.toThrow(/unplugged|read-only/);
    expect(readdirSync(laptop.stick)).toEqual([]);
    expect(await laptop.main.host['casebox:status']()).toMatchObject({ exportedMs: null });
    laptop.chosen.target = undefined;
    await laptop.write();
    await laptop.write();
    expect(readdirSync(laptop.stick)).toHaveLength(2);
    expect(await laptop.main.host['casebox:status']()).toMatchObject({ exportedOps: 5 });
  });
});
