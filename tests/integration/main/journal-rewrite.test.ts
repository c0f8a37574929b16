import fs, { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openJournal, type Journal } from '../../../electron/journal.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { someOps, temporaryFolder } from './main-fixtures.ts';

const canary = Buffer.from('Qx7Kanarievogel93');
const planted = (n: number) =>
  ({ ...someOps(1, n, 1)[0], box: Uint8Array.from(canary) }) as ReturnType<typeof someOps>[0];
const empty = (n: number) => someOps(1, n, 1)[0] as ReturnType<typeof someOps>[0];
const folderOf = (userData: string) => path.join(userData, 'journal');
const bytesOf = (userData: string) =>
  Buffer.concat(readdirSync(folderOf(userData)).map((name) => readFileSync(path.join(folderOf(userData), name))));

async function dotsIn(journal: Journal): Promise<readonly string[]> {
  const ops = await journal.read(0);
  return ops.map(({ w, n }) => `${toHex(w)}.${n}`);
}

async function plantedJournal() {
  const userData = temporaryFolder();
  const journal = openJournal({ userData });
  await journal.append([...someOps(1, 1, 3), planted(4)], null, [planted(1)], 'store');
  await journal.append(someOps(1, 5, 2), null, [{ ...planted(2), box: Uint8Array.of(1) }], 'store');
  expect(bytesOf(userData).includes(canary)).toBe(true);
  return { userData, journal };
}

it('leaves neither the old box nor an earlier edition in any file, and goes on', async () => {
  const { userData, journal } = await plantedJournal();
  const before = await dotsIn(journal);
  const [replaced, appended] = await Promise.all([
    journal.replace([empty(4)]),
    journal.append(someOps(1, 7, 1), null, [], 'store'),
  ]);
  expect([replaced, appended]).toEqual(['fsynced', 'fsynced']);
  expect(bytesOf(userData).includes(canary)).toBe(false);
  expect(await dotsIn(journal)).toEqual([...before, before[0]?.replace('.1', '.7')]);
  await journal.close();
  const again = openJournal({ userData });
  expect(again.status()).toMatchObject({ ops: 7, damaged: 0 });
  expect((await again.readLocals(0)).map(({ n }) => n)).toEqual([2]);
  await again.close();
});

it('is finished at the next start when it was cut off after everything new was on disk', async () => {
  const { userData, journal } = await plantedJournal();
  const old = readdirSync(folderOf(userData)).map(
    (name) => [name, readFileSync(path.join(folderOf(userData), name))] as const,
  );
  await journal.replace([empty(4)]);
  await journal.close();
  for (const name of readdirSync(folderOf(userData)))
    renameSync(path.join(folderOf(userData), name), path.join(folderOf(userData), `${name}.new`));
  for (const [name, bytes] of old) writeFileSync(path.join(folderOf(userData), name), bytes);
  writeFileSync(path.join(folderOf(userData), 'rewritten'), '2');
  const again = openJournal({ userData });
  expect(bytesOf(userData).includes(canary)).toBe(false);
  expect(again.status()).toMatchObject({ ops: 6, damaged: 0 });
  await again.close();
});

it('is forgotten at the next start when it was cut off before, and nothing is lost', async () => {
  const { userData, journal } = await plantedJournal();
  await journal.close();
  writeFileSync(path.join(folderOf(userData), '00000002.seg.new'), 'half');
  const again = openJournal({ userData });
  expect(again.status()).toMatchObject({ ops: 6, damaged: 0 });
  expect(readdirSync(folderOf(userData))).toEqual(['00000001.seg']);
  await again.close();
});

/** Call number `at` of this function of the file system fails, and every one after it until it is put back. */
function failFrom(name: 'renameSync' | 'rmSync' | 'openSync', at: number): () => void {
  const whole = fs[name] as (...args: readonly unknown[]) => unknown;
  let calls = 0;
  Object.assign(fs, {
    [name]: (...args: readonly unknown[]) => {
      if (++calls >= at) throw Object.assign(new Error('held by another program'), { code: 'EBUSY' });
      return whole(...args);
    },
  });
  syncBuiltinESMExports();
  const restore = () => {
    Object.assign(fs, { [name]: whole });
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  return restore;
}

describe('a rewriting that the disk breaks off while the app runs', () => {
  it.each([
    ['before its first segment is written', 'openSync', 1],
    ['before it is sealed', 'renameSync', 1],
    ['before the new segments have their names', 'renameSync', 2],
    ['before the old segments are gone', 'rmSync', 1],
    ['before its mark is gone', 'rmSync', 2],
  ] as const)('%s fails, and what is appended then is safe', async (_, name, at) => {
    const { userData, journal } = await plantedJournal();
    const restore = failFrom(name, at);
    expect(await journal.replace([empty(4)])).toBe('failed');
    restore();
    expect(await journal.append(someOps(1, 7, 2), null, [], 'store')).toBe('fsynced');
    expect(await dotsIn(journal)).toHaveLength(8);
    expect(await journal.replace([empty(4)])).toBe('fsynced');
    expect(await journal.append(someOps(1, 9, 1), null, [], 'store')).toBe('fsynced');
    await journal.close();
    expect(bytesOf(userData).includes(canary)).toBe(false);
    const again = openJournal({ userData });
    expect(again.status()).toMatchObject({ ops: 9, damaged: 0 });
    expect(await dotsIn(again)).toHaveLength(9);
    await again.close();
  });

  it('is refused while the disk goes on failing, and does not hang', async () => {
    const { journal } = await plantedJournal();
    const restore = failFrom('renameSync', 2);
    expect(await journal.replace([empty(4)])).toBe('failed');
    expect(await journal.append(someOps(1, 7, 1), null, [], 'store')).toBe('failed');
    restore();
    expect(await journal.append(someOps(1, 7, 1), null, [], 'store')).toBe('fsynced');
    await journal.close();
  });
});
