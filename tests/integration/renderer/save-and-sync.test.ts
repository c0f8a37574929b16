import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../shared/kernel/result.ts';
import { countIn } from '../../../renderer/use-cases/op-boxes.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { foldSummaries, refreshSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import type { RecordStore } from '../../../shared/ports.ts';
import type { Value } from '../../../shared/records/record.ts';
import { clearCipher } from '../../fakes/clear-cipher.ts';
import { aDevice, aName, aResident, creating } from '../../fakes/device.ts';
import { openOn } from '../../fakes/open-on.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

describe('save', () => {
  it('keeps a record, shows it, audits it and copies it', async () => {
    const device = await aDevice();
    const ref = device.newRef('resident');
    const saved = await device.save(creating(ref, { ...aResident('Kovalenko'), bsn: '111222333' }));
    expect(saved.ok && saved.value.refs).toEqual([ref]);
    expect(device.shown.get(ref.id)).toMatchObject({ family: 'Kovalenko', status: 'present', rev: 1 });
    expect(device.main.audit).toEqual([{ action: 'create', kind: 'resident', id: ref.id, purpose: null }]);
    expect(countIn([...device.main.journal.values()])).toBe(5);
    expect(unsentCount(device.vault)).toBe(5);
  });

  it('writes nothing when nothing changed', async () => {
    const device = await aDevice();
    const ref = device.newRef('resident');
    await device.save(creating(ref, aResident('Kovalenko')));
    const opened = await openOn(device, ref);
    const again = await device.save({
      records: [{ ref, edits: [{ field: 'name', value: aName('Kovalenko'), base: opened.baseOf('name') }] }],
      action: 'edit',
      purpose: null,
    });
    expect(again).toEqual(ok({ refs: [], undo: null }));
    expect(device.main.audit).toHaveLength(2);
  });

  it('starts again with the bases of the form when another window committed first', async () => {
    const memory = memoryRecordStore();
    let interfere: (() => Promise<unknown>) | undefined;
    const store: RecordStore = {
      ...memory.store,
      commit: async (write) => {
        const first = interfere;
        interfere = undefined;
        await first?.();
        return memory.store.commit(write);
      },
    };
    const device = await aDevice({ store });
    const ref = device.newRef('resident');
    await device.save(creating(ref, aResident('Kovalenko')));
    const opened = await openOn(device, ref);
    const other = await aDevice({ store: memory.store, seed: 2 });
    const base = opened.baseOf('name');
    const rename = (family: string) => ({
      records: [{ ref, edits: [{ field: 'name', value: aName(family), base }] }],
      action: 'edit' as const,
      purpose: null,
    });
    interfere = () => other.save(rename('Shevchenko'));
    const saved = await device.save(rename('Bondarenko'));
    expect(saved.ok).toBe(true);
    const names = (await device.opsIn(ref)).filter(({ f }) => f === 'name');
    expect(names).toHaveLength(3);
    const [first] = base;
    expect(names.filter(({ b }) => b.length === 1 && b[0]?.n === first?.n)).toHaveLength(2);
    const unsettled = (await openOn(device, ref)).unsettled;
    expect(unsettled).toEqual(['name']);
  });

  it('gives up after five attempts and has written nothing', async () => {
    const memory = memoryRecordStore();
    let commits = 0;
    const store: RecordStore = {
      ...memory.store,
      commit: () => {
        commits += 1;
        return Promise.resolve(err({ type: 'moved', ref: null }));
      },
    };
    const device = await aDevice({ store });
    const saved = await device.save(creating(device.newRef('resident'), aResident('Kovalenko')));
    expect(saved).toEqual(err({ type: 'moved', ref: null }));
    expect(commits).toBe(5);
    expect(memory.rows.size + device.shown.size + device.main.journal.size).toBe(0);
  });

  it('says that the disk is full, keeps nothing half, and goes on afterwards', async () => {
    const memory = memoryRecordStore();
    let full = true;
    const store: RecordStore = {
      ...memory.store,
      commit: (write) => (full ? Promise.resolve(err({ type: 'storage-full' })) : memory.store.commit(write)),
    };
    const device = await aDevice({ store });
    const request = creating(device.newRef('resident'), aResident('Kovalenko'));
    expect(await device.save(request)).toEqual(err({ type: 'storage-full' }));
    expect(device.shown.size).toBe(0);
    full = false;
    expect((await device.save(request)).ok).toBe(true);
    expect([...memory.ops.values()].map(({ n, m }) => [n, m])).toEqual([[1, 4]]);
  });

  it('does not call a record unsaved that cannot be opened because the disk filled after it', async () => {
    const memory = memoryRecordStore();
    let full = false;
    const store: RecordStore = {
      ...memory.store,
      commit: (write) => (full ? Promise.resolve(err({ type: 'storage-full' })) : memory.store.commit(write)),
    };
    const device = await aDevice({ store });
    const ref = device.newRef('resident');
    expect(await device.save(creating(ref, aResident('Kovalenko')))).toMatchObject({ ok: true });
    full = true;
    // Who looks is kept first, so that nothing is shown.
    expect(await openRecord(device.vault, ref, null)).toEqual(err({ type: 'not-opened' }));
    full = false;
    expect(await openRecord(device.vault, ref, null)).toMatchObject({ ok: true });
  });

  it('goes on without the second copy and sends it later, audit included', async () => {
    const device = await aDevice();
    device.main.answerWith('full');
    expect((await device.save(creating(device.newRef('resident'), aResident('A')))).ok).toBe(true);
    expect((await device.save(creating(device.newRef('resident'), aResident('B')))).ok).toBe(true);
    expect(device.vault.memory.secondCopyFailed).toBe(true);
    device.main.answerWith('fsynced');
    expect((await device.save(creating(device.newRef('resident'), aResident('C')))).ok).toBe(true);
    expect(device.vault.memory.secondCopyFailed).toBe(false);
    expect(countIn([...device.main.journal.values()])).toBe(12);
  });

  it('refuses a wrong value and a field whose key the user lacks', async () => {
    const device = await aDevice({ cipher: clearCipher(['core']) });
    const ref = device.newRef('resident');
    expect(await device.save(creating(ref, { bsn: '111222333' }))).toEqual(
      err({ type: 'unknown-field', id: ref.id, field: 'bsn' }),
    );
    expect(await device.save(creating(ref, { birthDate: '1985-02-30' }))).toEqual(
      err({ type: 'bad-value', id: ref.id, field: 'birthDate' }),
    );
  });

  it('leaves boxes it cannot open as they are', async () => {
    const memory = memoryRecordStore();
    const device = await aDevice({ store: memory.store });
    const ref = device.newRef('resident');
    await device.save(creating(ref, { ...aResident('Kovalenko'), bsn: '111222333' }));
    await device.restart(memory.store, clearCipher(['core']));
    const opened = await openOn(device, ref);
    expect(opened.values['bsn']).toBeUndefined();
    const edit = { field: 'callName', value: 'Lena', base: opened.baseOf('callName') };
    expect((await device.save({ records: [{ ref, edits: [edit] }], action: 'edit', purpose: null })).ok).toBe(true);
    await device.restart(memory.store, clearCipher());
    expect(await device.valuesIn(ref)).toMatchObject({ bsn: '111222333', callName: 'Lena' });
  });
});

