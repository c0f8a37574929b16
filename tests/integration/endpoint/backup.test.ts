import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { feedStart } from '../../../shared/sync/page.ts';
import { enrolled, makeDataFolder, newRecord, type TestDevice, type Writer } from './test-device.ts';

const folder = await makeDataFolder();
const other = await makeDataFolder();
const backups = join(folder.path, '..', 'backups');
const { text: site } = newRecord();
let endpoint: Endpoint;
let device: TestDevice;
let core: Writer;
let finance: Writer;
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  // Another municipality: a backup is of all of them.
  const foreign = await enrolled(endpoint, { municipality: '0599' });
  const theirs = foreign.writer('core');
  foreign.fill(theirs, 2);
  await foreign.push(foreign.frameOf(theirs));
  device = await enrolled(endpoint);
  core = device.writer('core');
  device.fill(core, 20, site);
  // Text that a file of lines has to keep as it is, and a record that moves: `place` and `evict` in the feeds.
  device.edit(core, { t: 'later', f: 'note', v: 'a\tb\\c\nd\r\\N \u0000 Їжак 🐗' });
  device.edit(core, { t: 'family', f: 'placement', v: { site: null }, id: core.ops[0]?.id ?? new Uint8Array(16) });
  await device.push(device.frameOf(core));
  finance = device.writer('finance');
  device.edit(finance, { t: 'later', f: 'amount', v: 1, id: core.ops[1]?.id ?? new Uint8Array(16) });
  await device.push(device.frameOf(finance));
});
afterAll(async () => {
  await endpoint.stop();
  await folder.remove();
  await other.remove();
});

const command = async (...args: readonly string[]) => {
  const child = spawn(process.execPath, ['endpoint/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, said, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((ended) => child.once('exit', (left) => ended(left))),
  ]);
  return { out, code, lines: said.trim().split('\n') };
};
const archived = async () => {
  const ask = [core, finance].map(({ w, ops }) => ({ w: toHex(w), n: ops.length, h: '0'.repeat(64) }));
  return (await device.hello({ writers: ask })).writers.map((writer) => writer.archived);
};
const newest = async () => join(backups, (await readdir(backups)).sort().at(-1) ?? '');

describe('a backup', () => {
  it('covers nothing before it was made', async () => {
    expect(await archived()).toEqual([0, 0]);
  });

  it('is made beside a running endpoint, read back and proved, and only then told to the devices', async () => {
    const { code, out, lines } = await command('backup', '--data', folder.path, '--to', backups);
    expect({ code, out, count: lines.length }).toEqual({ code: 0, out: '', count: 1 });
    expect(lines[0]).toMatch(/onderdak-\d{8}T\d{6}Z: 25 operations of 3 writers in \d feeds, read back and proved$/);
    expect(await archived()).toEqual([22, 1]);
    const feeds = (await device.hello({ feeds: [{ site, c: 'core', pos: 0, h: toHex(feedStart()) }] })).feeds;
    expect(feeds.every((feed) => feed.archived === feed.head && feed.head > 0)).toBe(true);
    expect(await readdir(backups)).toHaveLength(1);
  });

  it('does not cover what came after it, until the next one', async () => {
    device.fill(core, 3, site);
    await device.push(device.frameOf(core, 23));
    expect(await archived()).toEqual([22, 1]);
  });

  it('of an endpoint that is not there is refused in one line', async () => {
    const { code, lines } = await command('backup', '--data', join(other.path, 'nothing'));
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('There is no database in') as string]);
    expect(await command('back-up')).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('devices, deposit-only, revoke')],
    });
  });
});

