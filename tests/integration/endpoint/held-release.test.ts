import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { enrolled, makeDataFolder, newRecord, type TestDevice } from './test-device.ts';

const folder = await makeDataFolder();
const { text: site } = newRecord();
const late = `u_${randomBytes(8).toString('hex')}`;
let endpoint: Endpoint;
let device: TestDevice;
let colleague: TestDevice;
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  device = await enrolled(endpoint);
  colleague = await enrolled(endpoint);
});
afterAll(async () => {
  await endpoint.stop();
  await folder.remove();
});

const command = async (...args: readonly string[]) => {
  const child = spawn(process.execPath, ['endpoint/main.ts', ...args, '--data', folder.path], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, code] = await Promise.all([
    text(child.stderr),
    new Promise((ended) => child.once('exit', (left) => ended(left))),
  ]);
  return { code, lines: said.trim().split('\n') };
};
const seen = async () => {
  const [core, finance] = await Promise.all([colleague.feed(site, 'core'), colleague.feed(site, 'finance')]);
  return [...core, ...finance].flatMap((entry) => (entry.kind === 'op' ? [entry.op.v] : []));
};

it('what a user made before being enrolled waits, is listed, and a person releases it, once', async () => {
  const { user } = device;
  device.user = late;
  const core = device.writer('core');
  const family = device.edit(core, { t: 'family', f: 'placement', v: { site } });
  device.edit(core, { t: 'family', f: 'label', v: 'Bondar', id: family.id });
  // No right makes a value fit a wider feed than its field has, or another form.
  device.edit(core, { t: 'resident', f: 'bsn', v: '123456782' });
  expect(await device.push(device.frameOf(core))).toMatchObject({
    ack: { n: 3 },
    held: [{ n: 1 }, { n: 2 }, { n: 3 }],
  });
  const finance = device.writer('finance');
  device.edit(finance, { t: 'family', f: 'later', v: 7, id: family.id });
  await device.push(device.frameOf(finance));
  device.user = user;
  expect(await seen()).toEqual([]);

  expect(await command('held')).toEqual({
    code: 0,
    lines: [`${late} (0000, ${device.id}): 4 wait because of rights: family, resident`],
  });
  expect(await command('release', user)).toEqual({ code: 1, lines: [`Nothing of ${user} waits.`] });
  expect(await command('release', late)).toEqual({
    code: 0,
    lines: ['3 released, 1 kept back: no right makes them fit.'],
  });
  const values = [{ site }, 'Bondar', 7];
  expect(await seen()).toEqual(values);
  // Sent again they are a success, and only what still waits is said to.
  device.user = late;
  expect(await device.push(device.frameOf(core))).toMatchObject({ ack: { n: 3 }, held: [{ n: 3, why: 'rights' }] });
  device.user = user;
  expect(await command('release', late)).toMatchObject({
    lines: ['0 released, 1 kept back: no right makes them fit.'],
  });
  expect(await seen()).toEqual(values);
});

it('a database that lost everything gets the release from the journal, at the same positions', async () => {
  const before = await colleague.feed(site, 'core');
  await endpoint.stop();
  await rm(join(folder.path, 'pg'), { recursive: true });
  await rm(join(folder.path, 'database-made'));
  endpoint = await startEndpoint({ data: folder.path });
  colleague.endpoint = endpoint;
  expect(await colleague.feed(site, 'core')).toEqual(before);
  expect(await seen()).toHaveLength(3);
});
