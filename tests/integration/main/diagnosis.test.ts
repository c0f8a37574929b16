import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ipcContract } from '../../../shared/ipc-contract.ts';
import { enrol, someOps, startHost, temporaryFolder } from './main-fixtures.ts';

const planted = ['Kanarie', 'Gebruikersnaam', '111222333', 'Kovalenko'];

it('tells counts and codes before and after somebody is unlocked, and names nobody', async () => {
  const userData = temporaryFolder();
  const device = await startHost(userData);
  expect(await device.host['app:diagnosis']()).toMatchObject({ users: 0, device: '', journal: { ops: 0 } });
  const { device: id } = await enrol(device, 'Kanarie Gebruikersnaam');
  await device.host['journal:append']({
    ...{ ops: someOps(1, 1, 3), audit: null, locals: [], store: 'store-1', opCount: 3 },
  });
  await device.host['sync:enrol']({ url: 'http://127.0.0.1:9', code: 'Kovalenko 111222333' });
  // What is in the log and is no line of ours is not told on.
  writeFileSync(
    path.join(userData, 'log', 'events-2026-09-01.log'),
    'Kanarie Kovalenko\n2026-09-01T10:00:00.000Z started Kanarie\n2026-09-01T10:00:00.000Z sync-failed offline\n',
  );
  const told = await device.host['app:diagnosis']();
  expect(ipcContract['app:diagnosis'].response.safeParse(told).success).toBe(true);
  expect(told).toMatchObject({ users: 1, device: id, journal: { ops: 3, damaged: 0, expected: 3 }, endpoint: null });
  expect(told.events).toContainEqual(expect.objectContaining({ code: 'sync-failed offline', count: 2 }));
  expect(told.freeBytes).toBe(10_000_000_000);
  for (const word of planted) expect(JSON.stringify(told)).not.toContain(word);
});

it('works where nearly nothing else does: a full disk, and a log that is gone', async () => {
  const userData = temporaryFolder();
  const device = await startHost(userData, { freeBytes: () => 1_000_000 });
  rmSync(path.join(userData, 'log'), { recursive: true, force: true });
  expect(await device.host['app:diagnosis']()).toMatchObject({ store: 'safe-mode', freeBytes: 1_000_000, events: [] });
});
