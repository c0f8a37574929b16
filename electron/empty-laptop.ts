import { rmSync } from 'node:fs';
import path from 'node:path';

/** Without these nothing of the rest can be opened by anybody: gone in a moment, and first. */
const keyFiles = ['slots', 'device.bin', 'device-state.bin'] as const;
/**
 * What they opened. The language, the authority that is believed and the log stay: there is nothing about people in
 * them. The store of the page goes by the means of the browser.
 */
const dataFiles = ['journal', 'casebox', 'guard.json', 'ballast.bin'] as const;

export function removeKeys(userData: string): void {
  for (const name of keyFiles) rmSync(path.join(userData, name), { recursive: true, force: true });
}

/** After the files are closed. What a scanner holds open is noise by now, and goes at the next start. */
export function removeData(userData: string): void {
  for (const name of dataFiles) {
    try {
      rmSync(path.join(userData, name), { recursive: true, force: true });
    } catch {
      // As above.
    }
  }
}