describe('undo', () => {
  it('brings former values back, and back again', async () => {
    const device = await aDevice();
    const ref = device.newRef('resident');
    await device.save(creating(ref, { ...aResident('Kovalenko'), phones: ['06 1', '06 2'] }));
    const opened = await openOn(device, ref);
    const changed = await device.save({
      records: [
        {
          ref,
          edits: [
            { field: 'name', value: aName('Shevchenko'), base: opened.baseOf('name') },
            { field: 'phones', value: ['06 2', '06 3'], base: opened.baseOf('phones') },
            { field: 'callName', value: 'Lena', base: opened.baseOf('callName') },
          ],
        },
      ],
      action: 'edit',
      purpose: null,
    });
    if (!changed.ok || changed.value.undo === null) throw new Error('no undo');
    const undone = await device.save(changed.value.undo);
    expect(await device.valuesIn(ref)).toMatchObject({ name: aName('Kovalenko'), phones: ['06 1', '06 2'] });
    expect((await device.valuesIn(ref))?.['callName']).toBeUndefined();
    if (!undone.ok || undone.value.undo === null) throw new Error('no redo');
    await device.save(undone.value.undo);
    expect(await device.valuesIn(ref)).toMatchObject({ name: aName('Shevchenko'), phones: ['06 2', '06 3'] });
  });

  it('hides what was made and takes it out of the list', async () => {
    const device = await aDevice();
    const ref = device.newRef('resident');
    const made = await device.save(creating(ref, aResident('Kovalenko')));
    if (!made.ok || made.value.undo === null) throw new Error('no undo');
    await device.save(made.value.undo);
    expect(device.vault.memory.residents.has(ref.id)).toBe(false);
    expect((await device.restart()).vault.memory.residents.size).toBe(0);
  });
});

