import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDexieDraftStore } from '../../../renderer/adapters/dexie-draft-store.ts';
import type { Database } from '../../../renderer/adapters/database.ts';
import { chainAt, readChanges } from '../../../renderer/use-cases/own-ops.ts';
import { reconcile } from '../../../renderer/use-cases/recover-store.ts';
import type { SyncTransport } from '../../../shared/transport-ports.ts';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { correctionEdits } from '../../../shared/register/correction.ts';
import { eraseValue } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { dotOf } from '../../../shared/sync/dots.ts';
import { packOps } from '../../../shared/sync/row-codec.ts';
import { erasedField } from '../../../shared/sync/rule-of-field.ts';
import { clearCipher } from '../../fakes/clear-cipher.ts';
import { aDevice, aName, aResident, creating, sha256, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { startHost, temporaryFolder, enrol } from '../main/main-fixtures.ts';
import { freshStore, localField } from './lost-laptop.ts';

const canary = 'Qx7Kanarievogel93';

/** A laptop whose boxes can be read: a value that is anywhere in its store or its journal is found there. */
async function aReadableLaptop(seed: number) {
  const userData = temporaryFolder();
  const main = await startHost(userData);
  await enrol(main);
  const { database, store } = freshStore();
  const laptop = await aDevice({ store, cipher: clearCipher(), host: main.host, seed });
  return { laptop, database, main, everything: () => everythingIn(database, userData), userData };
}

const asText = (_key: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;

async function everythingIn(database: Database, userData: string): Promise<string> {
  const tables = await Promise.all(database.tables.map((table) => table.toArray() as Promise<object[]>));
  const rows = JSON.stringify(tables, asText);
  const folder = path.join(userData, 'journal');
  const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)).toString('latin1'));
  return rows + files.join('');
}

/** Pages hold what they carry, as the signed ones do. */
function anEndpoint() {
  const endpoint = memoryEndpoint();
  const transport: SyncTransport = {
    ...endpoint.transport,
    pull: async (feed) => {
      const page = await endpoint.transport.pull(feed);
      if (!page.ok) return page;
      const ops = page.value.entries.flatMap((entry) => (entry.kind === 'op' ? [entry.op] : []));
      return { ok: true, value: { ...page.value, raw: Uint8Array.from(packOps(ops)) } };
    },
  };
  /** What the real one does to its feeds: values go, and an erasing operation comes at the end. */
  const erase = ({ kind, id }: RecordRef, field = erasedField) => {
    for (const [c, entries] of endpoint.feeds) {
      const isMeant = (op: Change) =>
        op.t === kind &&
        Buffer.from(op.id).equals(Buffer.from(recordIdBytes(id))) &&
        op.k !== 'erase' &&
        (field === erasedField ? op.f !== 'placement' : op.f === field);
      const meant = entries.flatMap((entry) => (entry.kind === 'op' && isMeant(entry.op) ? [entry.op] : []));
      if (meant.length === 0 && field !== erasedField) continue;
      const w = Uint8Array.of(8, 8, 8, 8, 8, 8, c.length, c.charCodeAt(0));
      const op: Change = {
        ...{ w, n: 1, h: new Uint8Array(8), cq: 0, t: kind, id: recordIdBytes(id), f: field, k: 'erase' },
        ...{ b: meant.map(dotOf), u: 'endpoint', s: 1, x: [new Uint8Array(8), 1], salt: new Uint8Array(8).fill(3) },
      };
      endpoint.feeds.set(c, [
        ...entries.map((entry) =>
          entry.kind === 'op' && isMeant(entry.op) ? { ...entry, op: eraseValue(entry.op, sha256) } : entry,
        ),
        { kind: 'op', c: entries[0]?.kind === 'op' ? entries[0].c : 'core', op },
      ]);
    }
  };
  return { ...endpoint, transport, erase };
}

