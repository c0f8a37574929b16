import 'fake-indexeddb/auto';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/kernel/result.ts';
import type { BoxPlace, Cipher, RecordStore, SummaryCodec, Write } from '../../../shared/ports.ts';
import type { ResidentImage } from '../../../shared/register/resident-image.ts';
import { buildNameIndex } from '../../../shared/search/name-index.ts';
import { makeDatabase } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { orderResidents } from '../../../renderer/list-order.ts';
import { LayeredMap } from '../../../renderer/stores/layered-map.ts';
import { importResidents } from '../../../renderer/use-cases/import-residents.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { foldSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { openWorkspace } from '../../../renderer/use-cases/unlock-workspace.ts';
import { clearCipher } from '../../fakes/clear-cipher.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';
import { searchNames } from '../../fakes/search-names.ts';

/** What does not depend on a clock: these counts keep the design from wearing off between two runs of the bench. */
const name = 'counts';
afterEach(() => makeDatabase(name).delete());

function counting(inner: Cipher = clearCipher()) {
  const opened: BoxPlace[] = [];
  const cipher: Cipher = {
    ...inner,
    open: (place, box) => {
      opened.push(place);
      return inner.open(place, box);
    },
  };
  return { cipher, opened };
}

function watched(store: RecordStore) {
  const writes: Write[] = [];
  const reads: string[] = [];
  const watching: RecordStore = {
    ...store,
    read: (ref) => {
      reads.push(ref.id);
      return store.read(ref);
    },
    commit: (write) => {
      writes.push(write);
      return store.commit(write);
    },
  };
  return { store: watching, writes, reads };
}

/** Hears of every row that is put or added in any table. */
function watchPuts(hear: (table: string) => void): () => void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own store below
  const { put, add } = IDBObjectStore.prototype;
  const heard = (original: typeof put) =>
    function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      hear(this.name);
      return original.apply(this, args);
    };
  Object.assign(IDBObjectStore.prototype, { put: heard(put), add: heard(add) });
  return () => Object.assign(IDBObjectStore.prototype, { put, add });
}

const rowsOf = (write: Write): number =>
  write.rows.length +
  write.ops.length +
  write.writers.length +
  (write.summaryDelta === null ? 0 : 1) +
  (write.audit === null ? 0 : 1) +
  1;

const bytesOf = (write: Write): number =>
  [
    ...write.rows.flatMap((row) => Object.values(row.boxes)),
    ...[...write.ops, ...write.writers, write.manifest].map(({ box }) => box),
    write.summaryDelta ?? new Uint8Array(),
    write.audit?.box ?? new Uint8Array(),
  ].reduce((sum, box) => sum + box.length, 0);

async function deviceWith(residents: number, sites = 1) {
  const database = makeDatabase(name);
  const seen = watched(makeDexieRecordStore(database, 'store-1'));
  const { cipher, opened } = counting();
  const device = await aDevice({ store: seen.store, cipher });
  const siteIds = Array.from({ length: sites }, () => device.newRef('site').id);
  const refs = Array.from({ length: residents }, () => device.newRef('resident'));
  const saves = refs.map((ref, at) => creating(ref, aResident(`Name${String(at)}`, siteIds[at % sites] ?? null)));
  const all = saves.flatMap(({ records }) => records);
  expect((await device.save({ records: all, action: 'import', purpose: null })).ok).toBe(true);
  return { device, refs, opened, ...seen, database };
}

