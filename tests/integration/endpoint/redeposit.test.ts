import { spawn } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import type { Moment } from '../../../shared/vault/moment.ts';
import { feedStart } from '../../../shared/sync/page.ts';
import { redepositAnswerSchema, type ErrorAnswer } from '../../../shared/sync/protocol.ts';
import { dotText, enrolled, makeDataFolder, newRecord, type TestDevice, type Writer } from './test-device.ts';

const folder = await makeDataFolder();
const data = folder.path;
const copied = join(data, '..', 'backup');
const { text: north } = newRecord();
const { text: south } = newRecord();
const doomed = newRecord();
const canary = 'Kanarek-4711';
let endpoint: Endpoint;
let author: TestDevice;
let reader: TestDevice;
let writer: Writer;
const lines: string[] = [];
const before: string[] = [];
const pages: Uint8Array[] = [];
/** What the reader saw before and after what the endpoint forgets. */
const moments: Moment[] = [];
let lateWriter: Writer;

const copyDatabase = async (from: string, to: string) => {
  await cp(from, to, { recursive: true, preserveTimestamps: true });
  if (userInfo().uid !== 0) return;
  const chown = spawn('chown', ['-R', 'postgres', to]);
  await new Promise((done) => chown.on('close', done));
};
const start = async () => {
  endpoint = await startEndpoint({ data, say: (line) => lines.push(line) });
  for (const device of [author, reader] as (TestDevice | undefined)[])
    if (device !== undefined) device.endpoint = endpoint;
};
const putBack = async () => {
  await endpoint.stop();
  await rm(join(data, 'pg'), { recursive: true });
  await rm(join(data, 'frame-journal'), { recursive: true });
  await copyDatabase(copied, join(data, 'pg'));
  await start();
};
const rawPage = async (device: TestDevice, site: string): Promise<Uint8Array> => {
  const target = `/v1/feed/${site}/core?after=0&h=${toHex(feedStart())}`;
  return (await device.send('GET', target, new Uint8Array(0))).bytes;
};
async function momentOf(device: TestDevice): Promise<Moment> {
  const { at } = await device.hello();
  if (at === null) throw new Error('a history that has begun');
  return at;
}
const giveBack = (device: TestDevice, page: Uint8Array): Promise<{ took: number; at: Moment | null } | ErrorAnswer> =>
  device.ask('POST', '/v1/redeposit', page, (json) => redepositAnswerSchema.parse(json));
const dotsIn = async (device: TestDevice, site: string): Promise<string[]> =>
  (await device.feed(site, 'core')).flatMap((entry) => (entry.kind === 'op' ? dotText(entry.op) : []));

beforeAll(async () => {
  await start();
  author = await enrolled(endpoint);
  reader = await enrolled(endpoint);
  writer = author.writer('core');
  author.fill(writer, 3, north);
  await author.push(author.frameOf(writer));
  await endpoint.stop();
  await copyDatabase(join(data, 'pg'), copied);
  await start();
  moments.push(await momentOf(reader));
  author.fill(writer, 2, south);
  author.fill(writer, 2, north);
  author.edit(writer, { t: 'family', f: 'placement', v: { site: south }, id: doomed.id });
  author.edit(writer, { t: 'family', f: 'label', v: canary, id: doomed.id });
  await author.push(author.frameOf(writer));
  lateWriter = reader.writer('core');
  reader.fill(lateWriter, 2, south);
  await reader.push(reader.frameOf(lateWriter));
  before.push(...(await dotsIn(reader, north)), ...(await dotsIn(reader, south)));
  moments.push(await momentOf(reader));
  pages.push(await rawPage(reader, north), await rawPage(reader, south));
  await putBack();
});
afterAll(async () => {
  await endpoint.stop();
  await folder.remove();
});

it('begins a new epoch when its journal is gone as well, and says so', async () => {
  expect(lines.at(-1)).toMatch(/frame journal is behind the database/);
  const asked = { w: toHex(writer.w), n: 9, h: '0'.repeat(64) };
  expect(await author.hello({ writers: [asked] })).toMatchObject({ writers: [{ n: 3, at: 3 }] });
  expect(await dotsIn(reader, south)).toEqual([]);
});

