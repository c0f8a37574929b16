import { expect, it } from 'vitest';
import { unarchivedCount } from '../../../renderer/use-cases/push-pending.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

it('what a backup covers is known after the next hello, and wholly covered writers are named no more', async () => {
  const laptop = await aDevice();
  const endpoint = memoryEndpoint();
  const sync = async () => expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true });
  await laptop.save(creating(laptop.newRef('resident'), aResident('Kovalenko')));
  await sync();
  await sync();
  const writers = [...endpoint.byWriter.keys()].sort();
  expect(endpoint.asked.at(-1)?.toSorted()).toEqual(writers);
  expect(unarchivedCount(laptop.vault)).toBeNull();

  // A backup of all but the last operation of one writer.
  for (const [w, ops] of endpoint.byWriter) endpoint.covered.set(w, ops.length);
  const [first = ''] = writers;
  endpoint.covered.set(first, (endpoint.byWriter.get(first)?.length ?? 0) - 1);
  await sync();
  expect(unarchivedCount(laptop.vault)).toBe(1);
  await sync();
  expect(endpoint.asked.at(-1)).toEqual([first]);

  endpoint.covered.set(first, endpoint.byWriter.get(first)?.length ?? 0);
  await sync();
  await sync();
  expect(endpoint.asked.at(-1)).toEqual([]);
  expect(unarchivedCount(laptop.vault)).toBe(0);

  await laptop.save(creating(laptop.newRef('resident'), aResident('Bondar')));
  await sync();
  expect(unarchivedCount(laptop.vault)).toBeGreaterThan(0);
});
