import { spawn } from 'node:child_process';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFrameJournal } from '../../../endpoint/frame-journal.ts';
import { unpackOne } from '../../../endpoint/feeds.ts';
import { opsOfJournal } from '../../../endpoint/redact-journal.ts';
import { frameTools } from '../../../endpoint/server-key.ts';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { decodeAnyFrame, isRedacted } from '../../../shared/sync/redacted-frame.ts';
import { adminUrlOf, enrolled, makeDataFolder, newRecord, type TestDevice, type Writer } from './test-device.ts';

const canary = 'Qx7Kanarievogel93';
const folder = await makeDataFolder();
const backups = join(folder.path, '..', 'backups');
const { text: site } = newRecord();
const doomed = newRecord();
/** What an endpoint that was started again says. */
const lines: string[] = [];
let endpoint: Endpoint;
let device: TestDevice;
let colleague: TestDevice;
let core: Writer;
let finance: Writer;
let seenBefore: Awaited<ReturnType<TestDevice['feed']>>;

const name = (family: string) => ({
  ...{ family, given: 'Olena', patronymic: '' },
  ...{ familyCyrillic: '', givenCyrillic: '', patronymicCyrillic: '' },
});
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  device = await enrolled(endpoint);
  colleague = await enrolled(endpoint);
  core = device.writer('core');
  device.edit(core, { t: 'resident', id: doomed.id, f: 'placement', v: { site } });
  device.edit(core, { t: 'resident', id: doomed.id, f: 'name', v: name(canary) });
  device.fill(core, 3, site);
  await device.push(device.frameOf(core));
  finance = device.writer('finance');
  device.edit(finance, { t: 'resident', id: doomed.id, f: 'later', v: canary });
  await device.push(device.frameOf(finance));
  seenBefore = await colleague.feed(site, 'core');
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
  return { code, said: said.trim() };
};

