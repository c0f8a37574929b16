import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inBrowser, profileOf, removeProfile, workFolder } from './browser.ts';
import type { Filled } from './page/fill.ts';

const kept = path.join(workFolder, 'filled');

/**
 * A profile with a filled store under `name`. One of the same size and seed, made by the same code, is copied from an
 * earlier run; others of this size are thrown away.
 */
export async function filledProfile(
  name: string,
  { n, seed, key }: { readonly n: number; readonly seed: number; readonly key: string },
  say: (text: string) => void,
): Promise<{ readonly filled: Filled; readonly isCopy: boolean }> {
  const folder = path.join(kept, `${String(n)}-${String(seed)}-${key}`);
  const note = path.join(folder, 'filled.json');
  removeProfile(name);
  if (existsSync(note)) {
    say(`copying the store of ${String(n)} residents that an earlier run filled`);
    cpSync(path.join(folder, 'profile'), profileOf(name), { recursive: true });
    return { filled: JSON.parse(readFileSync(note, 'utf8')) as Filled, isCopy: true };
  }
  say(`filling a store with ${String(n)} residents`);
  const filled = await inBrowser(name, ({ call }) => call('fill', { name: 'bench', n, seed }));
  mkdirSync(kept, { recursive: true });
  for (const old of readdirSync(kept)) {
    if (old.startsWith(`${String(n)}-${String(seed)}-`)) rmSync(path.join(kept, old), { recursive: true });
  }
  // Under another name until it is whole: a run that is stopped half way leaves nothing that looks filled.
  const half = `${folder}.half`;
  cpSync(profileOf(name), path.join(half, 'profile'), { recursive: true });
  writeFileSync(path.join(half, 'filled.json'), JSON.stringify(filled));
  renameSync(half, folder);
  return { filled, isCopy: false };
}