it('knows which of the moments a device saw are still part of its history', async () => {
  expect(moments.map(({ g }) => g)).toEqual([3, 5]);
  expect(await reader.hello({ seen: moments })).toMatchObject({ seen: [true, false], at: moments[0] });
});

it('takes pages back from a device that is not their author, in any order and repeatedly', async () => {
  const [northern = new Uint8Array(0), southern = new Uint8Array(0)] = pages;
  expect(await giveBack(reader, southern)).toMatchObject({ took: 6 });
  expect(await giveBack(author, southern)).toMatchObject({ took: 0 });
  expect(await giveBack(reader, northern)).toMatchObject({ took: 2 });
  const after = [...(await dotsIn(author, north)), ...(await dotsIn(author, south))];
  expect(after.sort()).toEqual(before.toSorted());
  // The same number came again, and is another moment.
  const hello = await reader.hello({ seen: moments });
  expect(hello).toMatchObject({ seen: [true, false], at: { g: 5 } });
  // What was there already is there at the latest moment; what was new at its own.
  expect(await giveBack(reader, northern)).toEqual(expect.objectContaining({ took: 0, at: hello.at }));
});

it('does not count them as received from their author, until he sends them', async () => {
  const asked = { w: toHex(writer.w), n: 9, h: '0'.repeat(64) };
  expect(await author.hello({ writers: [asked] })).toMatchObject({ writers: [{ n: 3 }] });
  expect(await author.push(author.frameOf(writer, 4))).toMatchObject({ ack: { n: 9 } });
  expect(await reader.push(reader.frameOf(lateWriter))).toMatchObject({ ack: { n: 2 } });
  const after = [...(await dotsIn(author, north)), ...(await dotsIn(author, south))];
  expect(after.sort()).toEqual(before.toSorted());
});

it('keeps what came back in its journal for the next time', async () => {
  await endpoint.stop();
  await rm(join(data, 'pg'), { recursive: true });
  await copyDatabase(copied, join(data, 'pg'));
  await start();
  const after = [...(await dotsIn(author, north)), ...(await dotsIn(author, south))];
  expect(after.sort()).toEqual(before.toSorted());
});

it('refuses a page that it did not sign, and one that was changed', async () => {
  const [page = new Uint8Array(0)] = pages;
  const changed = Uint8Array.from(page);
  changed[changed.length - 70] = (changed.at(-70) ?? 0) ^ 1;
  expect(await giveBack(reader, changed)).toMatchObject({ err: 'BAD_FRAME' });
  expect(await giveBack(reader, toUtf8('not a page'))).toMatchObject({ err: 'BAD_FRAME' });
});

it('takes back as leaf only what was erased since', async () => {
  expect(JSON.stringify(await reader.feed(south, 'core'))).toContain(canary);
  const args = ['endpoint/main.ts', 'erase', `family/${doomed.text}`, 'case 12', '--data', data];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  expect(await new Promise((ended) => child.once('exit', ended))).toBe(0);
  await putBack();
  for (const page of pages) await giveBack(reader, page);
  expect((await dotsIn(reader, south)).length).toBeGreaterThanOrEqual(6);
  expect(JSON.stringify(await reader.feed(south, 'core'))).not.toContain(canary);
});

it('takes the rest of a page of which a number went to the work of a copied laptop, and goes on', async () => {
  await putBack();
  const twin: Writer = { ...writer, ops: writer.ops.slice(0, 3) };
  author.fill(twin, 1, south);
  expect(await author.push(author.frameOf(twin, 4))).toMatchObject({ ack: { n: 4 } });
  const [northern = new Uint8Array(0), southern = new Uint8Array(0)] = pages;
  // Of the six at the south one finds its number taken; it stays in the journal with its page.
  expect(await giveBack(reader, southern)).toMatchObject({ took: 5 });
  expect(await giveBack(reader, northern)).toMatchObject({ took: 2 });
  const dots = await dotsIn(reader, south);
  expect(new Set(dots).size).toBe(dots.length);
  expect((await author.feed(south, 'core')).filter((entry) => entry.kind === 'op' && entry.op.n === 4)).toHaveLength(1);
});
