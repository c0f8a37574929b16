import { toHex } from '../../shared/kernel/bytes.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type {
  Departure,
  RecordStore,
  SealedAudit,
  SealedManifest,
  SealedOp,
  SealedRow,
  SealedBlock,
  SealedSegment,
  SealedWriter,
  SealedFeed,
  SealedPage,
  Box,
} from '../../shared/ports.ts';
import { refKey } from '../../shared/records/record.ts';
import { countIn, lastIn } from '../../renderer/use-cases/op-boxes.ts';

/** The rules of the real store without IndexedDB: all or nothing, compare-and-set. */
export function memoryRecordStore(name = 'store-1') {
  const rows = new Map<string, SealedRow>();
  const ops = new Map<string, SealedOp>();
  const writers = new Map<string, SealedWriter>();
  const feeds = new Map<string, SealedFeed>();
  const segments = new Map<number, SealedSegment>();
  const blocks = new Map<number, SealedBlock>();
  const deltas = new Map<number, Box>();
  const audit: SealedAudit[] = [];
  const pages: SealedPage[] = [];
  const departures = new Map<string, Departure>();
  let manifest: SealedManifest | undefined;
  const opKey = ({ w, n }: { w: Uint8Array; n: number }) => `${toHex(w)}.${n}`;
  const isNext = (next: SealedManifest) => (manifest?.vaultCounter ?? 0) === next.vaultCounter - 1;

  const store: RecordStore = {
    read: (ref) => Promise.resolve(rows.get(refKey(ref))),
    readKind: (kind) => Promise.resolve([...rows.values()].filter(({ ref }) => ref.kind === kind)),
    readSummaries: () =>
      Promise.resolve({ segments: [...segments.values()], deltas: [...deltas].map(([no, box]) => ({ no, box })) }),
    readBlocks: () => Promise.resolve([...blocks.values()]),
    readWriters: () => Promise.resolve([...writers.values()]),
    readFeeds: () => Promise.resolve([...feeds.values()]),
    readDepartures: () => Promise.resolve([...departures.values()]),
    readPages: () => Promise.resolve(pages),
    readManifest: () => Promise.resolve(manifest),
    readOps: (w, after, limit) =>
      Promise.resolve(
        [...ops.values()]
          .filter((box) => toHex(box.w) === toHex(w) && lastIn(box) > after)
          .sort((a, b) => a.n - b.n)
          .filter((box) => box.n <= after + limit),
      ),
    commit: (write) => {
      const moved = write.rows.find((row) => (rows.get(refKey(row.ref))?.rev ?? 0) !== row.rev - 1);
      if (moved !== undefined) return Promise.resolve(err({ type: 'moved', ref: moved.ref }));
      const taken = write.ops.some((op) => ops.has(opKey(op)));
      if (taken || !isNext(write.manifest)) return Promise.resolve(err({ type: 'moved', ref: null }));
      for (const row of write.rows) rows.set(refKey(row.ref), row);
      for (const op of write.ops) ops.set(opKey(op), op);
      for (const writer of write.writers) writers.set(toHex(writer.w), writer);
      if (write.summaryDelta !== null) deltas.set(write.manifest.vaultCounter, write.summaryDelta);
      if (write.audit !== null) audit.push(write.audit);
      for (const op of write.erased?.ops ?? []) ops.set(opKey(op), op);
      const isReset = (site: string, c: string) =>
        write.erased?.feeds.some((feed) => feed.site === site.split('#')[0] && feed.c === c) === true;
      for (const page of [...pages]) if (isReset(page.site, page.c)) pages.splice(pages.indexOf(page), 1);
      if (write.page !== null) pages.push(write.page);
      if (write.feed !== null) feeds.set(`${write.feed.site}/${write.feed.c}`, write.feed);
      for (const feed of write.erased?.feeds ?? []) feeds.set(`${feed.site}/${feed.c}`, feed);
      for (const { ref, site } of write.moves?.returned ?? []) departures.delete(`${refKey(ref)}/${site}`);
      for (const one of write.moves?.departed ?? []) departures.set(`${refKey(one.ref)}/${one.site}`, one);
      for (const { ref } of write.removed ?? []) rows.delete(refKey(ref));
      manifest = write.manifest;
      return Promise.resolve(ok(undefined));
    },
    acknowledge: (w, acked, archived) => {
      const writer = writers.get(toHex(w));
      if (writer !== undefined) writers.set(toHex(w), { ...writer, acked, archived });
      return Promise.resolve(ok(undefined));
    },
    fold: (folded) => {
      if (!isNext(folded.manifest)) return Promise.resolve(err({ type: 'moved', ref: null }));
      for (const no of folded.goneSegments) segments.delete(no);
      for (const segment of folded.segments) segments.set(segment.no, segment);
      for (const no of folded.goneBlocks) blocks.delete(no);
      for (const block of folded.blocks) blocks.set(block.no, block);
      for (const no of [...deltas.keys()]) if (no <= folded.upTo) deltas.delete(no);
      manifest = folded.manifest;
      return Promise.resolve(ok(undefined));
    },
    replaceOps: (sound) => {
      for (const op of sound) ops.set(opKey(op), op);
      return Promise.resolve(ok(undefined));
    },
    counts: () => Promise.resolve({ store: name, ops: countIn([...ops.values()]), rows: rows.size }),
  };
  return { store, rows, ops, writers, audit, pages, deltas, segments, blocks };
}
