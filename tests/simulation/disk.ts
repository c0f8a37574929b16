import { toHex } from '../../shared/kernel/bytes.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type {
  Box,
  Departure,
  RecordStore,
  SealedBlock,
  SealedFeed,
  SealedLocal,
  SealedManifest,
  SealedOp,
  SealedPage,
  SealedRow,
  SealedSegment,
  SealedWriter,
  Write,
} from '../../shared/ports.ts';
import { refKey } from '../../shared/records/record.ts';
import { countIn, lastIn } from '../../renderer/use-cases/op-boxes.ts';
import { pageOf, statusOf } from '../fakes/memory-host.ts';
import type { Host } from '../../shared/ipc-contract.ts';
import type { JournalPort } from '../../renderer/use-cases/recover-store.ts';

/** What one laptop has on disk: the store of the page, and the second copy of the main process. */
export type Disk = {
  store: StoreImage;
  journal: Map<string, SealedOp>;
  locals: Map<string, SealedLocal>;
  journalAnswers: 'fsynced' | 'full' | 'failed';
};

export type StoreImage = {
  readonly name: string;
  readonly rows: Map<string, SealedRow>;
  readonly ops: Map<string, Map<number, SealedOp>>;
  readonly writers: Map<string, SealedWriter>;
  readonly feeds: Map<string, SealedFeed>;
  readonly pages: Map<string, SealedPage>;
  readonly departures: Map<string, Departure>;
  readonly segments: Map<number, SealedSegment>;
  readonly blocks: Map<number, SealedBlock>;
  readonly deltas: Map<number, Box>;
  manifest: SealedManifest | undefined;
  opCount: number;
};

export const emptyStore = (name: string): StoreImage => ({
  name,
  rows: new Map(),
  ops: new Map(),
  writers: new Map(),
  feeds: new Map(),
  pages: new Map(),
  departures: new Map(),
  segments: new Map(),
  blocks: new Map(),
  deltas: new Map(),
  manifest: undefined,
  opCount: 0,
});

export const copyStore = (image: StoreImage): StoreImage => ({
  ...image,
  rows: new Map(image.rows),
  ops: new Map([...image.ops].map(([w, ops]) => [w, new Map(ops)])),
  writers: new Map(image.writers),
  feeds: new Map(image.feeds),
  pages: new Map(image.pages),
  departures: new Map(image.departures),
  segments: new Map(image.segments),
  blocks: new Map(image.blocks),
  deltas: new Map(image.deltas),
});

export const copyDisk = ({ store, journal, locals, journalAnswers }: Disk): Disk => ({
  store: copyStore(store),
  journal: new Map(journal),
  locals: new Map(locals),
  journalAnswers,
});

const moved = (ref: SealedRow['ref'] | null) => Promise.resolve(err({ type: 'moved', ref } as const));
const done = Promise.resolve(ok(undefined));
export const opName = ({ w, n }: { readonly w: Uint8Array; readonly n: number }): string => `${toHex(w)}.${n}`;

/** The rules of the real store (`dexie-record-store`): one strict transaction, compare-and-set, all or nothing. */
export function storeOn(disk: Pick<Disk, 'store'>): RecordStore {
  const image = disk.store;
  const expectNext = (next: SealedManifest) => (image.manifest?.vaultCounter ?? 0) === next.vaultCounter - 1;
  return {
    read: (ref) => Promise.resolve(image.rows.get(refKey(ref))),
    readKind: (kind) => Promise.resolve([...image.rows.values()].filter(({ ref }) => ref.kind === kind)),
    readSummaries: () =>
      Promise.resolve({
        segments: [...image.segments.values()],
        deltas: [...image.deltas].map(([no, box]) => ({ no, box })),
      }),
    readBlocks: () => Promise.resolve([...image.blocks.values()]),
    readWriters: () => Promise.resolve([...image.writers.values()]),
    readDepartures: () => Promise.resolve([...image.departures.values()]),
    readPages: () => Promise.resolve([...image.pages.values()]),
    readFeeds: () => Promise.resolve([...image.feeds.values()]),
    readManifest: () => Promise.resolve(image.manifest),
    readOps: (w, after, limit) => {
      const ops = image.ops.get(toHex(w)) ?? new Map<number, SealedOp>();
      const above = [...ops.values()].filter((box) => lastIn(box) > after).sort((a, b) => a.n - b.n);
      return Promise.resolve(above.filter(({ n }) => n <= after + limit));
    },
    commit: (write) => {
      if (!expectNext(write.manifest)) return moved(null);
      const other = write.rows.find((row) => (image.rows.get(refKey(row.ref))?.rev ?? 0) !== row.rev - 1);
      if (other !== undefined) return moved(other.ref);
      const gone = write.removed?.find(({ ref, rev }) => image.rows.get(refKey(ref))?.rev !== rev);
      if (gone !== undefined) return moved(gone.ref);
      const isOld = ({ w, next, standsFor }: SealedWriter) =>
        (image.writers.get(toHex(w))?.next ?? 0) >= (standsFor === undefined ? next : next + 1);
      if (write.writers.some(isOld)) return moved(null);
      if (write.ops.some(({ w, n }) => image.ops.get(toHex(w))?.has(n) === true))
        return Promise.resolve(err({ type: 'storage-failed' }));
      put(image, write);
      return done;
    },
    acknowledge: (w, acked, archived) => {
      const writer = image.writers.get(toHex(w));
      if (writer !== undefined) image.writers.set(toHex(w), { ...writer, acked, archived });
      return done;
    },
    fold: ({ segments, goneSegments, blocks, goneBlocks, upTo, manifest }) => {
      if (!expectNext(manifest)) return moved(null);
      for (const no of goneSegments) image.segments.delete(no);
      for (const segment of segments) image.segments.set(segment.no, segment);
      for (const no of goneBlocks) image.blocks.delete(no);
      for (const block of blocks) image.blocks.set(block.no, block);
      for (const no of [...image.deltas.keys()]) if (no <= upTo) image.deltas.delete(no);
      image.manifest = manifest;
      return done;
    },
    replaceOps: (ops) => {
      for (const op of ops) image.ops.get(toHex(op.w))?.set(op.n, op);
      return done;
    },
    counts: () => Promise.resolve({ store: image.name, ops: image.opCount, rows: image.rows.size }),
  };
}

