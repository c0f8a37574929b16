import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { heldChanges } from '../../../renderer/use-cases/held-changes.ts';
import { reconcile } from '../../../renderer/use-cases/recover-store.ts';
import { repairRows } from '../../../renderer/use-cases/repair-rows.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { Rejected, SyncTransport } from '../../../shared/transport-ports.ts';
import { aDevice, aName, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { aLaptop, damage, freshStore, localField, makeInterview } from './lost-laptop.ts';

/** Keeps what comes out of every feed once a person has said so, and tells the laptop. */
function aStrictEndpoint() {
  const endpoint = memoryEndpoint();
  const rejected: Rejected[] = [];
  const isOut = ({ w, n }: Change) =>
    rejected.some((some) => Buffer.from(some.w).equals(Buffer.from(w)) && n >= some.from && n <= some.to);
  const transport: SyncTransport = {
    ...endpoint.transport,
    hello: async (...asked) => {
      const answer = await endpoint.transport.hello(...asked);
      return answer.ok && rejected.length > 0 ? { ok: true, value: { ...answer.value, rejected } } : answer;
    },
  };
  const reject = (ops: readonly Change[]) => {
    for (const { w, n } of ops) rejected.push({ w, from: n, to: n });
    for (const [c, entries] of endpoint.feeds)
      endpoint.feeds.set(
        c,
        entries.filter((entry) => entry.kind !== 'op' || !isOut(entry.op)),
      );
  };
  return { transport, reject, rejected };
}

const editing = (ref: RecordRef, field: string, value: Value, base: readonly Change[]) => ({
  records: [{ ref, edits: [{ field, value, base: base.map(({ w, n }) => ({ w, n })) }] }],
  action: 'edit' as const,
  purpose: null,
});
const opsOn = async (laptop: Device, ref: RecordRef, field: string) =>
  (await laptop.opsIn(ref)).filter(({ f }) => f === field);
const told = (laptop: Device, rejected: readonly Rejected[], read?: ReadonlySet<string>) =>
  heldChanges(laptop.vault, { waiting: [], rejected: [...rejected] as never }, read);

describe('a change that was not let through', () => {
  it('goes out of the record of its author, who reads in a task what was typed, and the rest works on', async () => {
    const endpoint = aStrictEndpoint();
    const [author, colleague] = [await aDevice({ seed: 1 }), await aDevice({ seed: 2 })];
    const person = author.newRef('resident');
    await author.save(creating(person, { ...aResident('Kovalenko'), bsn: '111222333' }));
    await author.sync(endpoint.transport);
    await author.save(editing(person, 'name', aName('Melnyk'), await opsOn(author, person, 'name')));
    await author.save(editing(person, 'bsn', '123456782', await opsOn(author, person, 'bsn')));
    await author.sync(endpoint.transport);
    const [name, bsn] = [(await opsOn(author, person, 'name'))[1], (await opsOn(author, person, 'bsn'))[1]];
    endpoint.reject([name, bsn].flatMap((op) => op ?? []));
    expect(await author.sync(endpoint.transport)).toMatchObject({ ok: true });
    await colleague.sync(endpoint.transport);

    expect(author.shown.get(person.id)?.family).toBe('Kovalenko');
    expect(await author.valuesIn(person)).toEqual(await colleague.valuesIn(person));
    expect(await author.valuesIn(person)).toMatchObject({ bsn: '111222333' });
    const tasks = await told(author, endpoint.rejected);
    expect(tasks.map(({ field, value, state }) => [field, value, state])).toEqual([
      ['name', aName('Melnyk'), 'rejected'],
      ['bsn', '123456782', 'rejected'],
    ]);
    expect(await told(author, endpoint.rejected, new Set(tasks.map(({ key }) => key)))).toEqual([]);

    // At the next start as well, and the next edit of both laptops is one and the same.
    const report = await author.restart();
    expect(report.unreadable).toEqual([]);
    expect(report.alarms).toEqual([]);
    expect(author.shown.get(person.id)?.family).toBe('Kovalenko');
    await author.save(editing(person, 'name', aName('Bondar'), await opsOn(author, person, 'name')));
    await author.sync(endpoint.transport);
    await colleague.sync(endpoint.transport);
    expect(await colleague.valuesIn(person)).toMatchObject({ name: aName('Bondar') });
    expect(await author.valuesIn(person)).toEqual(await colleague.valuesIn(person));
  });

  it('takes a person who was wholly made by it off every list, and keeps all that was typed', async () => {
    const endpoint = aStrictEndpoint();
    const author = await aDevice();
    const [kept, gone] = [author.newRef('resident'), author.newRef('resident')];
    await author.save(creating(kept, aResident('Kovalenko')));
    await author.save(creating(gone, aResident('Melnyk')));
    await author.sync(endpoint.transport);
    endpoint.reject(await author.opsIn(gone));
    await author.sync(endpoint.transport);
    expect(author.vault.memory.residents.has(gone.id)).toBe(false);
    expect(author.vault.memory.residents.has(kept.id)).toBe(true);
    const fields = (await told(author, endpoint.rejected)).map(({ field }) => field);
    expect(fields).toEqual(['placement', 'name', 'birthDate', 'arrival']);
    await author.restart();
    expect([...author.shown.keys()]).toEqual([kept.id]);
  });

  it('stays out of a record that is made again after its store was lost, and answers of this laptop stay', async () => {
    const endpoint = aStrictEndpoint();
    const { laptop, main, reopen } = await aLaptop();
    const { interview } = await makeInterview(laptop);
    await laptop.sync(endpoint.transport);
    endpoint.reject(await opsOn(laptop, interview, 'answer.language'));
    await laptop.sync(endpoint.transport);
    const before = await laptop.valuesIn(interview);
    expect(before).not.toHaveProperty('answer.language');
    expect(before).toHaveProperty(localField);

    expect(await reopen(freshStore().store)).toMatchObject({ ok: true });
    await laptop.sync(endpoint.transport);
    expect(await laptop.valuesIn(interview)).toEqual(before);
    expect(await told(laptop, endpoint.rejected)).toMatchObject([{ field: 'answer.language', value: 'uk' }]);
    // What comes back out of the second copy while this is known never stands in the record.
    const { database, store } = freshStore();
    await laptop.restart(store, undefined, main.host);
    await laptop.sync(endpoint.transport);
    expect(await reconcile(laptop.vault, main.host)).toMatchObject({ ok: true });
    expect(await laptop.valuesIn(interview)).toEqual(before);
    // Nor what makes a damaged row whole again.
    await damage(database, interview, 'core');
    expect(await laptop.valuesIn(interview)).toBeUndefined();
    await laptop.vault.queue.run(() => repairRows(laptop.vault, [interview]));
    expect(await laptop.valuesIn(interview)).toEqual(before);
  });
});