/** Everything PostgreSQL holds, as text and unpacked: frames are compressed, and a search of their bytes proves nothing. */
async function valuesInDatabase(): Promise<string> {
  const client = new pg.Client({ connectionString: await adminUrlOf(endpoint, folder.path) });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    let found = '';
    for (const { name: table } of tables.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${table}`);
      for (const row of rows) {
        found += JSON.stringify(row, (_key, value: unknown) => value);
        for (const bytes of Object.values(row)) if (bytes instanceof Buffer) found += bytes.toString('latin1');
        if (table === 'frame') found += JSON.stringify(opsOfFrame(row.bytes as Buffer).map(({ v }) => v));
        if (table === 'op') found += JSON.stringify(unpackOne(row.body as Buffer).v);
      }
    }
    return found;
  } finally {
    await client.end();
  }
}

async function asKeeper(query: string): Promise<void> {
  const client = new pg.Client({ connectionString: await adminUrlOf(endpoint, folder.path) });
  await client.connect();
  await client.query(query).finally(() => client.end());
}

function opsOfFrame(bytes: Uint8Array): readonly Change[] {
  const frame = decodeAnyFrame(bytes, frameTools);
  if (!frame.ok) throw new Error(frame.error.type);
  return frame.value.ops;
}

async function valuesInJournal(): Promise<{ readonly text: string; readonly redacted: number }> {
  const path = join(folder.path, 'frame-journal');
  const journal = await openFrameJournal(path);
  let found = '';
  let redacted = 0;
  for await (const { kind, bytes } of journal.entriesAfter(0)) {
    if (kind === 1 && isRedacted(bytes)) redacted += 1;
    const ops =
      kind === 1 ? opsOfFrame(bytes) : kind === 4 ? opsOfJournal(JSON.parse(bytes.toString()) as object).ops : [];
    found += JSON.stringify(ops.map(({ v }) => v)) + Buffer.from(bytes).toString('latin1');
  }
  await journal.close();
  for (const file of await readdir(path)) found += (await readFile(join(path, file))).toString('latin1');
  return { text: found, redacted };
}

const valuesSeen = async () =>
  JSON.stringify([...(await colleague.feed(site, 'core')), ...(await colleague.feed(site, 'finance'))]);

it('has the planted value in every place before: the search itself works', async () => {
  expect(await valuesInDatabase()).toContain(canary);
  expect((await valuesInJournal()).text).toContain(canary);
  expect(await valuesSeen()).toContain(canary);
  expect(await command('backup', '--to', backups)).toMatchObject({ code: 0 });
});

it('erases a record out of tables, frames, feeds and journal, keeps the place of every operation, and says so', async () => {
  expect(await command('erase', `resident/${doomed.text}`)).toMatchObject({ code: 1 });
  const done = await command('erase', `resident/${doomed.text}`, 'art. 17, zaak 12');
  expect(done).toEqual({
    code: 0,
    said: '2 operations lost their value. Earlier backups still hold it until they are destroyed.',
  });
  expect(await valuesInDatabase()).not.toContain(canary);
  const journal = await valuesInJournal();
  expect(journal.text).not.toContain(canary);
  expect(journal.redacted).toBe(2);
  expect(await valuesSeen()).not.toContain(canary);
  const after = await colleague.feed(site, 'core');
  // The page hashes were verified on the way: positions and hashes are the ones from before.
  expect(after.slice(0, seenBefore.length)).toHaveLength(seenBefore.length);
  const fresh = after.slice(seenBefore.length).flatMap((entry) => (entry.kind === 'op' ? [entry.op] : []));
  expect(fresh.map(({ f, k }) => `${k} ${f}`)).toEqual(['erase name', 'erase _erased']);
});

it('takes the chain of the writer further, and a backup of it proves every leaf', async () => {
  device.edit(core, { t: 'family', f: 'label', v: 'Bondar', id: core.ops[2]?.id ?? doomed.id });
  expect(await device.push(device.frameOf(core, 6))).toMatchObject({ ack: { n: 6 }, held: [] });
  expect(await command('backup', '--to', backups)).toMatchObject({ code: 0 });
});

it('takes a late edit of the record as leaf only and keeps its value out of every feed', async () => {
  device.edit(core, { t: 'resident', id: doomed.id, f: 'name', v: name(`${canary}Late`) });
  expect(await device.push(device.frameOf(core, 7))).toMatchObject({ ack: { n: 7 } });
  expect(await valuesSeen()).not.toContain(canary);
  expect((await valuesInJournal()).text).not.toContain(canary);
  // The same frame again is a success that changes nothing, although the endpoint no longer has its value.
  expect(await device.push(device.frameOf(core))).toMatchObject({ ack: { n: 7 } });
  // It waits out of sight, at most thirty days, and goes with the next erasure of the record.
  expect(await valuesInDatabase()).toContain(`${canary}Late`);
  expect(await command('erase', `resident/${doomed.text}`, 'again')).toMatchObject({ code: 0 });
  expect(await valuesInDatabase()).not.toContain(canary);
});

it('lets a late value go when its time is over, whether or not anything else is erased, and not before', async () => {
  device.edit(core, { t: 'resident', id: doomed.id, f: 'name', v: name(`${canary}Overdue`) });
  expect(await device.push(device.frameOf(core, 8))).toMatchObject({ ack: { n: 8 } });
  await asKeeper(`UPDATE quarantine SET recv_at = recv_at - interval '30 days 1 minute'`);
  device.edit(core, { t: 'resident', id: doomed.id, f: 'name', v: name(`${canary}Young`) });
  expect(await device.push(device.frameOf(core, 9))).toMatchObject({ ack: { n: 9 } });
  await endpoint.stop();
  endpoint = await startEndpoint({ data: folder.path, say: (line) => void lines.push(line) });
  device.endpoint = colleague.endpoint = endpoint;
  await expect.poll(valuesInDatabase, { timeout: 20_000 }).not.toContain(`${canary}Overdue`);
  expect(await valuesInDatabase()).toContain(`${canary}Young`);
});

it('erases although something else that is asked for fails, and says that it does', async () => {
  await asKeeper('ALTER TABLE held_request RENAME TO held_away');
  expect(await command('erase', `resident/${doomed.text}`, 'once more')).toMatchObject({
    said: expect.stringContaining('operations lost their value') as string,
  });
  await asKeeper('ALTER TABLE held_away RENAME TO held_request');
  expect(await valuesInDatabase()).not.toContain(canary);
  expect(lines.filter((line) => line.includes('failed'))).toEqual(['release failed and is tried again']);
});

it('fills an emptied database from the redacted journal, at the same positions', async () => {
  const before = await colleague.feed(site, 'core');
  await endpoint.stop();
  await rm(join(folder.path, 'pg'), { recursive: true });
  await rm(join(folder.path, 'database-made'));
  endpoint = await startEndpoint({ data: folder.path });
  device.endpoint = colleague.endpoint = endpoint;
  expect(await colleague.feed(site, 'core')).toEqual(before);
  expect(await valuesInDatabase()).not.toContain(canary);
});

it('erases again before the first request when an old backup is put back and the journal is gone', async () => {
  await endpoint.stop();
  await rm(join(folder.path, 'pg'), { recursive: true });
  await rm(join(folder.path, 'database-made'));
  await cp(join(folder.path, 'frame-journal'), join(folder.path, '..', 'lost-journal'), { recursive: true });
  await rm(join(folder.path, 'frame-journal'), { recursive: true });
  const first = (await readdir(backups)).sort()[0] ?? '';
  expect(await command('restore', join(backups, first))).toMatchObject({ code: 0 });
  endpoint = await startEndpoint({ data: folder.path });
  device.endpoint = colleague.endpoint = endpoint;
  expect(await valuesSeen()).not.toContain(canary);
  expect(await valuesInDatabase()).not.toContain(canary);
  // What a laptop still has of it comes back without the value.
  expect(await device.push(device.frameOf(core))).toMatchObject({ ack: { n: 9 } });
  expect(await valuesSeen()).not.toContain(canary);
  expect((await valuesInJournal()).text).not.toContain(canary);
});
