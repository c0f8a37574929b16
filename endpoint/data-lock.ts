import { readFile, rename, rm, writeFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './postgres.ts';
import { isRunning, ownerOf } from './process-state.ts';

/**
 * One endpoint per data folder: a second one would stop the database of the first. The file names the process and when
 * it began, so that a number which the system uses again is not taken for it. Gives what undoes it.
 */
export async function lockData(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'endpoint.pid');
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, ownerOf(process.pid), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        // A link is made whole or not at all, and never over another.
        await link(draft, file);
        return () => rm(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const pid = await ownerOfData(folder);
      if (pid !== undefined) {
        throw new StartError(`Another endpoint (process ${pid}) works in this data folder. Stop it first.`);
      }
      // Of one that was killed.
      await rename(file, `${draft}.old`).catch(() => undefined);
      await rm(`${draft}.old`, { force: true });
    }
    throw new StartError(`The file ${file} cannot be taken over. Remove it when no endpoint runs.`);
  } finally {
    await rm(draft, { force: true });
  }
}

/** The process that works in a data folder; undefined when none does. */
export async function ownerOfData(folder: string): Promise<number | undefined> {
  const owner = await readFile(join(folder, 'endpoint.pid'), 'utf8').catch(() => '');
  const pid = Number(owner.split(' ')[0]);
  return isRunning(pid) && ownerOf(pid) === owner ? pid : undefined;
}