describe('counts that the design promises', () => {
  it('opens as many list boxes at unlock as there are segments, and no resident', async () => {
    const { device, opened, store, database } = await deviceWith(40);
    const { cipher } = device.vault;
    await foldSummaries(device.vault);
    const { segments } = await store.readSummaries();
    opened.length = 0;
    await device.restart(store, cipher);
    expect(opened.filter(({ table }) => table === 'summaries')).toHaveLength(segments.length);
    expect(opened.filter(({ table }) => table === 'residents')).toEqual([]);
    expect(device.shown.size).toBe(40);
    database.close();
  });

  it('makes no object of a line at unlock, nor to order the list, only of lines that are looked at', async () => {
    const { device, database } = await deviceWith(60);
    await foldSummaries(device.vault);
    let made = 0;
    const counted =
      <Row>(look: (row: number) => Row) =>
      (row: number) => {
        made += 1;
        return look(row);
      };
    const codec: SummaryCodec = {
      ...device.vault.codec,
      decode: (bytes) => {
        const decoded = device.vault.codec.decode(bytes);
        if (!decoded.ok) return decoded;
        const { value } = decoded;
        const at = counted((row) => value.at(row));
        const peek = counted((row) => value.peek(row));
        return ok(Object.assign(Object.create(value) as typeof value, { at, peek }));
      },
    };
    const images: ResidentImage[] = [];
    const workspace = { ...device.vault.workspace, list: (image: ResidentImage) => void images.push(image) };
    await openWorkspace({ ...device.vault, codec, workspace }, device.vault.cipher, device.vault.user);
    const [image] = images;
    if (image === undefined) throw new Error('no list');
    const rows = orderResidents(new LayeredMap(image), { key: 'name', descending: false }, 'nl');
    expect(rows.filter((status) => status !== 'departed').length).toBe(60);
    expect(rows.idAt(0)).toMatch(/^[0-9a-f-]{36}$/);
    expect(made).toBe(0);
    expect(Array.from({ length: 20 }, (_unused, at) => rows.at(at)?.family)[0]).toBe('Name0');
    expect(made).toBe(20);
    database.close();
  });

  it('writes as many bytes for a save, whatever the number of sites and segments', async () => {
    const sizes: number[] = [];
    for (const sites of [1, 40]) {
      const { device, refs, writes, database } = await deviceWith(40, sites);
      await foldSummaries(device.vault);
      expect(device.vault.memory.known.segments).toHaveLength(sites);
      const [ref] = refs;
      if (ref === undefined) throw new Error('no resident');
      writes.length = 0;
      const edits = [{ field: 'phones', value: ['+31 6 0000 0000'], base: [] }];
      expect((await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).ok).toBe(true);
      sizes.push(writes.reduce((sum, write) => sum + bytesOf(write), 0));
      database.close();
      await makeDatabase(name).delete();
    }
    const [few = 0, many = 0] = sizes;
    expect(few).toBeGreaterThan(0);
    // Counters of more commits may take a digit more.
    expect(Math.abs(many - few)).toBeLessThan(16);
  });

  it.each([5, 60])('writes and reads as much for a save among %i residents', async (residents) => {
    const { device, refs, writes, reads, database } = await deviceWith(residents);
    const ref = refs[2];
    if (ref === undefined) throw new Error('no resident');
    writes.length = 0;
    reads.length = 0;
    const edits = [{ field: 'phones', value: ['+31 6 0000 0000'], base: [] }];
    expect((await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).ok).toBe(true);
    expect(writes).toHaveLength(1);
    // Record, operation, writer, list line, audit, manifest.
    expect(writes.map(rowsOf)).toEqual([6]);
    expect(reads).toEqual([ref.id]);
    database.close();
  });

  it.each([
    [30, 1],
    [200, 2],
  ])('seals the operations of a save of %i people in %i boxes, each in a row', async (people, boxes) => {
    const { device, writes, database } = await deviceWith(people);
    expect(writes.map(({ ops }) => ops.length)).toEqual([boxes]);
    expect(await database.ops.count()).toBe(boxes);
    const made = [...device.vault.memory.known.writers.values()].reduce((sum, { next }) => sum + next - 1, 0);
    expect(made).toBe(people * 4);
    expect(await makeDexieRecordStore(database, 'store-1').counts()).toMatchObject({ ops: made });
    database.close();
  });

  it('brings a list in with two boxes a person, few for all operations, and no list lines left to fold', async () => {
    const seen = watched(memoryRecordStore().store);
    let sealed: BoxPlace[] = [];
    const inner = clearCipher();
    const cipher: Cipher = {
      ...inner,
      seal: (place, plaintext) => {
        sealed.push(place);
        return inner.seal(place, plaintext);
      },
    };
    const device = await aDevice({ store: seen.store, cipher });
    const people = 2_100;
    // Made when their turn comes, as the lines of a long list are.
    let made = 0;
    const requests = function* () {
      for (let at = 0; at < people; at++) {
        made += 1;
        yield creating(device.newRef('resident'), { ...aResident(`Name${at}`), bsn: '111222333' });
      }
    };
    const ahead: number[] = [];
    sealed = [];
    const note = (saved: number) => void ahead.push(made - saved);
    const report = await importResidents(device.vault, requests(), note, new AbortController().signal);
    expect(report).toMatchObject({ saved: people, error: null });
    const commits = Math.ceil(people / 400);
    expect(seen.writes).toHaveLength(commits);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
    const countOf = (table: string) => sealed.filter((place) => place.table === table).length;
    expect(countOf('residents')).toBe(people * 2);
    // Four operations each in core, one in bsn: 1,600 and 400 of them in a commit.
    expect(countOf('ops')).toBe(5 * (4 + 1) + 1 + 1);
    expect(countOf('writers')).toBe(commits * 2);
    const { segments, deltas } = await seen.store.readSummaries();
    expect([segments.length, deltas.length]).toEqual([1, 0]);
    expect(device.shown.size).toBe(people);
  });

  it('writes one row in one table for the save of a form, and reads none', async () => {
    const { device, refs, reads, database } = await deviceWith(30);
    const ref = refs[2];
    if (ref === undefined) throw new Error('no resident');
    const save = async (value: string) => {
      const opened = await openRecord(device.vault, ref, null);
      if (!opened.ok) throw new Error('not open');
      const edits = ['phones', 'languages'].map((field) => ({
        field,
        value: [value],
        base: opened.value.baseOf(field),
      }));
      const puts: string[] = [];
      reads.length = 0;
      const stop = watchPuts((table) => puts.push(table));
      expect(await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).toMatchObject({
        ok: true,
      });
      stop();
      return puts;
    };
    for (const value of ['uk', 'ru', 'en']) expect(await save(value)).toEqual(['commits']);
    expect(reads).toEqual([]);
    expect(await database.table('residents').count()).toBe(30);
    database.close();
  });

  it('gives a query no more rows than were asked for', () => {
    const person = (at: number) => ({
      family: `Koval${String.fromCharCode(97 + (at % 26))}enko`,
      given: 'Olena',
      patronymic: '',
      familyCyrillic: '',
      givenCyrillic: '',
      birthDate: null,
    });
    const index = buildNameIndex(Array.from({ length: 5_000 }, (_unused, at) => person(at)));
    const found = searchNames(index, 'kov', { limit: 200 });
    expect(found.rows).toHaveLength(200);
    expect(found.total).toBe(5_000);
  });
});
