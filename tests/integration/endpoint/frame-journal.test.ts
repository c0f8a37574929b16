import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openFrameJournal, type JournalEntry } from '../../../endpoint/frame-journal.ts';

const entry = (g: number, length = 300): JournalEntry => ({ kind: 1, g, bytes: new Uint8Array(length).fill(g) });
const isRound = ({ g, bytes }: JournalEntry) => bytes.length > 0 && bytes.every((byte) => byte === g);

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onderdak-frames-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

type Write = (buffer: Buffer, at: number, length: number, position: number | null) => Promise<unknown>;

/** The writes of every file go through `next` for a while. */
async function writesThrough(
  folder: string,
  next: (write: Write, ...args: Parameters<Write>) => Promise<unknown>,
): Promise<() => void> {
  const probe = await open(path.join(folder, 'probe'), 'w');
  const prototype = Object.getPrototypeOf(probe) as Record<'write', Write>;
  await probe.close();
  await rm(path.join(folder, 'probe'));
  const own = Object.getOwnPropertyDescriptor(prototype, 'write');
  const write = own?.value as Write;
  prototype.write = function (this: FileHandle, buffer, at, length, position) {
    return next((...args) => Reflect.apply(write, this, args), buffer, at, length, position);
  };
  const restore = () => void (prototype.write = write);
  onTestFinished(restore);
  return restore;
}

async function read(folder: string): Promise<readonly number[]> {
  const journal = await openFrameJournal(folder);
  const numbers: number[] = [];
  for await (const found of journal.entriesAfter(0)) {
    expect(isRound(found)).toBe(true);
    numbers.push(found.g);
  }
  await journal.close();
  return numbers;
}

it('keeps a whole entry when the disk takes its bytes a few at a time', async () => {
  const folder = await aFolder();
  const journal = await openFrameJournal(folder);
  const restore = await writesThrough(folder, (write, buffer, at, length, position) =>
    write(buffer, at, Math.min(100, length), position),
  );
  for (const g of [1, 2, 3]) await journal.append(entry(g));
  await journal.rewrite(({ g, bytes }) => (g === 2 ? new Uint8Array(150).fill(2) : bytes));
  await journal.append(entry(4));
  restore();
  await journal.close();
  expect(await read(folder)).toEqual([1, 2, 3, 4]);
});

it('goes on after a rewriting that found no room, with every entry as it was', async () => {
  const folder = await aFolder();
  const journal = await openFrameJournal(folder);
  for (const g of [1, 2, 3]) await journal.append(entry(g));
  const full = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  const restore = await writesThrough(folder, full);
  await expect(journal.rewrite(({ g }) => new Uint8Array(10).fill(g))).rejects.toThrow('no space left');
  restore();
  await journal.append(entry(4));
  await journal.rewrite(({ g, bytes }) => (g === 1 ? new Uint8Array(10).fill(1) : bytes));
  await journal.append(entry(5));
  await journal.close();
  expect(await read(folder)).toEqual([1, 2, 3, 4, 5]);
});
