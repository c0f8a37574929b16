import { readFileSync } from 'node:fs';

/** Whether a process with this number runs, whoever started it. */
export function isRunning(pid: number): boolean {
  if (!(pid > 1)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process with the moment it began, as far as the system tells. */
export function ownerOf(pid: number): string {
  try {
    return `${pid} ${readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''}`;
  } catch {
    return `${pid} `;
  }
}
