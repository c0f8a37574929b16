import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes } from '../shared/kernel/bytes.ts';
import { maxCaseboxBytes } from '../shared/sync/casebox.ts';
import { StartError } from './postgres.ts';
import { sha256 } from './server-key.ts';

/** A name of its own, fsync, read back and compared, and only then its name: a part of a file is never taken for one. */
export async function writeWhole(file: string, content: Uint8Array): Promise<void> {
  const temporary = join(dirname(file), `~${randomBytes(6).toString('hex')}.part`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!equalBytes(sha256(await readFile(temporary)), sha256(content))) {
      throw new StartError(`${file} reads back differently from what was written. Take another stick.`);
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof StartError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new StartError(`${file} cannot be written: ${writeFailures[code] ?? code}`);
  }
}

const writeFailures: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no room left. Make room and do it again.',
  EROFS: 'this place is read-only. Unlock the stick or take another one.',
  EACCES: 'this place may not be written. Take another one.',
  EPERM: 'this place may not be written. Take another one.',
  ENOENT: 'its folder is not there. Is the stick still in?',
  EIO: 'the stick does not answer. Put it in again.',
  ENODEV: 'the stick does not answer. Put it in again.',
};

export async function readWhole(file: string): Promise<Uint8Array> {
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) throw new StartError(`There is no file ${file}.`);
  if (size > 2 * maxCaseboxBytes) throw new StartError(`${file} is not a file of Onderdak.`);
  return readFile(file);
}
