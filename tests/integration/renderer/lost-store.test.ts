import 'fake-indexeddb/auto';
import { readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeDatabase, recordTable, type Database } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { makeWebCryptoCipher } from '../../../renderer/adapters/webcrypto-cipher.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { reconcile } from '../../../renderer/use-cases/recover-store.ts';
import { repairRows } from '../../../renderer/use-cases/repair-rows.ts';
import { encodeCanonical } from '../../../shared/sync/canonical.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { enrol, startHost, temporaryFolder, type Opened } from '../main/main-fixtures.ts';

const canary = 'kanarie die nergens heen gaat';
const localField = 'otherText.language';

let names = 0;
/** A store of its own, as a browser makes one after the old one is gone. */
function freshStore() {
  names += 1;
  const database = makeDatabase(`lost-${names}`);
  onTestFinished(() => database.delete());
  return { database, store: makeDexieRecordStore(database, `store-${names}`) };
}

/** A laptop with the real journal, chain of entries and ciphers, in a folder of its own. */
async function aLaptop() {
  const userData = temporaryFolder();
  const main = await startHost(userData);
  const opened: Opened = await enrol(main);
  const cipher = () => makeWebCryptoCipher(structuredClone(opened));
  const { database, store } = freshStore();
  const laptop = await aDevice({ store, cipher: await cipher(), host: main.host });
  return {
    main,
    laptop,
    database,
    userData,
    /** Unlocks on this store, as the start of the app does. */
    reopen: async (on = store, host = main.host) => {
      laptop.told.length = 0;
      const report = await laptop.restart(on, await cipher(), host);
      const recovered = await reconcile(laptop.vault, host);
      const damaged = report.unreadable.flatMap((ref) => ref ?? []);
      await laptop.vault.queue.run(() => repairRows(laptop.vault, damaged));
      return recovered;
    },
  };
}

async function makeInterview(laptop: Device): Promise<{ resident: RecordRef; interview: RecordRef }> {
  const [resident, interview] = [laptop.newRef('resident'), laptop.newRef('returnIntake')];
  await laptop.save(creating(resident, { ...aResident('Kovalenko'), bsn: '111222333' }));
  const saved = await laptop.save(
    creating(interview, {
      placement: { site: null },
      about: { residents: [resident.id], startedOn: '2026-11-24' },
      questionnaire: { id: 'return-intake', version: 1 },
      'answer.language': 'uk',
      [localField]: canary,
    }),
  );
  if (!saved.ok) throw new Error(`not saved: ${JSON.stringify(saved.error)}`);
  return { resident, interview };
}

const segment = (userData: string) => {
  const folder = path.join(userData, 'journal');
  return path.join(folder, readdirSync(folder).sort().at(-1) ?? '');
};

async function changeLocal(laptop: Device, interview: RecordRef, value: Value): Promise<void> {
  const saved = await laptop.save({
    records: [{ ref: interview, edits: [{ field: localField, value, base: [] }] }],
    action: 'edit',
    purpose: null,
  });
  expect(saved.ok).toBe(true);
}

async function damage(database: Database, { kind, id }: RecordRef, compartment: string): Promise<void> {
  await recordTable(database, kind)
    .where('id')
    .equals(id)
    .modify((row) => {
      const box = row.boxes[compartment];
      if (box !== undefined) box[40] = (box[40] ?? 0) ^ 1;
    });
}

