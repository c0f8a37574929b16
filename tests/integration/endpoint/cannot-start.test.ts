import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { enrolled, makeDataFolder, type TestDevice, type Writer } from './test-device.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
async function dataFolder(): Promise<string> {
  const folder = await makeDataFolder();
  undo.push(folder.remove);
  return folder.path;
}
/** An endpoint that took three operations in and was stopped. */
async function usedFolder(): Promise<{ data: string; device: TestDevice; writer: Writer }> {
  const data = await dataFolder();
  const endpoint = await startEndpoint({ data });
  const device = await enrolled(endpoint);
  const writer = device.writer('core');
  device.fill(writer, 3);
  await device.push(device.frameOf(writer));
  await endpoint.stop();
  return { data, device, writer };
}
const stillThere = async (endpoint: Endpoint, device: TestDevice) => {
  device.endpoint = { url: endpoint.url, serverKey: endpoint.serverKey };
  expect(await device.feed('shared', 'core')).toHaveLength(3);
};
const program = (data: string) => {
  const child = spawn(process.execPath, ['endpoint/main.ts', '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  undo.push(() => child.kill());
  return child;
};
const ended = (child: ChildProcess) => new Promise((done) => child.once('exit', done));

describe('one data folder', () => {
  it('is for one endpoint: the second says so in a line, and the database of the first goes on', async () => {
    const data = await dataFolder();
    const first = await startEndpoint({ data });
    undo.push(first.stop);
    const device = await enrolled(first);
    const second = program(data);
    const [said, code] = await Promise.all([text(second.stderr), ended(second)]);
    expect(code).toBe(1);
    expect(said).toBe(`Another endpoint (process ${process.pid}) works in this data folder. Stop it first.\n`);
    await expect(startEndpoint({ data })).rejects.toThrow('works in this data folder');
    const writer = device.writer('core');
    device.fill(writer, 2);
    expect(await device.push(device.frameOf(writer))).toMatchObject({ ack: { n: 2 } });
  });

  it.each(['', '4000000 1', `${process.pid} 1`, 'text'])('is taken over from one that was killed: %j', async (left) => {
    const { data, device } = await usedFolder();
    await writeFile(join(data, 'endpoint.pid'), left);
    const endpoint = await startEndpoint({ data });
    undo.push(endpoint.stop);
    await stillThere(endpoint, device);
  });
});

describe('a PostgreSQL that cannot start', () => {
  it('a pid file that a power cut left is no reason', async () => {
    const { data, device } = await usedFolder();
    const pid = join(data, 'pg', 'postmaster.pid');
    await writeFile(pid, `4000000\n${join(data, 'pg')}\n1790000000\n5432\n\n127.0.0.1\n`);
    if (userInfo().uid === 0) await ended(spawn('chown', ['postgres', pid]));
    const endpoint = await startEndpoint({ data });
    undo.push(endpoint.stop);
    await stillThere(endpoint, device);
  });

  it('a pid file of a program that runs is one: it is named, nothing is stopped, no database is made', async () => {
    const { data, device } = await usedFolder();
    // Of the same user as PostgreSQL: programs of others it does not take into account.
    const uid = userInfo().uid === 0 ? Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })) : undefined;
    const stranger = spawn('sleep', ['600'], uid === undefined ? {} : { uid });
    undo.push(() => stranger.kill());
    const pid = join(data, 'pg', 'postmaster.pid');
    await writeFile(pid, `${stranger.pid}\n${join(data, 'pg')}\n1790000000\n1\n\n127.0.0.1\n`);
    if (userInfo().uid === 0) await ended(spawn('chown', ['postgres', pid]));
    const before = await readdir(data);
    const child = program(data);
    const [said, code] = await Promise.all([text(child.stderr), ended(child)]);
    expect(code).toBe(1);
    expect(said.trim().split('\n').at(-1)).toBe(
      'Another PostgreSQL uses this data folder, or pg/postmaster.pid names a process that runs. Stop it first.',
    );
    expect(stranger.exitCode).toBeNull();
    expect(await readdir(data)).toEqual(before);
    await rm(pid);
    const endpoint = await startEndpoint({ data });
    undo.push(endpoint.stop);
    await stillThere(endpoint, device);
  });

  it('a folder it may not read, or damaged files, are told, and the folder stays as it is', async () => {
    const { data, device } = await usedFolder();
    const control = join(data, 'pg', 'global', 'pg_control');
    const good = await readFile(control);
    await chmod(control, 0o000);
    if (userInfo().uid === 0) await ended(spawn('chown', ['root', control]));
    await expect(startEndpoint({ data })).rejects.toThrow('PostgreSQL may not read its data folder');
    await chmod(control, 0o600);
    if (userInfo().uid === 0) await ended(spawn('chown', ['postgres', control]));
    await writeFile(control, Buffer.alloc(good.length, 7));
    await expect(startEndpoint({ data })).rejects.toThrow(/^PostgreSQL could not start: /);
    await writeFile(control, good);
    const endpoint = await startEndpoint({ data });
    undo.push(endpoint.stop);
    await stillThere(endpoint, device);
  });
});
