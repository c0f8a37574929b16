import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { release } from 'node:os';
import path from 'node:path';
import type { Response } from '../shared/ipc-contract.ts';

type Told = Response<'app:diagnosis'>['events'];

/** What the log of the last seven days says: how often, and when last. Codes and numbers only; there is nothing else in it. */
export function readEvents(userData: string): Told {
  const found = new Map<string, { code: string; count: number; lastMs: number }>();
  for (const name of logNames(path.join(userData, 'log'))) {
    let text = '';
    try {
      text = readFileSync(path.join(userData, 'log', name), 'utf8');
    } catch {
      // Gone or unreadable: the rest still says something.
    }
    for (const line of text.split('\n')) {
      const [, at, code, kind] = /^(\S+Z) ([a-z-]{1,40})(?: ([a-z][a-z-]{0,40}))?(?: \d+)?$/.exec(line) ?? [];
      const lastMs = Date.parse(at ?? '');
      if (code === undefined || Number.isNaN(lastMs)) continue;
      const key = kind === undefined ? code : `${code} ${kind}`;
      const before = found.get(key);
      found.set(key, { code: key, count: (before?.count ?? 0) + 1, lastMs: Math.max(before?.lastMs ?? 0, lastMs) });
    }
  }
  return [...found.values()].sort((a, b) => b.lastMs - a.lastMs).slice(0, 60);
}

function logNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^events-\d{4}-\d\d-\d\d\.log$/.test(name));
  } catch {
    return [];
  }
}

export function readMachine(userData: string, freeBytes: ((folder: string) => number) | undefined) {
  return {
    system: `${process.platform} ${release()} ${process.arch}`.slice(0, 100),
    runtime: process.versions['electron'] ?? `node ${process.versions.node}`,
    freeBytes: freeOf(userData, freeBytes),
  };
}

function freeOf(folder: string, ask: ((folder: string) => number) | undefined): number | null {
  try {
    if (ask !== undefined) return ask(folder);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
