import 'fake-indexeddb/auto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { settleCommits } from '../../../renderer/adapters/settle-commits.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { encodeCanonical } from '../../../shared/sync/canonical.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { type Value } from '../../../shared/records/record.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { startHost } from '../main/main-fixtures.ts';
import { aLaptop, canary, changeLocal, freshStore, localField, makeInterview, segment } from './lost-laptop.ts';

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

  it('comes back in two steps when a colleague without all keys is the first to unlock', async () => {
    const { laptop, main, reopen } = await aLaptop();
    const { resident, interview } = await makeInterview(laptop);
    const refs = [resident, interview];
    const before = await Promise.all(refs.map((ref) => laptop.valuesIn(ref)));
    const all = unsentCount(laptop.vault);
    const { store } = freshStore();
    const first = await reopen(store, main.host, ['core']);
    expect(first).toMatchObject({ ok: true, value: { restored: all - 1, left: 1, locals: 0 } });
    expect(laptop.told).toEqual([{ type: 'restored', ops: all - 1, locals: 0 }]);
    expect((await laptop.valuesIn(resident))?.['bsn']).toBeUndefined();
    expect(await reopen(store)).toMatchObject({ ok: true, value: { restored: 1, left: 0, locals: 1 } });
    expect(await Promise.all(refs.map((ref) => laptop.valuesIn(ref)))).toEqual(before);
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
    await settleCommits(database);
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