async function aPlantedPerson(laptop: Device) {
  const [resident, interview] = [laptop.newRef('resident'), laptop.newRef('returnIntake')];
  const provenance = { askedOn: '2026-01-12', askedBy: 'resident', source: canary, why: canary };
  const correction = correctionEdits(['birthDate'], provenance, () => 'c1');
  const made = await laptop.save(
    creating(resident, {
      ...aResident(canary),
      arrival: { date: '2026-01-10', from: canary },
      ...Object.fromEntries(correction.map(({ field, value }) => [field, value])),
    }),
  );
  expect(made.ok).toBe(true);
  await laptop.save(
    creating(interview, { placement: { site: null }, about: { residents: [resident.id], startedOn: '2026-11-24' } }),
  );
  const saved = await laptop.save({
    records: [{ ref: interview, edits: [{ field: localField, value: canary, base: [] }] }],
    action: 'edit',
    purpose: null,
  });
  expect(saved.ok).toBe(true);
  return { resident, interview };
}

describe('an erasure that reaches a laptop', () => {
  it('takes the value out of rows, operations, pages, list, drafts and journal, and the chain goes on', async () => {
    const { laptop, database, everything } = await aReadableLaptop(1);
    const endpoint = anEndpoint();
    const { resident, interview } = await aPlantedPerson(laptop);
    await makeDexieDraftStore(database, clearCipher(), 'u_1').write(
      `resident/${resident.id}`,
      JSON.stringify({ family: 'Bondar', provenance: { source: canary } }),
    );
    await laptop.sync(endpoint.transport);
    // Twice: the own operations come back in pages too.
    await laptop.sync(endpoint.transport);
    expect((await everything()).split(canary).length).toBeGreaterThan(5);

    endpoint.erase(resident);
    endpoint.erase(interview);
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
    expect(await everything()).not.toContain(canary);
    expect(laptop.vault.memory.residents.has(resident.id)).toBe(false);
    expect(laptop.told.map(({ type }) => type)).toContain('erased');
    expect(await laptop.valuesIn(interview)).not.toHaveProperty(localField);

    // The pages are there again, without the value, and the next edit follows on the erased ones.
    expect((await laptop.vault.store.readPages()).length).toBeGreaterThan(0);
    const other = laptop.newRef('resident');
    await laptop.save(creating(other, aResident('Bondar')));
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true, value: { held: 0 } });
    const report = await laptop.restart();
    expect(report.unreadable).toEqual([]);
    expect(await everything()).not.toContain(canary);
  });

  it('leaves nothing of it in what was saved and is not carried into the tables yet', async () => {
    const { laptop, database, everything } = await aReadableLaptop(1);
    const endpoint = anEndpoint();
    const { resident, interview } = await aPlantedPerson(laptop);
    await laptop.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    endpoint.erase(resident);
    endpoint.erase(interview);
    // It never leaves this laptop, so no exchange asks for it.
    const edits = [{ field: localField, value: `${canary} again`, base: [] }];
    await laptop.save({ records: [{ ref: interview, edits }], action: 'edit', purpose: null });
    expect(JSON.stringify(await database.commits.toArray(), asText)).toContain(`${canary} again`);
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
    expect(await everything()).not.toContain(canary);
    expect((await laptop.restart()).unreadable).toEqual([]);
  });

  it('gives the same on a laptop that had it, one that edits meanwhile, and one that comes later', async () => {
    const endpoint = anEndpoint();
    const [first, second] = [await aReadableLaptop(1), await aReadableLaptop(2)];
    const { resident } = await aPlantedPerson(first.laptop);
    await first.laptop.sync(endpoint.transport);
    await second.laptop.sync(endpoint.transport);
    endpoint.erase(resident);
    await second.laptop.save({
      records: [{ ref: resident, edits: [{ field: 'name', value: aName(`${canary}Late`), base: [] }] }],
      action: 'edit',
      purpose: null,
    });
    // The endpoint takes it as leaf only.
    const asLeaf: SyncTransport = {
      ...endpoint.transport,
      push: (batch) => endpoint.transport.push({ ...batch, ops: batch.ops.map((op) => eraseValue(op, sha256)) }),
    };
    await second.laptop.sync(asLeaf);
    await second.laptop.sync(asLeaf);
    await first.laptop.sync(endpoint.transport);
    await first.laptop.sync(endpoint.transport);
    const later = await aReadableLaptop(3);
    await later.laptop.sync(endpoint.transport);
    expect(await second.everything()).not.toContain(canary);
    expect(await later.everything()).not.toContain(canary);
    const ops = await Promise.all([first, second, later].map(({ laptop }) => laptop.opsIn(resident)));
    expect(ops[1]).toEqual(ops[0]);
    expect(ops[2]).toEqual(ops[0]);
    expect(second.laptop.told).toContainEqual({ type: 'erased', records: [resident], late: 1 });
  });

  it('reads the feeds again in the same exchange, and finds them at the next start as it left them', async () => {
    const { laptop } = await aReadableLaptop(1);
    const endpoint = anEndpoint();
    const { resident } = await aPlantedPerson(laptop);
    await laptop.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    endpoint.erase(resident);
    await laptop.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    // The pages prove to an endpoint that lost its memory what it once had.
    const [pages, feeds] = await Promise.all([laptop.vault.store.readPages(), laptop.vault.store.readFeeds()]);
    expect(feeds.filter(({ pos }) => pos === 0)).toEqual([]);
    const proved = feeds.map(({ site, c }) => pages.some((page) => page.c === c && page.site.startsWith(`${site}#`)));
    expect(proved).toEqual(feeds.map(() => true));
    expect((await laptop.restart()).alarms).toEqual([]);
  });

  it('takes one field, and leaves the rest of the person as it was', async () => {
    const { laptop, everything } = await aReadableLaptop(1);
    const endpoint = anEndpoint();
    const resident = laptop.newRef('resident');
    await laptop.save(creating(resident, { ...aResident('Kovalenko'), arrival: { date: '2026-01-10', from: canary } }));
    await laptop.sync(endpoint.transport);
    endpoint.erase(resident, 'arrival');
    await laptop.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    expect(await everything()).not.toContain(canary);
    expect(laptop.shown.get(resident.id)?.family).toBe('Kovalenko');
  });

  it('leaves what others have in the same box, and the chain over all of it', async () => {
    const { laptop, everything } = await aReadableLaptop(1);
    const endpoint = anEndpoint();
    const [one, other] = [laptop.newRef('resident'), laptop.newRef('resident')];
    const parts = [creating(one, aResident(canary)), creating(other, aResident('Bondar'))];
    await laptop.save({ records: parts.flatMap(({ records }) => records), action: 'import', purpose: null });
    await laptop.sync(endpoint.transport);
    const [writer] = await laptop.vault.store.readWriters();
    if (writer === undefined) throw new Error('no writer');
    const chain = await chainAt(laptop.vault, writer, 8);
    endpoint.erase(one);
    await laptop.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    expect(await everything()).not.toContain(canary);
    const boxes = await laptop.vault.store.readOps(writer.w, 0, 8);
    expect(boxes.map(({ n, m }) => [n, m])).toEqual([[1, 8]]);
    const left = await readChanges(laptop.vault, writer.w, 0, 8);
    expect(left.filter(({ v }) => v !== undefined).map(({ n }) => n)).toEqual([1, 5, 6, 7, 8]);
    expect(laptop.shown.get(other.id)?.family).toBe('Bondar');
    laptop.vault.memory.chains.clear();
    expect(await chainAt(laptop.vault, writer, 8)).toEqual(chain);
  });

  it('keeps nothing of the page when the second copy cannot be written, and begins again', async () => {
    const { laptop, everything, main } = await aReadableLaptop(1);
    const endpoint = anEndpoint();
    const { resident, interview } = await aPlantedPerson(laptop);
    await laptop.sync(endpoint.transport);
    endpoint.erase(resident);
    await laptop.restart(undefined, undefined, { ...main.host, 'journal:replace': () => Promise.resolve('failed') });
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: false, error: { type: 'storage-failed' } });
    await laptop.restart(undefined, undefined, main.host);
    await laptop.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    expect(laptop.vault.memory.residents.has(resident.id)).toBe(false);
    endpoint.erase(interview);
    await laptop.sync(endpoint.transport);
    await laptop.sync(endpoint.transport);
    expect(await everything()).not.toContain(canary);
  });
});