describe('a store that is lost', () => {
  it('comes back whole from the journal, with the answers that never leave the laptop', async () => {
    const { laptop, reopen } = await aLaptop();
    const { resident, interview } = await makeInterview(laptop);
    await changeLocal(laptop, interview, `${canary} 2`);
    const before = await Promise.all([resident, interview].map((ref) => laptop.valuesIn(ref)));
    const ops = unsentCount(laptop.vault);
    expect(before[1]).toMatchObject({ [localField]: `${canary} 2` });

    const { store } = freshStore();
    expect(await reopen(store)).toMatchObject({ ok: true, value: { restored: ops, left: 0, locals: 1 } });
    expect(await Promise.all([resident, interview].map((ref) => laptop.valuesIn(ref)))).toEqual(before);
    expect(laptop.told).toEqual([{ type: 'restored', ops, locals: 1 }]);
    expect(unsentCount(laptop.vault)).toBe(ops);

    // The next edition follows the one that came back: the older one must not win over it another time.
    await changeLocal(laptop, interview, `${canary} 3`);
    expect(await reopen(freshStore().store)).toMatchObject({ ok: true, value: { locals: 1 } });
    expect(await laptop.valuesIn(interview)).toMatchObject({ [localField]: `${canary} 3` });
    expect(await reopen(laptop.vault.store)).toMatchObject({ ok: true, value: { restored: 0, locals: 0 } });
    expect(laptop.told).toEqual([]);
  });

  it('has the local answers also when the segment they were first written in is gone', async () => {
    const { laptop, main, userData, reopen } = await aLaptop();
    const { interview } = await makeInterview(laptop);
    // Fills the segment: the next one begins with what there is of local values.
    const filler = Array.from({ length: 6 }, (_, at) => ({
      w: new Uint8Array(8).fill(7),
      n: at + 1,
      c: 'core' as const,
      box: new Uint8Array(1_000_000).fill(at),
    }));
    for (const op of filler)
      await main.host['journal:append']({ ops: [op], audit: null, locals: [], store: 's', opCount: 0 });
    expect(readdirSync(path.join(userData, 'journal'))).toHaveLength(2);
    await main.forget();
    rmSync(path.join(userData, 'journal', '00000001.seg'));
    const again = await startHost(userData);
    expect(await reopen(freshStore().store, again.host)).toMatchObject({ ok: true, value: { locals: 1 } });
    expect(await laptop.valuesIn(interview)).toEqual({ [localField]: canary });
  });

  it('that is an older copy gets what it lost, also an answer without an operation', async () => {
    const { laptop, database, reopen } = await aLaptop();
    const { interview } = await makeInterview(laptop);
    const old = await Promise.all(database.tables.map(async (table) => [table.name, await table.toArray()] as const));
    await changeLocal(laptop, interview, null);
    await changeLocal(laptop, interview, 'later');
    for (const [name, rows] of old) {
      await database.table(name).clear();
      await database.table(name).bulkAdd(rows as object[]);
    }
    expect(await laptop.valuesIn(interview)).toMatchObject({ [localField]: canary });
    expect(await reopen(makeDexieRecordStore(database, 'store-old'))).toMatchObject({ ok: true, value: { locals: 1 } });
    expect(await laptop.valuesIn(interview)).toMatchObject({ [localField]: 'later' });
  });

  it('is told of when the journal is gone as well, and is not a first start', async () => {
    const { laptop, main, userData, reopen } = await aLaptop();
    await makeInterview(laptop);
    const ops = unsentCount(laptop.vault);
    await main.forget();
    rmSync(path.join(userData, 'journal'), { recursive: true });
    const again = await startHost(userData);
    await reopen(freshStore().store, again.host);
    expect(laptop.told).toEqual([{ type: 'missing', ops }]);
  });

  it('that lost the line of a writer sends what this writer made', async () => {
    const { laptop, database, reopen } = await aLaptop();
    await makeInterview(laptop);
    const ops = unsentCount(laptop.vault);
    await database.writers.clear();
    await reopen(makeDexieRecordStore(database, 'store-w'));
    expect(unsentCount(laptop.vault)).toBe(ops);
    expect(await laptop.sync(memoryEndpoint().transport)).toMatchObject({ ok: true, value: { sent: ops } });
  });
});

describe('what never leaves this laptop', () => {
  it('is in no frame, not in clear in the journal, and in no operation', async () => {
    const { laptop, userData } = await aLaptop();
    const { interview } = await makeInterview(laptop);
    const endpoint = memoryEndpoint();
    const sent: Uint8Array[] = [];
    await laptop.sync({
      ...endpoint.transport,
      push: (batch) => {
        sent.push(encodeCanonical(JSON.parse(JSON.stringify(batch.ops)) as Value));
        sent.push(...batch.ops.map((op) => toUtf8(JSON.stringify(op))));
        return endpoint.transport.push(batch);
      },
    });
    expect(sent.length).toBeGreaterThan(8);
    for (const bytes of [...sent, readFileSync(segment(userData))]) {
      expect(Buffer.from(bytes).includes(canary)).toBe(false);
      expect(Buffer.from(bytes).includes('otherText')).toBe(false);
    }
    expect((await laptop.opsIn(interview)).some(({ f }) => f.startsWith('otherText'))).toBe(false);
    expect(await laptop.valuesIn(interview)).toMatchObject({ [localField]: canary });
  });
});

