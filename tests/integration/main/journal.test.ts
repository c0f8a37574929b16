import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal, type Journal, type SegmentFile } from '../../../electron/journal.ts';
import { crc32c } from '../../../electron/journal-record.ts';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { enrol, someBox, someOps, startHost, temporaryFolder } from './main-fixtures.ts';

const segments = (userData: string) =>
  readdirSync(path.join(userData, 'journal'))
    .sort()
    .map((name) => path.join(userData, 'journal', name));
const lastSegment = (userData: string) => segments(userData).at(-1) ?? '';

async function readAll(journal: Journal): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const page = await journal.read(all.length);
    if (page.length === 0) return all;
    all.push(...page.map(({ w, n, c, box }) => `${toHex(w)}.${n} ${c} ${box.length}`));
  }
}
const expected = (writer: number, count: number) =>
  someOps(writer, 1, count).map(({ w, n, c, box }) => `${toHex(w)}.${n} ${c} ${box.length}`);

/** A journal of one writer with `count` operations, each appended on its own, and the file size after each. */
async function written(userData: string, count: number): Promise<number[]> {
  const journal = openJournal({ userData });
  const sizes: number[] = [];
  for (let n = 1; n <= count; n++) {
    expect(await journal.append(someOps(1, n, 1), null, [], 'store')).toBe('fsynced');
    sizes.push(readFileSync(lastSegment(userData)).length);
  }
  await journal.close();
  return sizes;
}

