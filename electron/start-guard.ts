import { closeSync, fsyncSync, openSync, readFileSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { toUtf8 } from '../shared/kernel/bytes.ts';
import { replaceFile } from './durable-file.ts';
import type { EventLog } from './event-log.ts';
import { parseForeignJson } from './foreign-json.ts';

const neededBytes = 500_000_000;
const writeEvery = 200;
const ballastBytes = 64 * 1024 * 1024;

const guardSchema = z.strictObject({
  v: z.literal(1),
  /** Id of the store in IndexedDB, and how many operations it held. */
  store: z.string(),
  ops: z.int().min(0),
});
type Remembered = z.infer<typeof guardSchema>;

/**
 * Remembers what this device must find again. The page reports what its store holds; less than before, or another
 * store, means that it has to be rebuilt from the journal, never that this is a first start.
 */
export function openStartGuard(settings: {
  readonly userData: string;
  readonly log: EventLog;
  readonly freeBytes?: (folder: string) => number;
}) {
  const { userData, log } = settings;
  const freeBytes =
    settings.freeBytes ??
    ((folder: string) => {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    });
  const file = path.join(userData, 'guard.json');
  const ballast = path.join(userData, 'ballast.bin');

  const read = (): Remembered | 'none' | 'unreadable' => {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return 'none';
    try {
      return parseForeignJson(readFileSync(file), guardSchema) ?? 'unreadable';
    } catch {
      return 'unreadable';
    }
  };

  let remembered = read();
  let written = typeof remembered === 'object' ? remembered.ops : 0;
  let recovering = false;
  let low = isLow();
  if (low) log('safe-mode');
  else keepBallast();

  function isLow(): boolean {
    try {
      return freeBytes(userData) < neededBytes;
    } catch {
      return false;
    }
  }

  function write(): void {
    if (typeof remembered !== 'object') return;
    try {
      replaceFile(file, toUtf8(JSON.stringify(remembered)));
      written = remembered.ops;
    } catch {
      low = true;
    }
  }

  /** Real blocks, not a hole: they are what is given back when the disk is full. */
  function keepBallast(): void {
    if ((statSync(ballast, { throwIfNoEntry: false })?.size ?? 0) >= ballastBytes) return;
    try {
      const descriptor = openSync(ballast, 'w', 0o600);
      const block = Buffer.alloc(1024 * 1024, 0x5a);
      try {
        for (let written = 0; written < ballastBytes;) written += writeSync(descriptor, block);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      rmSync(ballast, { force: true });
    }
  }

  return {
    state: (): 'open' | 'safe-mode' | 'recover' => (recovering ? 'recover' : low ? 'safe-mode' : 'open'),

    /** How many operations the store held when it was last written down; never more than it had. */
    expected: (): number => (typeof remembered === 'object' ? remembered.ops : 0),

    /**
     * What the store holds now; `whole` when nothing is under way, as at the start. Once it was found to hold less,
     * only as much as the journal gives ends the recovery: the rest comes back from the endpoint.
     */
    report: (store: string, ops: number, journalOps: number, whole: boolean): void => {
      const enough = !whole || ops >= journalOps;
      const first = remembered === 'none' && enough;
      const same = typeof remembered === 'object' && remembered.store === store && ops >= remembered.ops && enough;
      if (!first && !same && !(recovering && ops >= journalOps)) {
        if (!recovering) log('recover');
        recovering = true;
        return;
      }
      const urgent = recovering || !same || ops >= written + writeEvery;
      recovering = false;
      remembered = { v: 1, store, ops };
      if (urgent) write();
    },

    /** Before lock and quit; between them the file lies behind by some operations, which the journal counts as well. */
    flush: write,

    /** True when there was space to give back; from then on the app opens in safe mode. */
    releaseBallast: (): boolean => {
      if (statSync(ballast, { throwIfNoEntry: false }) === undefined) return false;
      rmSync(ballast, { force: true });
      low = true;
      log('ballast-released');
      return true;
    },
  };
}
