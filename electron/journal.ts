import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fromHex, joinBytes, toHex, toUtf8, type Bytes } from '../shared/kernel/bytes.ts';
import type { Compartment } from '../shared/records/record.ts';
import { parseBoxHeader } from '../shared/vault/box.ts';
import { isDiskFull, syncFolder } from './durable-file.ts';
import { encodeRecord, firstLink, linkOf, maxBoxBytes, scanSegment, type JournalRecord } from './journal-record.ts';
import {
  finishRewrite,
  replacing,
  rewriteSegments,
  sealRewrite,
  segmentName,
  type Rewritten,
} from './journal-rewrite.ts';
import { toBytes } from './node-crypto.ts';
import { makeNumberRanges } from './number-ranges.ts';

export type JournalOp = {
  readonly w: Uint8Array;
  readonly n: number;
  readonly c: Compartment;
  readonly box: Uint8Array;
  /** How many operations are in the box, the first of them number `n`; without it one. */
  readonly m?: number | undefined;
};
export type JournalRow = { readonly seq: number; readonly box: Uint8Array };
export type Appended = 'fsynced' | 'full' | 'failed';
/** Everything of one record that never leaves this device; `w` stands for the record, `n` is its edition. */
export type JournalLocal = Omit<JournalOp, 'm'>;
/** What a segment needs of its file; tests put one with faults in its place. */
export type SegmentFile = Pick<FileHandle, 'write' | 'datasync' | 'truncate' | 'close'>;
export type Journal = ReturnType<typeof openJournal>;

const segmentBytes = 4 * 1024 * 1024;
const pageBytes = 4 * 1024 * 1024;
const pageOps = 2_000;
const noWriter: Bytes = new Uint8Array(8);

/** `ops` counts boxes. */
type Segment = { readonly no: number; ops: number };
type Waiting = {
  readonly records: readonly Omit<JournalRecord, 'epoch'>[];
  readonly resolve: (appended: Appended) => void;
};

/**
 * The second copy of every operation: sealed boxes in append-only files, answered for only after fsync. The journal
 * has no key and needs none.
 */