describe('the journal', () => {
  it('gives back what it said was safe, over a restart, in order and in pages', async () => {
    const userData = temporaryFolder();
    const journal = openJournal({ userData });
    const groups = [someOps(1, 1, 3), someOps(2, 1, 2), someOps(1, 4, 2500)];
    expect(await Promise.all(groups.map((ops) => journal.append(ops, null, [], 's')))).toEqual(
      Array(3).fill('fsynced'),
    );
    await journal.close();
    const again = openJournal({ userData });
    expect(again.status()).toMatchObject({ ops: 2505, damaged: 0 });
    const all = await readAll(again);
    expect(all).toHaveLength(2505);
    expect(all.slice(0, 6)).toEqual([...expected(1, 3), ...expected(2, 2), ...expected(1, 4).slice(3)]);
    expect((await again.read(0)).length).toBe(2000);
    expect(await again.read(2505)).toEqual([]);
  });

  it('writes an operation once however often it comes', async () => {
    const userData = temporaryFolder();
    const journal = openJournal({ userData });
    await Promise.all([1, 2, 3].map(() => journal.append(someOps(1, 1, 2), null, [], 's')));
    const size = readFileSync(lastSegment(userData)).length;
    expect(await journal.append(someOps(1, 1, 2), null, [], 's')).toBe('fsynced');
    expect(readFileSync(lastSegment(userData)).length).toBe(size);
    expect(journal.status().ops).toBe(2);
    await journal.close();
  });

  it('keeps a box of several operations as one record, and counts all that is in it', async () => {
    const userData = temporaryFolder();
    const journal = openJournal({ userData });
    const boxes = [0, 1].map((at) => ({ w: new Uint8Array(8).fill(1), n: 1 + at * 300, m: 300, c: 'core' as const }));
    const sealed = boxes.map((place, at) => ({ ...place, box: someBox(at + 1) }));
    expect(await journal.append([...sealed, ...someOps(1, 601, 1)], null, [], 's')).toBe('fsynced');
    expect(await journal.append(sealed, null, [], 's')).toBe('fsynced');
    expect(await journal.replace([{ ...boxes[1], box: someBox(9) } as (typeof sealed)[0]])).toBe('fsynced');
    await journal.close();
    const again = openJournal({ userData });
    expect(again.status()).toMatchObject({ ops: 601, damaged: 0, writers: [{ last: 601, ops: 601 }] });
    const expectedBoxes = [sealed[0], { ...boxes[1], box: someBox(9) }, ...someOps(1, 601, 1)];
    expect(await again.read(0)).toEqual(expectedBoxes);
    expect(await again.read(2)).toEqual(expectedBoxes.slice(2));
  });

  it('begins a new segment after 4 MB, with store and last numbers, and reads over the border', async () => {
    const userData = temporaryFolder();
    const journal = openJournal({ userData });
    const large = (n: number) => [
      { ...someOps(1, n, 1)[0], w: new Uint8Array(8).fill(1), n, c: 'core' as const, box: someBox(n, 1_500_000) },
    ];
    for (let n = 1; n <= 7; n++) expect(await journal.append(large(n), null, [], 'store-7')).toBe('fsynced');
    await journal.close();
    expect(segments(userData)).toHaveLength(3);
    expect(
      readFileSync(lastSegment(userData)).includes(
        '{"v":1,"store":"store-7","writers":[{"w":"0101010101010101","n":6}]}',
      ),
    ).toBe(true);
    const again = openJournal({ userData });
    expect(again.status()).toMatchObject({ ops: 7, damaged: 0 });
    expect((await readAll(again)).map((line) => line.split(' ')[0])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => `0101010101010101.${n}`),
    );
  });

  it('cut off at any byte of the last record has all records before it, and goes on from there', async () => {
    const userData = temporaryFolder();
    const sizes = await written(userData, 3);
    const whole = readFileSync(lastSegment(userData));
    const [, second = 0, third = 0] = sizes;
    for (let length = second; length < third; length++) {
      writeFileSync(lastSegment(userData), whole.subarray(0, length));
      const journal = openJournal({ userData });
      expect(journal.status(), `at ${length}`).toMatchObject({ ops: 2, damaged: 0 });
      expect(await journal.append(someOps(1, 3, 1), null, [], 'store')).toBe('fsynced');
      await journal.close();
      expect(readFileSync(lastSegment(userData)).equals(whole), `at ${length}`).toBe(true);
    }
  });

  it('with one flipped bit anywhere loses that record alone and says so', async () => {
    const userData = temporaryFolder();
    const sizes = await written(userData, 4);
    const whole = readFileSync(lastSegment(userData));
    const [first = 0, second = 0] = sizes;
    for (let at = first; at < second; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      writeFileSync(lastSegment(userData), changed);
      const journal = openJournal({ userData });
      expect(journal.status(), `byte ${at}`).toMatchObject({ ops: 3, damaged: 1 });
      expect(await readAll(journal)).toEqual(expected(1, 4).filter((_, index) => index !== 1));
      await journal.close();
    }
    const journal = openJournal({ userData });
    expect(await journal.append(someOps(1, 1, 4), null, [], 'store')).toBe('fsynced');
    await journal.close();
    expect(openJournal({ userData }).status().ops).toBe(4);
  });

  it('notices a record that was taken out, and a segment that was', async () => {
    const userData = temporaryFolder();
    const [first = 0, second = 0] = await written(userData, 3);
    const whole = readFileSync(lastSegment(userData));
    writeFileSync(lastSegment(userData), Buffer.concat([whole.subarray(0, first), whole.subarray(second)]));
    expect(openJournal({ userData }).status()).toMatchObject({ ops: 2, damaged: 1 });
  });

  it('skips rubbish at the end of an older segment and counts it', async () => {
    const userData = temporaryFolder();
    await written(userData, 2);
    const older = lastSegment(userData);
    writeFileSync(path.join(userData, 'journal', '00000002.seg'), '');
    appendFileSync(older, 'rubbish');
    expect(openJournal({ userData }).status()).toMatchObject({ ops: 2, damaged: 1 });
  });

  it('checks with CRC-32C', () => {
    expect(crc32c(toUtf8('123456789'))).toBe(0xe3069283);
  });
});

