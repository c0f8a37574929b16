import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultCatalogue, openFaults } from './fault-catalogue.ts';

const knownOpen = 17;
const rows = Object.entries(faultCatalogue).map(([no, row]) => ({ no: Number(no), ...row }));
const sources = new Map<string, string>();
function sourceOf(file: string): string {
  const full = path.join(import.meta.dirname, '..', file);
  const source = sources.get(file) ?? (existsSync(full) ? readFileSync(full, 'utf8').replaceAll(/\(\s+/g, '(') : '');
  sources.set(file, source);
  return source;
}

/** As the title of a test, not in a comment: after a bracket, and its quotes around all of it. */
function hasTest(file: string, title: string): boolean {
  const quoted = [`'${title}'`, `"${title}"`, `\`${title}\``];
  return quoted.some((text) => sourceOf(file).includes(`(${text},`));
}

describe('the fault catalogue of the sync', () => {
  it('has its hundred rows', () => {
    expect(rows.map(({ no }) => no)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  });

  it('names a test for every row, or what is open', () => {
    expect(rows.filter(({ tests, open = '' }) => tests.length === 0 && open === '')).toEqual([]);
  });

  /** Grows only when somebody finds a fault that is not held; a row that is closed brings it down. */
  it('has no more open ends than are known', () => {
    expect(openFaults.length).toBeLessThanOrEqual(knownOpen);
  });

  it('names only tests that exist', () => {
    const missing = rows.flatMap(({ no, tests }) =>
      tests.filter(([file, title]) => !hasTest(file, title)).map(([file, title]) => `${no}: ${file} ${title}`),
    );
    expect(missing).toEqual([]);
  });
});
