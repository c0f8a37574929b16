import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint, type EndpointOptions } from '../../../endpoint/start-endpoint.ts';
import { enrolled, makeDataFolder, newRecord, TestDevice, valuesOf } from './test-device.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
async function dataFolder(): Promise<string> {
  const folder = await makeDataFolder();
  undo.push(folder.remove);
  return folder.path;
}
async function start(data: string, options: Partial<EndpointOptions> = {}): Promise<Endpoint> {
  const endpoint = await startEndpoint({ data, ...options });
  undo.push(endpoint.stop);
  return endpoint;
}
const at = (device: TestDevice, { url, serverKey }: Endpoint) => {
  device.endpoint = { url, serverKey };
  return device;
};
/** A copy that keeps the owner of the files, as a backup does. */
const copyDatabase = async (from: string, to: string) => {
  await cp(from, to, { recursive: true, preserveTimestamps: true });
  if (userInfo().uid === 0) {
    const chown = spawn('chown', ['-R', 'postgres', to]);
    await new Promise((done) => chown.on('close', done));
  }
};

describe('a start on the same folder', () => {
  it('keeps devices, operations, feeds, key and epoch', async () => {
    const data = await dataFolder();
    const first = await start(data);
    const { text: site } = newRecord();
    const device = await enrolled(first);
    const writer = device.writer('core');
    device.fill(writer, 12, site);
    await device.push(device.frameOf(writer));
    const before = await device.feed(site, 'core');
    await first.stop();
    const second = await start(data);
    expect(second).toMatchObject({ serverKey: first.serverKey, epoch: first.epoch });
    at(device, second);
    expect(await device.feed(site, 'core')).toEqual(before);
    device.fill(writer, 1, site);
    expect(await device.push(device.frameOf(writer, 13))).toMatchObject({ ack: { n: 13 } });
  });
});

describe('a database that was put back', () => {
  it('gets what it forgot from the frame journal, at the same positions, in a new epoch', async () => {
    const data = await dataFolder();
    const { text: site } = newRecord();
    let endpoint = await start(data);
    const early = await enrolled(endpoint);
    const writer = early.writer('core');
    early.fill(writer, 5, site);
    await early.push(early.frameOf(writer));
    await endpoint.stop();
    await copyDatabase(join(data, 'pg'), join(data, '..', 'backup'));
    endpoint = await start(data);
    // After the backup: a device, more operations, a move.
    const late = at(new TestDevice(endpoint), endpoint);
    await late.enrol(await endpoint.invite({ sites: '*', role: 'caseworker' }));
    at(early, endpoint);
    early.fill(writer, 3, site);
    await early.push(early.frameOf(writer));
    const other = late.writer('finance');
    late.edit(other, { t: 'later', f: 'amount', v: 1, id: writer.ops[0]?.id ?? new Uint8Array(16) });
    await late.push(late.frameOf(other));
    const moved = late.writer('core');
    const [first] = writer.ops;
    if (first === undefined) throw new Error('no operation');
    late.edit(moved, { t: 'family', f: 'placement', v: { site: null }, id: first.id, b: [first] });
    await late.push(late.frameOf(moved));
    const cores = await early.feed(site, 'core');
    const { epoch } = endpoint;
    await endpoint.stop();
    await rm(join(data, 'pg'), { recursive: true });
    await copyDatabase(join(data, '..', 'backup'), join(data, 'pg'));

    const lines: string[] = [];
    endpoint = await start(data, { say: (line) => lines.push(line) });
    expect(lines.join('\n')).toMatch(/4 entries behind the frame journal/);
    expect(endpoint.epoch).not.toBe(epoch);
    at(early, endpoint);
    at(late, endpoint);
    expect(await early.feed(site, 'core')).toEqual(cores);
    expect(valuesOf(cores).at(-1)).toBe('evict');
    expect(await late.hello()).toMatchObject({ device: 'active', epoch: endpoint.epoch });
    expect(await early.push(early.frameOf(writer))).toMatchObject({ ack: { n: 8 } });
    const again = endpoint.epoch;
    await endpoint.stop();
    expect((await start(data)).epoch).toBe(again);
  });

  it('to before a loss of the journal starts all the same: what comes after the hole stands alone until that is filled', async () => {
    const data = await dataFolder();
    const { text: site } = newRecord();
    let endpoint = await start(data);
    const device = await enrolled(endpoint);
    const writer = device.writer('core');
    const other = device.writer('core');
    device.fill(writer, 1, site);
    await device.push(device.frameOf(writer));
    await endpoint.stop();
    await copyDatabase(join(data, 'pg'), join(data, '..', 'backup'));
    endpoint = await start(data);
    at(device, endpoint);
    device.fill(writer, 1, site);
    await device.push(device.frameOf(writer, 2));
    await endpoint.stop();
    await rm(join(data, 'frame-journal'), { recursive: true });
    endpoint = await start(data);
    at(device, endpoint);
    device.fill(writer, 1, site);
    await device.push(device.frameOf(writer, 3));
    await endpoint.stop();
    await rm(join(data, 'pg'), { recursive: true });
    await copyDatabase(join(data, '..', 'backup'), join(data, 'pg'));

    const lines: string[] = [];
    endpoint = await start(data, { say: (line) => lines.push(line) });
    expect(lines.join('\n')).toMatch(/journal begins after what the database has/);
    at(device, endpoint);
    const named = async () =>
      (await device.feed(site, 'core')).map((entry) => (entry.kind === 'op' ? entry.op.n : entry.kind));
    expect(await named()).toEqual([1, 3]);
    // It is behind nothing: what comes next is taken in, and the hole is filled by its author.
    device.fill(other, 1, site);
    expect(await device.push(device.frameOf(other))).toMatchObject({ ack: { n: 1 } });
    expect(await device.push(device.frameOf(writer, 2))).toMatchObject({ ack: { n: 3 } });
    expect(await named()).toEqual([1, 3, 1, 2]);
    const { epoch } = endpoint;
    await endpoint.stop();
    expect((await start(data)).epoch).toBe(epoch);
  });

  it('takes in what was on disk and never committed, and cuts a torn tail', async () => {
    const data = await dataFolder();
    let endpoint = await start(data, {
      onPoint: (point) => {
        if (point === 'before_commit') throw new Error('the process ends here');
      },
    });
    const code = await endpoint.invite();
    const device = new TestDevice(endpoint);
    expect(await device.enrol(code)).toMatchObject({ err: 'BUSY' });
    await endpoint.stop();
    const journal = join(data, 'frame-journal');
    await appendFile(join(journal, (await readdir(journal))[0] ?? ''), Buffer.from([0, 0, 1, 0, 7, 7, 7, 7, 1, 0]));
    endpoint = await start(data);
    at(device, endpoint);
    expect(await device.hello()).toMatchObject({ device: 'active' });
    const writer = device.writer('core');
    device.fill(writer, 2);
    expect(await device.push(device.frameOf(writer))).toMatchObject({ ack: { n: 2 } });
    await endpoint.stop();
    endpoint = await start(data);
    at(device, endpoint);
    expect(await device.feed('shared', 'core')).toHaveLength(2);
  });
});

