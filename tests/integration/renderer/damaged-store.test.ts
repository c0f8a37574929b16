import 'fake-indexeddb/auto';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Database } from '../../../renderer/adapters/database.ts';
import { settleCommits } from '../../../renderer/adapters/settle-commits.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { refreshSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { startHost } from '../main/main-fixtures.ts';
import { aLaptop, damage, makeInterview, segment } from './lost-laptop.ts';

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

  it('made again by a colleague without the key keeps what only others can open', async () => {
    const { laptop, database, main, reopen } = await aLaptop();
    const { resident, interview } = await makeInterview(laptop);
    const refs = [resident, interview];
    const before = await Promise.all(refs.map((ref) => laptop.valuesIn(ref)));
    for (const ref of refs) await damage(database, ref, 'core');
    await reopen(undefined, main.host, ['core']);
    expect(await openRecord(laptop.vault, resident, null)).toMatchObject({ ok: true });
    expect(laptop.told.map(({ type }) => type)).toEqual(['rebuilt', 'rebuilt']);
    await reopen();
    expect(await Promise.all(refs.map((ref) => laptop.valuesIn(ref)))).toEqual(before);
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

describe('a manifest that is lost', () => {
  it.each([
    ['gone', (database: Database) => database.manifest.clear()],
    [
      'damaged',
      (database: Database) =>
        database.manifest.toCollection().modify((row) => {
          row.box = row.box.slice(0, -1);
        }),
    ],
  ])('%s: the list is made again, and work goes on over restarts', async (_name, spoil) => {
    const { laptop, database, reopen } = await aLaptop();
    const { resident, interview } = await makeInterview(laptop);
    const before = await Promise.all([resident, interview].map((ref) => laptop.valuesIn(ref)));
    await settleCommits(database);
    await spoil(database);
    expect(await reopen()).toMatchObject({ ok: true, value: { restored: 0 } });
    expect(laptop.report.alarms).toContain('manifest');
    await refreshSummaries(laptop.vault, () => Promise.resolve());
    expect(laptop.shown.get(resident.id)).toMatchObject({ family: 'Kovalenko' });
    for (let at = 0; at < 12; at++) {
      const saved = await laptop.save(creating(laptop.newRef('resident'), aResident(`Shevchenko ${at}`)));
      expect(saved).toMatchObject({ ok: true });
    }
    await reopen();
    expect(laptop.report.alarms).toEqual([]);
    expect(laptop.vault.memory.residents.size).toBe(13);
    expect(await Promise.all([resident, interview].map((ref) => laptop.valuesIn(ref)))).toEqual(before);
  });
});

describe('a damaged operation', () => {
  it('is sent all the same, from the journal or else from its record', async () => {
    const { laptop, database, main, userData } = await aLaptop();
    const { resident } = await makeInterview(laptop);
    const ops = unsentCount(laptop.vault);
    await settleCommits(database);
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