describe('list lines', () => {
  it('follow stays, rooms and families, and survive folding and another day', async () => {
    const device = await aDevice();
    const [site, resident, stay] = [device.newRef('site'), device.newRef('resident'), device.newRef('bedStay')];
    await device.save(creating(resident, aResident('Kovalenko', site.id)));
    await device.save(
      creating(site, {
        placement: { site: site.id },
        name: 'Noord',
        'building.a': { name: 'A' },
        'room.r1': { building: 'a', name: '1', floor: 0 },
        'room.r2': { building: 'a', name: '2', floor: 0 },
        'bed.b1': { room: 'r1', name: '1', outOfService: null },
      }),
    );
    await device.save(
      creating(stay, {
        placement: { site: site.id },
        stay: { site: site.id, bed: 'b1', resident: resident.id, from: '2026-02-01' },
        until: '2026-11-20',
      }),
    );
    expect(device.shown.get(resident.id)).toMatchObject({ site: site.id, room: 'r1', bed: 'b1' });
    // The person and the bed change in one save, and then the person alone.
    const edit = async (ref: typeof site, field: string, value: Value) => {
      const { baseOf } = await openOn(device, ref);
      return { ref, edits: [{ field, value, base: baseOf(field) }] };
    };
    const moved = { room: 'r2', name: '1', outOfService: null };
    const records = [await edit(resident, 'name', aName('Bilyk')), await edit(site, 'bed.b1', moved)];
    await device.save({ records, action: 'edit', purpose: null });
    expect(device.shown.get(resident.id)).toMatchObject({ family: 'Bilyk', room: 'r2', bed: 'b1' });
    await device.save({
      records: [await edit(resident, 'name', aName('Kovalenko'))],
      action: 'edit',
      purpose: null,
    });
    expect(device.shown.get(resident.id)).toMatchObject({ family: 'Kovalenko', room: 'r2', bed: 'b1' });
    expect((await foldSummaries(device.vault)).ok).toBe(true);
    const again = await device.restart();
    expect(again.alarms).toEqual([]);
    expect(again.mustRefresh).toBe(false);
    expect(device.shown.get(resident.id)).toMatchObject({ family: 'Kovalenko', bed: 'b1' });
    device.clock.set({ day: '2026-11-21' as never });
    expect((await device.restart()).mustRefresh).toBe(true);
    await refreshSummaries(device.vault, () => Promise.resolve());
    expect(device.shown.get(resident.id)).toMatchObject({ bed: null });
    expect((await device.restart()).mustRefresh).toBe(false);
  });
});
