import { expect, it } from 'vitest';
import type { Resident } from '../../../shared/register/resident.ts';
import { scanResidents } from '../../../renderer/use-cases/scan-residents.ts';
import { aDevice, aName, creating, type Device } from '../../fakes/device.ts';

async function withResidents(count: number): Promise<Device> {
  const device = await aDevice();
  for (let at = 0; at < count; at++) {
    const saved = await device.save(creating(device.newRef('resident'), { name: aName(`Bondar ${String(at)}`) }));
    expect(saved.ok).toBe(true);
  }
  return device;
}
const goOn = new AbortController().signal;

it('shows every resident once, with progress, and one line in the audit log', async () => {
  const device = await withResidents(130);
  const seen: Resident[] = [];
  const progress: [number, number][] = [];
  const before = device.vault.memory.known.counter;
  const scan = await scanResidents(
    device.vault,
    'expiry',
    (resident) => void seen.push(resident),
    (read, total) => void progress.push([read, total]),
    goOn,
  );
  expect(scan).toEqual({ ok: true, value: { read: 130, unreadable: 0 } });
  expect(new Set(seen.map(({ name }) => name.family)).size).toBe(130);
  expect(progress).toEqual([
    [100, 130],
    [130, 130],
  ]);
  expect(device.vault.memory.known.counter - before).toBe(1);
});

it('leaves out a record that was deleted', async () => {
  const device = await withResidents(2);
  const [first = ''] = device.vault.memory.residents.keys();
  const edits = [{ field: '_deleted', value: true, base: [] }];
  const deleted = await device.save({
    records: [{ ref: { kind: 'resident', id: first }, edits }],
    action: 'delete',
    purpose: null,
  });
  expect(deleted.ok).toBe(true);
  const seen: string[] = [];
  await scanResidents(
    device.vault,
    'expiry',
    ({ id }) => void seen.push(id),
    () => undefined,
    goOn,
  );
  expect(seen).toHaveLength(1);
  expect(seen).not.toContain(first);
});

it('stops between two batches when the page is left', async () => {
  const device = await withResidents(130);
  const stop = new AbortController();
  const seen: string[] = [];
  const scan = await scanResidents(
    device.vault,
    'expiry',
    ({ id }) => void seen.push(id),
    () => stop.abort(),
    stop.signal,
  );
  expect(scan).toEqual({ ok: true, value: { read: 100, unreadable: 0 } });
  expect(seen).toHaveLength(100);
});
