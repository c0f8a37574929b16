import { expect, it } from 'vitest';
import type { OpenHost } from '../../../electron/host.ts';
import { enrol, makeTestClock, someOps, startHost, temporaryFolder, unlock } from './main-fixtures.ts';

const person = '5a5a5a5a-0000-4000-8000-000000000001';
const family = '5a5a5a5a-0000-4000-8000-000000000002';
const somebody = '5a5a5a5a-0000-4000-8000-000000000003';
const access = 'subject access, resident, passport seen';

async function note({ host }: OpenHost, action: string, id: string, purpose: string | null = null): Promise<void> {
  const row = await host['audit:prepare']({ action, kind: id === family ? 'family' : 'resident', id, purpose });
  const request = { ops: someOps(3, 1, 0), audit: row, locals: [], store: 's', opCount: 0 };
  expect(await host['journal:append'](request)).toBe('fsynced');
}
const extract = ({ host }: OpenHost, ids = [person, family]) => host['audit:extract']({ ids });

it('gives who did what with the records of one person, when and what for, and nothing of anybody else', async () => {
  const device = await startHost(temporaryFolder());
  const { user } = await enrol(device);
  await note(device, 'create', person);
  await note(device, 'view', somebody, 'call of the huisarts');
  await note(device, 'edit', family);
  await note(device, 'view', person, 'BSN for the bank');
  await note(device, 'view', person, access);
  const log = await extract(device);
  if ('refused' in log) return expect.fail(log.refused);
  expect(log.isWhole).toBe(true);
  expect(log.entries.map(({ action, kind, id, purpose }) => [action, kind, id, purpose])).toEqual([
    ['create', 'resident', person, null],
    ['edit', 'family', family, null],
    ['view', 'resident', person, 'BSN for the bank'],
    ['view', 'resident', person, access],
  ]);
  expect(log.entries.every((entry) => entry.user === user && entry.role === 'lead' && entry.atMs > 0)).toBe(true);
});

it('is not given without an entry about the asking itself, nor long after it, nor to somebody else', async () => {
  const clock = makeTestClock();
  const userData = temporaryFolder();
  const device = await startHost(userData, { nowMs: clock.nowMs, monotonicMs: clock.monotonicMs });
  await enrol(device);
  await note(device, 'view', person, 'just looking');
  expect(await extract(device)).toEqual({ refused: 'not-asked' });
  await note(device, 'view', somebody, access);
  expect(await extract(device)).toEqual({ refused: 'not-asked' });
  await note(device, 'view', person, access);
  expect(await extract(device)).toHaveProperty('entries');
  clock.run(11 * 60_000);
  expect(await extract(device)).toEqual({ refused: 'not-asked' });
  await note(device, 'view', person, access);
  await enrol(device, 'A colleague', 2);
  expect(await extract(device)).toEqual({ refused: 'not-asked' });
});

it('is not given while nobody is unlocked, and goes on over a restart', async () => {
  const userData = temporaryFolder();
  const first = await startHost(userData);
  const { user } = await enrol(first);
  await note(first, 'create', person);
  await first.forget();
  const again = await startHost(userData);
  expect(await extract(again)).toEqual({ refused: 'not-asked' });
  await unlock(again, user);
  await note(again, 'view', person, access);
  expect(await extract(again)).toMatchObject({ isWhole: true, entries: [{ action: 'create' }, { action: 'view' }] });
});