describe('a damaged row', () => {
  it.each(['core', 'health'])('with a broken %s box is made again, local answers included', async (compartment) => {
    const { laptop, database, reopen } = await aLaptop();
    const { resident, interview } = await makeInterview(laptop);
    const before = await laptop.valuesIn(interview);
    await damage(database, interview, compartment);
    await reopen();
    expect(laptop.told).toEqual([{ type: 'rebuilt', records: [interview] }]);
    expect(await laptop.valuesIn(interview)).toEqual(before);
    expect(await laptop.valuesIn(resident)).toMatchObject({ bsn: '111222333' });
    await reopen();
    expect(laptop.told).toEqual([]);
  });

  it('of a resident is made again when somebody opens it, with the fields of every compartment', async () => {
    const { laptop, database } = await aLaptop();
    const { resident } = await makeInterview(laptop);
    for (const compartment of ['core', 'bsn']) await damage(database, resident, compartment);
    const opened = await openRecord(laptop.vault, resident, null);
    expect(opened).toMatchObject({ ok: true, value: { values: { bsn: '111222333', birthDate: '1985-03-12' } } });
    expect(laptop.told).toEqual([{ type: 'rebuilt', records: [resident] }]);
  });

  it('with what a colleague wrote gets that from the feed, and blocks nothing meanwhile', async () => {
    const { laptop, database } = await aLaptop();
    const endpoint = memoryEndpoint();
    const colleague = await aDevice({ seed: 2 });
    const [damaged, other, later] = [
      colleague.newRef('family'),
      colleague.newRef('family'),
      colleague.newRef('family'),
    ];
    const family = (label: string) => ({ placement: { site: null }, label });
    await colleague.save(creating(damaged, family('A')));
    await colleague.save(creating(other, family('B')));
    await colleague.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    await damage(database, damaged, 'core');
    const opened = await openRecord(colleague.vault, damaged, null);
    if (!opened.ok) throw new Error('not open');
    const edit = { field: 'label', value: 'A2', base: opened.value.baseOf('label') };
    await colleague.save({ records: [{ ref: damaged, edits: [edit] }], action: 'edit', purpose: null });
    await colleague.save(creating(later, family('C')));
    await colleague.sync(endpoint.transport);
    for (let round = 0; round < 2; round++) expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
    expect(await laptop.valuesIn(damaged)).toMatchObject({ label: 'A2' });
    expect(await laptop.valuesIn(other)).toMatchObject({ label: 'B' });
    expect(await laptop.valuesIn(later)).toMatchObject({ label: 'C' });
  });

  it('that nothing is left of is named by its place, and the rest works', async () => {
    const { laptop, database, reopen } = await aLaptop();
    const endpoint = memoryEndpoint();
    const colleague = await aDevice({ seed: 2 });
    const ref = colleague.newRef('family');
    await colleague.save(creating(ref, { placement: { site: null }, label: 'A' }));
    await colleague.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    const { resident } = await makeInterview(laptop);
    await damage(database, ref, 'core');
    await reopen();
    expect(laptop.told).toEqual([{ type: 'lost', records: [ref] }]);
    expect(await openRecord(laptop.vault, resident, null)).toMatchObject({ ok: true });
    await laptop.sync(endpoint.transport);
    expect(await laptop.valuesIn(ref)).toMatchObject({ label: 'A' });
  });
});

describe('a damaged operation', () => {
  it('is sent all the same, from the journal or else from its record', async () => {
    const { laptop, database, main, userData } = await aLaptop();
    const { resident } = await makeInterview(laptop);
    const ops = unsentCount(laptop.vault);
    await database.ops.toCollection().modify((op) => {
      if (op.n === 1) op.box = op.box.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    });
    expect(await laptop.sync(memoryEndpoint().transport)).toMatchObject({ ok: true, value: { sent: ops } });
    expect(laptop.told.every(({ type }) => type === 'rebuilt')).toBe(true);

    await main.forget();
    rmSync(path.join(userData, 'journal'), { recursive: true });
    const bare = await startHost(userData);
    const again = await aDevice({ store: laptop.vault.store, cipher: laptop.vault.cipher, host: bare.host });
    await database.ops.toCollection().modify((op) => {
      if (op.n === 1) op.box = op.box.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    });
    expect(await again.sync(memoryEndpoint().transport)).toMatchObject({ ok: true, value: { sent: ops } });
    expect(await again.valuesIn(resident)).toMatchObject({ bsn: '111222333' });
  });
});

describe('a damaged journal beside a store that is whole', () => {
  it.each([
    ['a tail that was cut off', (file: string) => truncateSync(file, readFileSync(file).length - 1_500)],
    [
      'a flipped byte',
      (file: string) => {
        const bytes = readFileSync(file);
        // In the record after the checkpoint, which is the first operation.
        const at = 8 + bytes.readUInt32BE(0) + 60;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
  ])('%s: is completed from the store, and told', async (_name, spoil) => {
    const { laptop, main, userData, reopen } = await aLaptop();
    const { resident, interview } = await makeInterview(laptop);
    const before = await Promise.all([resident, interview].map((ref) => laptop.valuesIn(ref)));
    const whole = await main.host['journal:status'](undefined);
    await main.forget();
    spoil(segment(userData));
    const again = await startHost(userData);
    expect(await reopen(undefined, again.host)).toMatchObject({ ok: true, value: { restored: 0, left: 0 } });
    expect(laptop.told).toMatchObject([{ type: 'copied-again' }]);
    expect(await Promise.all([resident, interview].map((ref) => laptop.valuesIn(ref)))).toEqual(before);
    const now = await again.host['journal:status'](undefined);
    expect([now.ops, now.locals.length]).toEqual([whole.ops, whole.locals.length]);
  });
});