describe('a disk that fails', () => {
  type Fault = { write?: (bytes: number) => number; sync?: () => void };
  const faulty =
    (fault: Fault) =>
    async (file: string): Promise<SegmentFile> => {
      const real = await open(file, 'a', 0o600);
      return {
        write: (async (bytes: Uint8Array, at: number, length: number) =>
          real.write(bytes, at, fault.write === undefined ? length : fault.write(length))) as SegmentFile['write'],
        datasync: () => {
          fault.sync?.();
          return real.datasync();
        },
        truncate: (length) => real.truncate(length),
        close: () => real.close(),
      };
    };
  const full = (): never => {
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  };

  it('when full, says full, keeps the file as it was, and works again when there is space', async () => {
    const userData = temporaryFolder();
    const fault: Fault = {};
    const journal = openJournal({ userData, openFile: faulty(fault) });
    expect(await journal.append(someOps(1, 1, 1), null, [], 's')).toBe('fsynced');
    const before = readFileSync(lastSegment(userData));
    let half = false;
    fault.write = (length) => {
      if (half) full();
      half = true;
      return Math.ceil(length / 2);
    };
    expect(await journal.append(someOps(1, 2, 1), null, [], 's')).toBe('full');
    expect(readFileSync(lastSegment(userData)).equals(before)).toBe(true);
    delete fault.write;
    expect(await journal.append(someOps(1, 2, 1), null, [], 's')).toBe('fsynced');
    await journal.close();
    expect(openJournal({ userData }).status()).toMatchObject({ ops: 2, damaged: 0 });
  });

  it('gives the ballast back first, once', async () => {
    const userData = temporaryFolder();
    let released = 0;
    const fault: Fault = { write: (length) => (released > 0 ? length : full()) };
    const journal = openJournal({ userData, openFile: faulty(fault), releaseBallast: () => ++released === 1 });
    expect(await journal.append(someOps(1, 1, 1), null, [], 's')).toBe('fsynced');
    fault.write = full;
    expect(await journal.append(someOps(1, 2, 1), null, [], 's')).toBe('full');
    await journal.close();
  });

  it('does not say that what was not fsynced is safe', async () => {
    const userData = temporaryFolder();
    const fault: Fault = {};
    const journal = openJournal({ userData, openFile: faulty(fault) });
    fault.sync = () => {
      throw Object.assign(new Error('input/output error'), { code: 'EIO' });
    };
    expect(await journal.append(someOps(1, 1, 1), null, [], 's')).toBe('failed');
    expect(journal.status().ops).toBe(0);
    await journal.close();
    expect(openJournal({ userData }).status()).toMatchObject({ ops: 0, damaged: 0 });
  });
});

describe('what a device must find again', () => {
  const report = (store: string, opCount: number, ops = someOps(1, 1, 0)) => ({
    ops,
    audit: null,
    locals: [],
    store,
    opCount,
  });

  it('is in recovery until the store holds again what the journal gives', async () => {
    const userData = temporaryFolder();
    const first = await startHost(userData);
    await enrol(first);
    expect(await first.host['journal:append'](report('a', 0))).toBe('fsynced');
    expect(await first.host['journal:append'](report('a', 3, someOps(1, 1, 3)))).toBe('fsynced');
    await first.forget();

    const second = await startHost(userData);
    expect(await second.host['app:info']()).toMatchObject({ store: 'open' });
    await second.host['journal:append'](report('b', 0));
    expect(await second.host['app:info']()).toMatchObject({ store: 'recover' });
    expect(await second.host['journal:read']({ skip: 0 })).toHaveLength(3);
    await second.host['journal:append'](report('b', 2));
    expect(await second.host['app:info']()).toMatchObject({ store: 'recover' });
    await second.host['journal:append'](report('b', 3));
    expect(await second.host['app:info']()).toMatchObject({ store: 'open' });
    await second.forget();

    const third = await startHost(userData);
    await third.host['journal:append'](report('b', 3));
    expect(await third.host['app:info']()).toMatchObject({ store: 'open' });
    await third.host['journal:append'](report('b', 2));
    expect(await third.host['app:info']()).toMatchObject({ store: 'recover' });
  });

  it('counts as lost when the guard file is damaged or gone while the journal has operations', async () => {
    for (const spoil of [(file: string) => truncateSync(file, 3), (file: string) => rmSync(file)]) {
      const userData = temporaryFolder();
      const first = await startHost(userData);
      await first.host['journal:append'](report('a', 2, someOps(1, 1, 2)));
      await first.forget();
      spoil(path.join(userData, 'guard.json'));
      const second = await startHost(userData);
      await second.host['journal:append'](report('c', 0));
      expect(await second.host['app:info']()).toMatchObject({ store: 'recover' });
    }
  });

  it('opens in safe mode below 500 MB', async () => {
    const low = await startHost(temporaryFolder(), { freeBytes: () => 499_999_999 });
    expect(await low.host['app:info']()).toMatchObject({ store: 'safe-mode' });
    const enough = await startHost(temporaryFolder(), { freeBytes: () => 500_000_000 });
    expect(await enough.host['app:info']()).toMatchObject({ store: 'open' });
  });
});
