import type { Cipher, SealedBlock, SealedRow } from '../../shared/ports.ts';
import { recordKinds, refKey, refOfKey, type Compartment, type RecordRef } from '../../shared/records/record.ts';
import type { RecordBlock } from '../../shared/sync/record-block.ts';
import { RecordImage } from '../../shared/sync/record-image.ts';
import type { Manifest } from '../../shared/vault/manifest-schema.ts';
import { hasBlocks } from './fold-records.ts';
import { KnownRecords } from './known-records.ts';
import { blockPlacesOf, hashOfSegments } from './manifest.ts';
import { openRow, type OpenedRow } from './record-rows.ts';
import { openBlock } from './summary-boxes.ts';
import type { BlockPlace, Ports } from './vault.ts';

/** Opened at a time: enough to keep the cipher busy, few enough for the page to answer in between. */
const rowsAtOnce = 100;

export type OpenedRecords = {
  readonly records: KnownRecords;
  readonly blocks: readonly BlockPlace[];
  /** Rows with values that never leave this device. */
  readonly withLocals: readonly OpenedRow[];
  readonly unreadable: readonly RecordRef[];
  /** A block is missing, old or damaged: everything came from the rows, and has to be put into blocks again. */
  readonly blocksLost: boolean;
  readonly strayBlocks: readonly number[];
};

/**
 * The records of the small kinds: what the blocks hold, and from their rows what changed since (`changed`, null where
 * that is not known) and what has no place in a block.
 */
export async function openRecords(
  { store, sha256 }: Pick<Ports, 'store' | 'sha256'>,
  cipher: Cipher,
  manifest: Manifest | null,
  changed: readonly RecordRef[] | null,
): Promise<OpenedRecords> {
  const sealed = [...(await store.readBlocks())].sort((a, b) => a.no - b.no);
  const isWhole = manifest?.v === 3 && hashOfSegments(sealed, sha256) === manifest.blocks;
  const opened = isWhole && changed !== null ? await openBlocks(cipher, sealed) : undefined;
  const records = new KnownRecords(RecordImage.of(opened ?? {}));
  const withLocals: OpenedRow[] = [];
  const unreadable: RecordRef[] = [];
  const take = async (refs: readonly RecordRef[], rows: readonly (SealedRow | undefined)[]) => {
    const openedRows = await Promise.all(
      rows.map((row) => (row === undefined ? Promise.resolve(undefined) : openRow(cipher, row))),
    );
    openedRows.forEach((row, at) => {
      const ref = refs[at];
      if (ref === undefined) return;
      if (row === undefined) records.delete(refKey(ref));
      else if (!row.ok) unreadable.push(ref);
      else {
        records.put(row.value);
        if (Object.keys(row.value.localNos).length > 0) withLocals.push(row.value);
      }
    });
  };
  if (opened !== undefined) {
    const incomplete = records.inBlocks.incomplete(cipher.compartments);
    const keys = new Set([...(changed ?? []).map(refKey), ...incomplete]);
    const refs = [...keys].flatMap((key) => refOfKey(key) ?? []);
    for (let at = 0; at < refs.length; at += rowsAtOnce) {
      const part = refs.slice(at, at + rowsAtOnce);
      await take(part, await Promise.all(part.map((ref) => store.read(ref))));
    }
  }
  for (const kind of recordKinds) {
    if (kind === 'resident' || (opened !== undefined && hasBlocks(kind))) continue;
    const rows = await store.readKind(kind);
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const part = rows.slice(at, at + rowsAtOnce);
      await take(
        part.map(({ ref }) => ref),
        part,
      );
    }
  }
  const blocksLost = opened === undefined && (sealed.length > 0 || records.all().size > 0);
  return {
    ...{ records, withLocals, unreadable, blocksLost },
    blocks: opened === undefined ? [] : blockPlacesOf(sealed),
    strayBlocks: opened === undefined ? sealed.map(({ no }) => no) : [],
  };
}

/** By compartment, those of the user; undefined when one of them does not open. */
async function openBlocks(
  cipher: Cipher,
  sealed: readonly SealedBlock[],
): Promise<Readonly<Partial<Record<Compartment, readonly RecordBlock[]>>> | undefined> {
  const blocks: Partial<Record<Compartment, RecordBlock[]>> = {};
  for (const one of sealed) {
    if (!cipher.compartments.includes(one.c)) continue;
    const block = await openBlock(cipher, one);
    if (!block.ok) return undefined;
    (blocks[one.c] ??= []).push(block.value);
  }
  return blocks;
}
