import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeStickFile, makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import { exportCasebox, importCasebox } from '../../../renderer/use-cases/exchange-casebox.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { copyStore, emptyStore, storeOn } from '../../simulation/disk.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { aStickLaptop } from './stick-laptop.ts';

const own = await ownEndpoint();

async function edit(device: Device, ref: RecordRef, field: string, value: Value): Promise<void> {
  const base = (await device.opsIn(ref)).filter(({ f }) => f === field).map(({ w, n }) => ({ w, n }));
  const edits = [{ field, value, base: base.slice(-1) }];
  expect(await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).toMatchObject({ ok: true });
}

/** A laptop of which there are two from some moment on, with one key; neither has a network. */
async function twins(seed: number) {
  const laptop = await aStickLaptop(own.endpoint, seed);
  const { user } = laptop.device.vault;
  const image = emptyStore('one');
  const first = await aDevice({ store: storeOn({ store: image }), user: user.id, seed });
  const copy = async () => {
    const second = await aDevice({ store: storeOn({ store: copyStore(image) }), user: user.id, seed: seed + 50 });
    second.vault.memory.ownWriters = new Map(first.vault.memory.ownWriters);
    return second;
  };
  /** To the endpoint and back. */
  const carry = async (device: Device) => {
    const stick = makeStickFile(laptop.main.host);
    const written = await exportCasebox(device.vault, stick, []);
    if (!written.ok) throw new Error(written.error.type);
    const file = path.join(laptop.stick, laptop.chosen.suggested);
    const taken = await own.endpoint.casebox.take(readFileSync(file));
    if (!taken.ok) throw new Error(taken.error.type);
    laptop.chosen.source = `${file}.answer`;
    writeFileSync(laptop.chosen.source, taken.value.answer);
    return importCasebox(device.vault, stick);
  };
  return { laptop, first, copy, carry };
}

it('brings the work of both copies of a laptop by stick alone, each once', async () => {
  const { laptop, first, copy, carry } = await twins(1);
  const ref = first.newRef('resident');
  await first.save(creating(ref, aResident('Kovalenko')));
  // Nothing of it was confirmed when the laptop was copied.
  const second = await copy();
  await edit(first, ref, 'vNumber', '1234567890');
  await edit(second, ref, 'callName', 'second');
  expect(await carry(first)).toMatchObject({ ok: true, value: { confirmed: 5 } });

  expect(await carry(second)).toMatchObject({ ok: true });
  expect(second.told).toEqual([{ type: 'reissued', ops: 1 }]);
  expect(unsentCount(second.vault)).toBe(1);
  expect(await carry(second)).toMatchObject({ ok: true, value: { confirmed: 1 } });
  expect(await carry(first)).toMatchObject({ ok: true });
  const expected = { name: { family: 'Kovalenko' }, callName: 'second', vNumber: '1234567890' };
  for (const device of [first, second]) {
    expect(await device.valuesIn(ref)).toMatchObject(expected);
    expect((await device.opsIn(ref)).map(({ f }) => f).sort()).toEqual(
      ['arrival', 'birthDate', 'callName', 'name', 'placement', 'vNumber'].sort(),
    );
    expect(unsentCount(device.vault)).toBe(0);
  }
  // And by the network nothing is said twice.
  expect(await second.sync(makeSyncTransport(laptop.main.host))).toMatchObject({ ok: true, value: { sent: 0 } });
});

it('lets nothing in that was built on a number of the other copy', async () => {
  const { first, copy, carry } = await twins(2);
  const ref = first.newRef('resident');
  await first.save(creating(ref, aResident('Kovalenko')));
  expect(await carry(first)).toMatchObject({ ok: true, value: { confirmed: 4 } });
  const second = await copy();
  await edit(first, ref, 'callName', 'first');
  await edit(second, ref, 'callName', 'second');
  // The process of the second ends; the next one writes under other numbers, on top of the disputed one.
  await second.restart();
  await edit(second, ref, 'callName', 'second, better');
  expect(await carry(first)).toMatchObject({ ok: true, value: { confirmed: 1 } });
  for (let time = 0; time < 3; time++) expect(await carry(second)).toMatchObject({ ok: true });
  expect(await carry(first)).toMatchObject({ ok: true });
  for (const device of [first, second]) {
    expect(unsentCount(device.vault)).toBe(0);
    const names = (await device.opsIn(ref)).filter(({ f }) => f === 'callName');
    expect(names.map(({ v }) => v).sort()).toEqual(['first', 'second', 'second, better']);
    const own = names.find(({ v }) => v === 'second');
    const better = names.find(({ v }) => v === 'second, better');
    expect(better?.b.map(({ w, n }) => [Buffer.from(w).toString('hex'), n])).toEqual([
      [Buffer.from(own?.w ?? []).toString('hex'), own?.n],
    ]);
  }
});

it('does not use numbers again that another copy used, when the store was put back to before them', async () => {
  const { first, copy, carry } = await twins(3);
  const ref = first.newRef('resident');
  await first.save(creating(ref, aResident('Kovalenko')));
  const old = await copy();
  await edit(first, ref, 'callName', 'first');
  expect(await carry(first)).toMatchObject({ ok: true });
  expect(await carry(old)).toMatchObject({ ok: true });
  await edit(old, ref, 'vNumber', '1234567890');
  expect(old.told).toEqual([]);
  expect(await carry(old)).toMatchObject({ ok: true, value: { confirmed: 1 } });
  expect(await old.valuesIn(ref)).toMatchObject({ callName: 'first', vNumber: '1234567890' });
});