describe('a start that must not be', () => {
  it('PostgreSQL without fsync, without full pages, or confirming before it is on disk', async () => {
    const data = await dataFolder();
    await (await start(data)).stop();
    const file = join(data, 'pg', 'postgresql.conf');
    const good = await readFile(file, 'utf8');
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      await writeFile(file, `${good}\n${setting} = off\n`);
      await expect(startEndpoint({ data })).rejects.toThrow(`${setting} = off`);
    }
    await writeFile(file, good);
    await start(data);
  });

  it('a folder whose database is gone or is something else: no empty one is made', async () => {
    const data = await dataFolder();
    await (await start(data)).stop();
    await rename(join(data, 'pg'), join(data, 'elsewhere'));
    await expect(startEndpoint({ data })).rejects.toThrow('No empty database was made');
    expect(await readdir(data)).not.toContain('pg');
    const strange = await dataFolder();
    await mkdir(join(strange, 'pg'), { recursive: true });
    await writeFile(join(strange, 'pg', 'letter.txt'), 'mine');
    await expect(startEndpoint({ data: strange })).rejects.toThrow('left as it is');
    expect(await readFile(join(strange, 'pg', 'letter.txt'), 'utf8')).toBe('mine');
  });

  it('a second endpoint on the database, another data folder, a port in use, plain HTTP for the network', async () => {
    const data = await dataFolder();
    const first = await start(data);
    const second = { data: await dataFolder(), databaseUrl: first.databaseUrl };
    await expect(startEndpoint(second)).rejects.toThrow('Another endpoint works on this database');
    await expect(startEndpoint({ data: await dataFolder(), host: '0.0.0.0' })).rejects.toThrow('--cert');
    await expect(
      startEndpoint({ data: await dataFolder(), databaseUrl: 'postgres://a:b@127.0.0.1:1/c' }),
    ).rejects.toThrow('cannot be reached');
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    await first.stop();
    await expect(startEndpoint({ data, port })).rejects.toThrow('EADDRINUSE');
    server.close();
    // The server key of another folder: its devices would not know it.
    await rm(join(data, 'server-key.pem'));
    await expect(startEndpoint({ data })).rejects.toThrow('belongs to another data folder');
  });
});

describe('the program', () => {
  const run = (data: string) =>
    spawn(process.execPath, ['endpoint/main.ts', '--data', data, '--demo'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const firstLine = (child: ReturnType<typeof run>) =>
    new Promise<string>((found, failed) => {
      child.stdout.once('data', (chunk: Buffer) => found(chunk.toString()));
      child.once('exit', () => failed(new Error('ended early')));
    });

  it('says where it listens in one line, survives a kill, and stops cleanly', async () => {
    const data = await dataFolder();
    const killed = run(data);
    const line = JSON.parse(await firstLine(killed)) as { listening: string; invitation: string; serverKey: string };
    const device = new TestDevice({ url: line.listening, serverKey: line.serverKey });
    expect(await device.enrol(line.invitation, { protection: 'reduced' })).toMatchObject({ reducedProtection: true });
    const gone = new Promise((done) => killed.once('exit', done));
    killed.kill('SIGKILL');
    await gone;
    const child = run(data);
    const rest = text(child.stderr);
    const again = JSON.parse(await firstLine(child)) as { listening: string; serverKey: string };
    expect(again.serverKey).toBe(line.serverKey);
    device.endpoint = { url: again.listening, serverKey: again.serverKey };
    expect(await device.hello()).toMatchObject({ device: 'active' });
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await rest).toMatch(/Stopped\n$/);
    expect(await readdir(join(data, 'pg'))).not.toContain('postmaster.pid');
  });
});
