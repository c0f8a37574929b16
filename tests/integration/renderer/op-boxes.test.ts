import { describe, expect, it } from 'vitest';
import type { SealedOp } from '../../../shared/ports.ts';
import { nameOfBox, openOps, opsPerBox, sealBox, sealOps } from '../../../renderer/use-cases/op-boxes.ts';
import { readChanges } from '../../../renderer/use-cases/own-ops.ts';
import { clearCipher } from '../../fakes/clear-cipher.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

const cipher = clearCipher();

/** Two people in one save: their eight operations are in one box. */
async function twoInABox() {
  const memory = memoryRecordStore();
  const device = await aDevice({ store: memory.store });
  const [first, second] = [device.newRef('resident'), device.newRef('resident')];
  const records = [creating(first, aResident('Kovalenko')), creating(second, aResident('Bondar'))];
  const together = { records: records.flatMap((one) => one.records), action: 'import', purpose: null } as const;
  expect((await device.save(together)).ok).toBe(true);
  const [box] = memory.ops.values();
  if (box === undefined) throw new Error('no box');
  const damage = () => memory.ops.set(nameOfBox(box), { ...box, box: box.box.map((byte) => byte ^ 1) });
  const read = async () => (await readChanges(device.vault, box.w, 0, 100)).map(({ n }) => n);
  return { memory, device, first, second, box, damage, read };
}

describe('a box of operations', () => {
  it('holds up to 512 that follow each other, and opens as they were', async () => {
    const { device, box } = await twoInABox();
    const [op] = await readChanges(device.vault, box.w, 0, 1);
    if (op === undefined) throw new Error('no operation');
    const many = Array.from({ length: opsPerBox + 3 }, (_unused, at) => ({ ...op, n: at + 1 }));
    const sealed = await sealOps(cipher, box.w, 'core', many);
    expect(sealed.map(({ n, m }) => [n, m])).toEqual([
      [1, 512],
      [513, 3],
    ]);
    const opened = await Promise.all(sealed.map((one) => openOps(cipher, one)));
    expect(opened.flatMap((one) => (one.ok ? one.value : []))).toEqual(many);
    expect((await sealOps(cipher, box.w, 'core', many.slice(0, 1))).map(({ n, m }) => [n, m])).toEqual([
      [1, undefined],
    ]);
  });

  it('does not open under another number, for another count, or with numbers that do not belong in it', async () => {
    const { device, box } = await twoInABox();
    const changes = await readChanges(device.vault, box.w, 0, 8);
    const [op] = changes;
    if (op === undefined) throw new Error('no operation');
    const isOpen = async (sealed: SealedOp) => (await openOps(cipher, sealed)).ok;
    expect(await isOpen(box)).toBe(true);
    expect(await isOpen({ ...box, n: 2 })).toBe(false);
    expect(await isOpen({ ...box, m: 7 })).toBe(false);
    expect(await isOpen({ ...box, m: undefined })).toBe(false);
    const { w } = box;
    expect(await isOpen(await sealBox(cipher, { w, n: 1, m: 3, c: 'core' }, changes.slice(1, 4)))).toBe(false);
    expect(await isOpen(await sealBox(cipher, { w, n: 2, m: 3, c: 'core' }, changes.slice(0, 3)))).toBe(false);
    expect(await isOpen(await sealBox(cipher, { w, n: 1, m: 2, c: 'core' }, [op, op]))).toBe(false);
    const other = { ...op, w: new Uint8Array(8) };
    expect(await isOpen(await sealBox(cipher, { w, n: 1, m: 2, c: 'core' }, [op, { ...other, n: 2 }]))).toBe(false);
  });

  it('that is damaged is whole again from the second copy, and then stands in the store', async () => {
    const { device, memory, box, damage, read } = await twoInABox();
    damage();
    expect(await read()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(memory.ops.get(nameOfBox(box))).toEqual(box);
    expect(device.told.map(({ type }) => type)).toEqual(['rebuilt']);
  });

  it('comes from the rows where there is no second copy; after what is lost for good nothing is read', async () => {
    const { device, memory, first, second, damage, read } = await twoInABox();
    device.main.journal.clear();
    damage();
    memory.rows.delete(`resident/${second.id}`);
    expect(await read()).toEqual([1, 2, 3, 4]);
    expect(device.told).toEqual([
      { type: 'lost-ops', ops: 4 },
      { type: 'rebuilt', records: [first] },
    ]);
    expect(await read()).toEqual([1, 2, 3, 4]);
    expect(device.told).toHaveLength(2);
  });
});
