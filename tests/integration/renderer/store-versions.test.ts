import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, expect, it } from 'vitest';
import { recordKinds } from '../../../shared/records/record.ts';
import { tableOf } from '../../../shared/records/tables.ts';
import { makeDatabase, recordTable } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { settleCommits } from '../../../renderer/adapters/settle-commits.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';

const name = 'earlier-store';
afterEach(() => makeDatabase(name).delete());

/** Tables as they were written down for the first version, some of them later than others. */
const first = {
  ...{ residents: 'id', families: 'id', sites: 'id', bedStays: 'id', absences: 'id', municipalPolicies: 'id' },
  ...{ contributionDecisions: 'id', returnIntakes: 'id', finalisedIntakes: 'id', nationalSnapshots: 'id' },
  ...{ ops: '[w+n]', writers: 'w', pages: '[site+c+from]', feeds: '[site+c]', meta: 'key', summaries: 'no' },
  ...{ summaryDeltas: 'no', drafts: 'key', audit: '++key, seq', manifest: 'id' },
};

const fourth = {
  ...{ ...first, rollCalls: 'id', siteReports: 'id', departures: 'key', letterTexts: 'id', followUps: 'id' },
  ops: '[w+n], m',
};

it.each([
  ['without roll-calls and reports', 1, first],
  ['with roll-calls, without reports', 1, { ...first, rollCalls: 'id' }],
  ['with reports, without letters', 2, { ...first, rollCalls: 'id', siteReports: 'id' }],
  ['with letters, without commits as a row', 4, fourth],
])('a store %s opens with all it holds, and takes what came later', async (_what, version, stores) => {
  // What a present store holds, put into one of that time.
  const made = makeDatabase(`${name}-made`);
  const writing = await aDevice({ store: makeDexieRecordStore(made, 'store-1') });
  const ref = writing.newRef('resident');
  expect((await writing.save(creating(ref, aResident('Kovalenko')))).ok).toBe(true);
  await settleCommits(made);
  const old = new Dexie(name);
  old.version(version).stores(stores);
  for (const table of Object.keys(stores))
    await old.table(table).bulkAdd((await made.table(table).toArray()) as object[]);
  old.close();
  await made.delete();

  const database = makeDatabase(name);
  const laptop = await aDevice({ store: makeDexieRecordStore(database, 'store-1'), seed: 2 });
  expect(laptop.report).toMatchObject({ alarms: [], unreadable: [], mustRefresh: false });
  expect(await laptop.valuesIn(ref)).toMatchObject({ name: { family: 'Kovalenko' } });
  for (const kind of recordKinds) expect([tableOf[kind], await recordTable(database, kind).count()]).toHaveLength(2);
  const site = laptop.newRef('site').id;
  const call = laptop.newRef('rollCall');
  const saved = await laptop.save(creating(call, { placement: { site } }));
  expect(saved).toMatchObject({ ok: true });
  expect((await laptop.save(creating(laptop.newRef('resident'), aResident('Bondar')))).ok).toBe(true);
  await laptop.restart();
  expect([...laptop.shown.values()].map(({ family }) => family).sort()).toEqual(['Bondar', 'Kovalenko']);
  expect(await laptop.vault.store.read(call)).toBeDefined();
  database.close();
});
