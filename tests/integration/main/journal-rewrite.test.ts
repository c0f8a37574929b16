import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
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
