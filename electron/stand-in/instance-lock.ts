import { appendFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** When the process `pid` was started, as far as the system tells; a number used again is then not taken for it. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(owner: string): boolean {
  const [pid = '', start = ''] = owner.split(' ');
  // Zero would be every process of our own group.
  if (!(Number(pid) > 0)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(Number(pid)) === start;
}

/**
 * Takes the one instance of a profile, or knocks at the one that has it and says `false`.
 * `onKnock` hears later starts; the file goes when this process ends, or counts no more when it was killed.
 */
export function takeInstance(folder: string, onKnock: () => void): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'instance');
  const knock = path.join(folder, 'knock');
  const own = `${process.pid} ${startOf(process.pid)}`;
  const draft = path.join(folder, `instance.${process.pid}`);
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        // A link is made whole or not at all, and never over another.
        linkSync(draft, file);
        listen();
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (isAlive(readFileSync(file, 'utf8'))) {
        appendFileSync(knock, '.');
        return false;
      }
      renameSync(file, `${draft}.old`);
      rmSync(`${draft}.old`);
    }
    return false;
  } finally {
    rmSync(draft, { force: true });
  }

  function listen(): void {
    writeFileSync(knock, '', { mode: 0o600 });
    watch(knock, onKnock).unref();
    process.on('exit', () => {
      rmSync(file, { force: true });
    });
  }
}