function put(image: StoreImage, write: Write): void {
  for (const row of write.rows) image.rows.set(refKey(row.ref), row);
  for (const op of write.ops) {
    const ops = image.ops.get(toHex(op.w)) ?? new Map<number, SealedOp>();
    image.ops.set(toHex(op.w), ops.set(op.n, op));
    image.opCount += countIn([op]);
  }
  for (const writer of write.writers) {
    const { acked, archived } = image.writers.get(toHex(writer.w)) ?? writer;
    image.writers.set(toHex(writer.w), { ...writer, acked, archived });
  }
  if (write.erased !== undefined) dropErased(image, write.erased);
  if (write.summaryDelta !== null) image.deltas.set(write.manifest.vaultCounter, write.summaryDelta);
  if (write.page !== null) image.pages.set(`${write.page.site}/${write.page.c}/${write.page.from}`, write.page);
  const { feed, erased } = write;
  const isReset = erased?.feeds.some(({ site, c }) => site === feed?.site && c === feed.c) === true;
  if (write.feed !== null && !isReset) image.feeds.set(`${write.feed.site}/${write.feed.c}`, write.feed);
  for (const { ref, site } of write.moves?.returned ?? []) image.departures.delete(`${refKey(ref)}/${site}`);
  for (const one of write.moves?.departed ?? []) image.departures.set(`${refKey(one.ref)}/${one.site}`, one);
  for (const { ref } of write.removed ?? []) image.rows.delete(refKey(ref));
  image.manifest = write.manifest;
}

/** Feeds are read again from their beginning, and their pages go. */
function dropErased(image: StoreImage, { ops, feeds }: NonNullable<Write['erased']>): void {
  for (const op of ops) image.ops.get(toHex(op.w))?.set(op.n, op);
  for (const feed of feeds) image.feeds.set(`${feed.site}/${feed.c}`, feed);
  for (const [key, page] of image.pages) {
    const [site] = page.site.split('#');
    if (feeds.some((feed) => feed.site === site && feed.c === page.c)) image.pages.delete(key);
  }
}

/** The second copy in the main process. */
export function journalOn(disk: Disk): JournalPort & Pick<Host, 'journal:replace'> {
  const copy = disk.journal;
  return {
    'journal:append': ({ ops, locals }) => {
      if (disk.journalAnswers === 'fsynced') {
        for (const op of ops) copy.set(opName(op), op);
        for (const local of locals)
          if (local.n > (disk.locals.get(toHex(local.w))?.n ?? 0)) disk.locals.set(toHex(local.w), local);
      }
      return Promise.resolve(disk.journalAnswers);
    },
    'journal:replace': ({ ops }) => {
      if (disk.journalAnswers === 'fsynced') for (const op of ops) if (copy.has(opName(op))) copy.set(opName(op), op);
      return Promise.resolve(disk.journalAnswers);
    },
    'journal:status': () => Promise.resolve(statusOf(copy.values(), disk.locals.values())),
    'journal:read': ({ skip }) => Promise.resolve(pageOf(copy.values(), skip)),
    'journal:locals': ({ skip }) => Promise.resolve(pageOf(disk.locals.values(), skip)),
  };
}

/** A power cut while the second copy was being written: of what nobody had an answer for, a beginning is there. */
export function tearJournal(disk: Disk, ops: readonly SealedOp[], kept: number): void {
  if (disk.journalAnswers === 'fsynced') for (const op of ops.slice(0, kept)) disk.journal.set(opName(op), op);
}