export function openJournal(settings: {
  readonly userData: string;
  readonly openFile?: (file: string) => Promise<SegmentFile>;
  /** Frees space kept for this moment; false when there is none left. */
  readonly releaseBallast?: () => boolean;
}) {
  const folder = path.join(settings.userData, 'journal');
  const openFile = settings.openFile ?? ((file: string) => open(file, 'a', 0o600));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  finishRewrite(folder);
  const fileOf = (no: number) => path.join(folder, segmentName(no));

  const held = new Map<string, ReturnType<typeof makeNumberRanges>>();
  const segments: Segment[] = [];
  let damaged = 0;
  let lastAudit: JournalRow | undefined;
  const editions = new Map<string, JournalLocal>();
  let link: Bytes = firstLink;
  let size = 0;
  /** What a segment begins with does not fill it: many local values would leave no room for operations. */
  let sizeAtStart = 0;
  let file: SegmentFile | undefined;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let storeId = '';

  const rangesOf = (w: Uint8Array) => {
    const key = toHex(w);
    const ranges = held.get(key) ?? makeNumberRanges();
    held.set(key, ranges);
    return ranges;
  };
  const isNewer = ({ w, n }: Pick<JournalLocal, 'w' | 'n'>): boolean => n > (editions.get(toHex(w))?.n ?? 0);
  const note = (record: Omit<JournalRecord, 'epoch'>, segment: Segment): void => {
    if (record.kind === 'op') {
      const ranges = rangesOf(record.w);
      for (let at = 0; at < (record.m ?? 1); at++) ranges.add(record.n + at);
      segment.ops += 1;
    }
    if (record.kind === 'local' && isNewer(record)) {
      const { w, n, c, box } = record;
      if (c !== null && c !== 'audit') editions.set(toHex(w), { w, n, c, box });
    }
    if (record.kind === 'audit' && record.n > (lastAudit?.seq ?? 0)) lastAudit = { seq: record.n, box: record.box };
  };

  const numbers = readdirSync(folder)
    .flatMap((name) => /^(\d{8})\.seg$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  for (const [at, no] of numbers.entries()) {
    const bytes = readFileSync(fileOf(no));
    const scan = scanSegment(bytes, at === 0 ? undefined : link);
    const segment: Segment = { no, ops: 0 };
    for (const record of scan.records) note(record, segment);
    segments.push(segment);
    damaged += scan.damaged;
    link = scan.link;
    size = scan.soundEnd;
    // Only the last segment can end in a write that was cut off; elsewhere it is damage.
    if (at < numbers.length - 1 && scan.soundEnd < bytes.length) damaged += 1;
  }

  /** What a new segment begins with, so that it stands for itself when the ones before it are gone. */
  const checkpoint = (): readonly Omit<JournalRecord, 'epoch'>[] => {
    const writers = [...held].map(([w, ranges]) => ({ w, n: ranges.last() }));
    const box = toBytes(toUtf8(JSON.stringify({ v: 1, store: storeId, writers })));
    const begin = [...editions.values()].map((local) => ({
      ...local,
      kind: 'local' as const,
      w: toBytes(local.w),
      box: toBytes(local.box),
    }));
    return [{ kind: 'checkpoint', w: noWriter, n: 0, c: null, box }, ...begin];
  };
  const epochOf = ({ kind, box }: Omit<JournalRecord, 'epoch'>): number => {
    const parts = kind === 'checkpoint' ? undefined : parseBoxHeader(box);
    return parts?.ok === true ? parts.value.epoch : 0;
  };

  const nextSegment = async (): Promise<void> => {
    const closing = file;
    file = undefined;
    await closing?.close();
    const no = (segments.at(-1)?.no ?? 0) + 1;
    file = await openFile(fileOf(no));
    syncFolder(folder);
    segments.push({ no, ops: 0 });
    size = 0;
  };

  /** New segments that are on disk and may not have their names yet. */
  let pending: Rewritten | undefined;
  const settleRewrite = (): void => {
    if (finishRewrite(folder) && pending !== undefined) {
      segments.splice(0, segments.length, ...pending.segments.map((segment) => ({ ...segment })));
      ({ link, size } = pending);
      sizeAtStart = 0;
      damaged = 0;
    }
    pending = undefined;
  };

  /** Writes a group with one fsync; on failure the file is as it was before. */
  const writeGroup = async (records: readonly Omit<JournalRecord, 'epoch'>[]): Promise<void> => {
    if (pending !== undefined) settleRewrite();
    const current = segments.at(-1);
    if (file === undefined && current !== undefined) {
      file = await openFile(fileOf(current.no));
      // What a kill left behind the last whole record.
      if (statSync(fileOf(current.no)).size > size) await file.truncate(size);
    }
    const fresh = file === undefined || size >= sizeAtStart + segmentBytes;
    if (fresh) await nextSegment();
    const target = file;
    const segment = segments.at(-1);
    if (target === undefined || segment === undefined) throw new Error('Bug: no segment');
    const begin = size === 0 ? checkpoint() : [];
    let nextLink = link;
    let beginBytes = 0;
    const encoded = [...begin, ...records].map((record, at) => {
      const bytes = encodeRecord({ ...record, epoch: epochOf(record) }, nextLink);
      nextLink = linkOf(bytes);
      if (at < begin.length) beginBytes += bytes.length;
      return bytes;
    });
    const group = joinBytes(encoded);
    try {
      for (let at = 0; at < group.length;) at += (await target.write(group, at, group.length - at)).bytesWritten;
      await target.datasync();
    } catch (error) {
      file = undefined;
      await target.truncate(size).catch(() => undefined);
      await target.close().catch(() => undefined);
      throw error;
    }
    if (begin.length > 0) sizeAtStart = beginBytes;
    size += group.length;
    link = nextLink;
    for (const record of records) note(record, segment);
  };

  const writeOrSay = async (records: readonly Omit<JournalRecord, 'epoch'>[]): Promise<Appended> => {
    try {
      await writeGroup(records);
      return 'fsynced';
    } catch (error) {
      if (!isDiskFull(error)) return 'failed';
      if (settings.releaseBallast?.() !== true) return 'full';
      return writeOrSay(records);
    }
  };

  /** Whatever came while the last group was being written makes the next one. */
  const flush = async (): Promise<void> => {
    // Leaves `flushing` time to be set, whatever the first group needs.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      // Looked at only now: an operation may have come twice while it was waiting.
      const seen = new Set<string>();
      const records = group
        .flatMap((one) => one.records)
        .filter((record) => {
          const key = `${record.kind}${toHex(record.w)}.${record.n}`;
          const isHeld =
            (record.kind === 'op' && rangesOf(record.w).has(record.n)) || (record.kind === 'local' && !isNewer(record));
          if (seen.has(key) || isHeld) return false;
          seen.add(key);
          return true;
        });
      const appended = records.length === 0 ? 'fsynced' : await writeOrSay(records);
      for (const { resolve } of group) resolve(appended);
    }
    // In the same step as the look at `waiting`: what comes a moment later starts the next flush.
    flushing = undefined;
  };

  const rewriteNow = async (ops: readonly JournalOp[]): Promise<Appended> => {
    const closing = file;
    file = undefined;
    const isLast = ({ w, n }: JournalRecord) => n === editions.get(toHex(w))?.n;
    try {
      await closing?.close();
      // What an attempt before this one left.
      settleRewrite();
      const numbers = segments.map(({ no }) => no);
      pending = rewriteSegments(folder, numbers, link, replacing(ops, isLast, epochOf));
      sealRewrite(folder, pending, numbers);
      settleRewrite();
      return 'fsynced';
    } catch (error) {
      return isDiskFull(error) ? 'full' : 'failed';
    }
  };

  return {
    /**
     * Boxes in the place of what is held under the same numbers, and no earlier edition of local values: afterwards no
     * file of the journal has the old ones. Resolves after fsync.
     */
    replace: async (ops: readonly JournalOp[]): Promise<Appended> => {
      while (flushing !== undefined) await flushing;
      const rewritten = rewriteNow(ops);
      // What comes meanwhile waits for it.
      flushing = rewritten.then(() => flush());
      return rewritten;
    },

    /** Resolves after fsync. What is already there is not written again: sending twice is harmless. */
    append: (
      ops: readonly JournalOp[],
      audit: JournalRow | null,
      locals: readonly JournalLocal[],
      store: string,
    ): Promise<Appended> => {
      storeId = store;
      const records = [
        ...ops.map(({ w, n, m, c, box }) => ({ kind: 'op' as const, w: toBytes(w), n, m, c, box: toBytes(box) })),
        ...locals.map(({ w, n, c, box }) => ({ kind: 'local' as const, w: toBytes(w), n, c, box: toBytes(box) })),
        ...(audit === null
          ? []
          : [{ kind: 'audit' as const, w: noWriter, n: audit.seq, c: 'audit' as const, box: toBytes(audit.box) }]),
      ];
      if (records.some(({ box }) => box.length > maxBoxBytes)) return Promise.resolve('failed');
      const { promise, resolve } = Promise.withResolvers<Appended>();
      waiting.push({ records, resolve });
      flushing ??= flush();
      return promise;
    },

    /** `ops`: different operations that can be read. */
    status: () => {
      const writers = [...held].map(([w, ranges]) => ({ w: fromHex(w), last: ranges.last(), ops: ranges.size() }));
      return {
        ops: writers.reduce((sum, { ops }) => sum + ops, 0),
        damaged,
        writers,
        locals: [...editions.values()].map(({ w, n }) => ({ w: toBytes(w), n })),
      };
    },

    lastAudit: (): JournalRow | undefined => lastAudit,

    /** Every row of the log in the order of its numbers, one segment in memory at a time. */
    auditRows: async function* (): AsyncGenerator<JournalRow> {
      await flushing;
      for (const { no } of [...segments]) {
        const { records } = scanSegment(readFileSync(fileOf(no)), undefined);
        for (const { kind, n, box } of records) if (kind === 'audit') yield { seq: n, box };
      }
    },

    /** The boxes of operations from number `skip` on, as many as go in one answer; nothing at the end. */
    read: async (skip: number): Promise<readonly JournalOp[]> => {
      await flushing;
      const page: JournalOp[] = [];
      let passed = 0;
      let bytes = 0;
      for (const segment of segments) {
        if (passed + segment.ops <= skip) {
          passed += segment.ops;
          continue;
        }
        for (const { kind, w, n, m, c, box } of scanSegment(readFileSync(fileOf(segment.no)), undefined).records) {
          if (kind !== 'op' || c === null || c === 'audit') continue;
          passed += 1;
          if (passed <= skip) continue;
          page.push({ w, n, c, box, ...(m === undefined ? {} : { m }) });
          bytes += box.length;
          if (page.length >= pageOps || bytes >= pageBytes) return page;
        }
      }
      return page;
    },

    /** The last editions from `skip` on, as many as go in one answer. */
    readLocals: async (skip: number): Promise<readonly JournalLocal[]> => {
      await flushing;
      const page: JournalLocal[] = [];
      let bytes = 0;
      for (const local of [...editions.values()].slice(skip, skip + pageOps)) {
        page.push(local);
        bytes += local.box.length;
        if (bytes >= pageBytes) break;
      }
      return page;
    },

    /** Waits for what is on its way and closes the file. */
    close: async (): Promise<void> => {
      await flushing;
      const closing = file;
      file = undefined;
      await closing?.close();
    },
  };
}