let copies = 0;
/** A copy of the backup with one file changed; `isKnown`: the manifest is changed along, as by a clever hand. */
async function damaged(file: string, change: (content: string) => string, isKnown: boolean): Promise<string> {
  const copy = join(other.path, `copy-${(copies += 1)}`);
  await cp(await newest(), copy, { recursive: true });
  const content = change(await readFile(join(copy, `${file}.copy`), 'utf8'));
  await writeFile(join(copy, `${file}.copy`), content);
  if (isKnown) {
    const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8')) as {
      files: { table: string; rows: number; sha256: string }[];
    };
    const entry = manifest.files.find(({ table }) => table === file);
    if (entry !== undefined) {
      entry.rows = content.split('\n').length - 1;
      entry.sha256 = createHash('sha256').update(content).digest('hex');
    }
    await writeFile(join(copy, 'manifest.json'), JSON.stringify(manifest));
  }
  return copy;
}

describe('a restore', () => {
  it('refuses a damaged backup, also one whose list of files was changed along, and leaves the database empty', async () => {
    const data = join(other.path, 'damaged');
    await mkdir(other.path, { recursive: true });
    const lastRow = (content: string) => content.replace(/[^\n]+\n$/, '');
    const wrong: [string, RegExp][] = [
      [await damaged('op', lastRow, false), /op\.copy is not what was written/],
      [await damaged('op', lastRow, true), /a (writer does not end|feed names what is not there)/],
      [await damaged('feed', lastRow, true), /a feed does not end where it should/],
      [await damaged('frame', (content) => content.slice(0, -9), false), /frame\.copy (is not|cannot be read back)/],
      [await damaged('op', (content) => content.replace('\t', ''), true), /op\.copy cannot be read back/],
      [join(other.path, 'none'), /is not a backup/],
    ];
    for (const [backup, line] of wrong) {
      const { code, lines } = await command('restore', backup, '--data', data);
      expect(code).toBe(1);
      expect(lines.at(-1)).toMatch(line);
    }
    const { code, lines } = await command('restore', await newest(), '--data', data);
    expect({ code, last: lines.at(-1) }).toMatchObject({
      code: 0,
      last: expect.stringContaining('25 operations') as string,
    });
  });

  it('does not go over a database that is used, nor beside an endpoint that runs', async () => {
    const { code, lines } = await command('restore', await newest(), '--data', folder.path);
    expect({ code, lines }).toEqual({ code: 1, lines: ['An endpoint works on this database. Stop it first.'] });
    await endpoint.stop();
    const again = await command('restore', await newest(), '--data', folder.path);
    expect(again.code).toBe(1);
    expect(again.lines.at(-1)).toBe('The database holds operations: a backup goes into an empty one.');
  });

  it('brings everything back where key and journal were kept, and the journal what came later', async () => {
    endpoint = await startEndpoint({ data: folder.path });
    device.endpoint = endpoint;
    const before = await Promise.all([device.feed(site, 'core'), device.feed('shared', 'core')]);
    await endpoint.stop();
    // The disk of the database is lost; what has a backup of its own is there.
    await rename(join(folder.path, 'pg'), join(folder.path, '..', 'lost'));
    await rename(join(folder.path, 'database-made'), join(folder.path, '..', 'lost-mark'));
    expect(await command('restore', await newest(), '--data', folder.path)).toMatchObject({ code: 0 });
    const lines: string[] = [];
    endpoint = await startEndpoint({ data: folder.path, say: (line) => lines.push(line) });
    device.endpoint = endpoint;
    expect(lines.join('\n')).toMatch(/1 entries behind the frame journal/);
    expect(await Promise.all([device.feed(site, 'core'), device.feed('shared', 'core')])).toEqual(before);
    device.fill(core, 1, site);
    expect(await device.push(device.frameOf(core, 26))).toMatchObject({ ack: { n: 26 } });
  });

  it('of a stopped endpoint a backup is made as well', async () => {
    await endpoint.stop();
    const { code, lines } = await command('backup', '--data', folder.path, '--to', backups);
    expect({ code, last: lines.at(-1) }).toMatchObject({
      code: 0,
      last: expect.stringContaining('29 operations') as string,
    });
    endpoint = await startEndpoint({ data: folder.path });
    device.endpoint = endpoint;
    expect(await archived()).toEqual([26, 1]);
  });
});
