import 'fake-indexeddb/auto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { makeDatabase, recordTable, type Database } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { settleCommits } from '../../../renderer/adapters/settle-commits.ts';
import { makeWebCryptoCipher } from '../../../renderer/adapters/webcrypto-cipher.ts';
import { reconcile } from '../../../renderer/use-cases/recover-store.ts';
import { repairRows } from '../../../renderer/use-cases/repair-rows.ts';
import type { RecordStore } from '../../../shared/ports.ts';
import { compartments, type Compartment, type RecordRef, type Value } from '../../../shared/records/record.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { enrol, startHost, temporaryFolder, type Opened } from '../main/main-fixtures.ts';

export const canary = 'kanarie die nergens heen gaat';
export const localField = 'otherText.language';

let names = 0;
/** A store of its own, as a browser makes one after the old one is gone. */
export function freshStore() {
  names += 1;
  const database = makeDatabase(`lost-${names}`);
  onTestFinished(() => database.delete());
  return { database, store: makeDexieRecordStore(database, `store-${names}`) };
}

/** A laptop with the real journal, chain of entries and ciphers, in a folder of its own. */
export async function aLaptop() {
  const userData = temporaryFolder();
  const main = await startHost(userData);
  const opened: Opened = await enrol(main);
  const cipher = (held: readonly Compartment[] = compartments) => {
    const own = structuredClone(opened);
    return makeWebCryptoCipher({ ...own, keys: own.keys.filter(({ c }) => held.includes(c)) });
  };
  const { database, store } = freshStore();
  const laptop = await aDevice({ store, cipher: await cipher(), host: main.host });
  return {
    main,
    laptop,
    database,
    userData,
    /** Unlocks on this store, as the start of the app does. */
    reopen: async (on: RecordStore = store, host = main.host, held = compartments as readonly Compartment[]) => {
      laptop.told.length = 0;
      const report = await laptop.restart(on, await cipher(held), host);
      const recovered = await reconcile(laptop.vault, host);
      const damaged = report.unreadable.flatMap((ref) => ref ?? []);
      await laptop.vault.queue.run(() => repairRows(laptop.vault, damaged));
      return recovered;
    },
  };
}

export async function makeInterview(laptop: Device): Promise<{ resident: RecordRef; interview: RecordRef }> {
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

export const segment = (userData: string) => {
  const folder = path.join(userData, 'journal');
  return path.join(folder, readdirSync(folder).sort().at(-1) ?? '');
};

export async function changeLocal(laptop: Device, interview: RecordRef, value: Value): Promise<void> {
  const saved = await laptop.save({
    records: [{ ref: interview, edits: [{ field: localField, value, base: [] }] }],
    action: 'edit',
    purpose: null,
  });
  expect(saved.ok).toBe(true);
}

/** In its table, into which what was saved is carried before. */
export async function damage(database: Database, { kind, id }: RecordRef, compartment: string): Promise<void> {
  await settleCommits(database);
  await recordTable(database, kind)
    .where('id')
    .equals(id)
    .modify((row) => {
      const box = row.boxes[compartment];
      if (box !== undefined) box[40] = (box[40] ?? 0) ^ 1;
    });
}