it('does not come back out of the second copy into a store that read the erasure before it was whole again', async () => {
  const { laptop, main } = await aReadableLaptop(9);
  const endpoint = anEndpoint();
  const { resident } = await aPlantedPerson(laptop);
  await laptop.sync(endpoint.transport);
  endpoint.erase(resident);
  // Its store is gone, and the second copy could not be read at this start.
  const { database, store } = freshStore();
  await laptop.restart(store);
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
  await laptop.restart(store);
  expect(await reconcile(laptop.vault, main.host)).toMatchObject({ ok: true });
  const boxes = JSON.stringify(await database.ops.toArray(), (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  expect(boxes).toContain('arrival');
  expect(boxes).not.toContain(canary);
});

it('goes too out of what was written late, when its row is put together again from the second copy', async () => {
  const { laptop, main, userData } = await aReadableLaptop(10);
  const endpoint = anEndpoint();
  const resident = laptop.newRef('resident');
  await laptop.save(creating(resident, aResident('Kovalenko')));
  await laptop.sync(endpoint.transport);
  endpoint.erase(resident, 'arrival');
  // Its store is gone, the second copy could not be read at this start, and a form writes the field once more.
  const { database, store } = freshStore();
  await laptop.restart(store);
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
  const late = await laptop.save({
    records: [{ ref: resident, edits: [{ field: 'arrival', value: { date: '2026-01-11', from: canary }, base: [] }] }],
    action: 'edit',
    purpose: null,
  });
  expect(late.ok).toBe(true);
  const kept = () => everythingIn(database, userData);
  expect(await kept()).toContain(canary);

  await laptop.restart(store);
  expect(await reconcile(laptop.vault, main.host)).toMatchObject({ ok: true, value: { restored: 4 } });
  const ops = await laptop.opsIn(resident);
  expect(ops.filter(({ f, k }) => f === 'arrival' && k !== 'erase').map(({ v }) => v)).toEqual([undefined, undefined]);
  expect(await kept()).not.toContain(canary);
});

it('goes with the pages it came in where somebody without the key read the erasure and the row is put together again', async () => {
  const { laptop, main, userData } = await aReadableLaptop(11);
  const endpoint = anEndpoint();
  const bsn = '111222333';
  const colleague = await aDevice({ seed: 12 });
  const resident = colleague.newRef('resident');
  await colleague.save(creating(resident, { ...aResident('Kovalenko'), bsn }));
  await colleague.sync(endpoint.transport);
  await laptop.sync(endpoint.transport);
  const edits = [{ field: 'callName', value: 'Olenka', base: [] }];
  await laptop.save({ records: [{ ref: resident, edits }], action: 'edit', purpose: null });
  await laptop.sync(endpoint.transport);
  // Its store is gone, and the second copy could not be read at this start.
  const { database, store } = freshStore();
  const kept = () => everythingIn(database, userData);
  await laptop.restart(store);
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
  endpoint.erase(resident);
  // Somebody without the key of the number is the first to hear of it.
  await laptop.restart(store, clearCipher(['core']));
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
  expect(await kept()).toContain(bsn);

  await laptop.restart(store, clearCipher());
  expect(await reconcile(laptop.vault, main.host)).toMatchObject({ ok: true, value: { restored: 1 } });
  expect(await kept()).not.toContain(bsn);
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
  await laptop.restart(store, clearCipher());
  expect(laptop.report.alarms).toEqual([]);
  expect(await kept()).not.toContain(bsn);
});
