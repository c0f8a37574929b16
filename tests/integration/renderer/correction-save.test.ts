import { expect, it } from 'vitest';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { err } from '../../../shared/kernel/result.ts';
import type { RecordStore } from '../../../shared/ports.ts';
import { correctionEdits } from '../../../shared/register/correction.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

const provenance = { askedOn: '2026-01-12', askedBy: 'resident', source: 'birth certificate', why: 'day and month' };

async function correct(device: Device, ref: ReturnType<Device['newRef']>) {
  const opened = await openRecord(device.vault, ref, null);
  if (!opened.ok) throw new Error(opened.error.type);
  const edits = [
    { field: 'birthDate', value: '1985-12-03', base: opened.value.baseOf('birthDate') },
    ...correctionEdits(['birthDate'], provenance, () => 'c1').map((edit) => ({ ...edit, base: [] })),
  ];
  return device.save({ records: [{ ref, edits }], action: 'edit', purpose: null });
}

it('puts a value right and says on whose word in one commit, with one entry in the log, and takes both back', async () => {
  const memory = memoryRecordStore();
  const commits: number[] = [];
  const store: RecordStore = {
    ...memory.store,
    commit: (write) => {
      commits.push(write.ops.length);
      return memory.store.commit(write);
    },
  };
  const device = await aDevice({ store });
  const ref = device.newRef('resident');
  await device.save(creating(ref, aResident('Kovalenko')));
  commits.length = 0;
  const saved = await correct(device, ref);
  // The view before it is a commit of its own; the change and its correction are one.
  expect(commits.filter((ops) => ops > 0)).toHaveLength(1);
  expect(device.main.audit.filter(({ action }) => action === 'edit')).toHaveLength(1);
  const acts = (await device.opsIn(ref)).filter(({ f }) => f === 'correction.c1' || f === 'birthDate').slice(-2);
  expect(new Set(acts.map(({ x }) => x.join())).size).toBe(1);
  expect(await device.valuesIn(ref)).toMatchObject({
    birthDate: '1985-12-03',
    'correction.c1': { about: 'birthDate' },
  });

  const undo = saved.ok ? saved.value.undo : null;
  if (undo === null) return expect.fail('nothing to undo');
  expect((await device.save(undo)).ok).toBe(true);
  const after = await device.valuesIn(ref);
  expect(after?.birthDate).toBe('1985-03-12');
  expect(after?.['correction.c1'] ?? null).toBeNull();
});

it('writes neither when the store fails', async () => {
  const memory = memoryRecordStore();
  let isFull = false;
  const store: RecordStore = {
    ...memory.store,
    commit: (write) =>
      isFull && write.ops.length > 0 ? Promise.resolve(err({ type: 'storage-full' })) : memory.store.commit(write),
  };
  const device = await aDevice({ store });
  const ref = device.newRef('resident');
  await device.save(creating(ref, aResident('Kovalenko')));
  isFull = true;
  expect(await correct(device, ref)).toMatchObject({ ok: false, error: { type: 'storage-full' } });
  const values = await device.valuesIn(ref);
  expect(values?.birthDate).toBe('1985-03-12');
  expect(values?.['correction.c1']).toBeUndefined();
});
