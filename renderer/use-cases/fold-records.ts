import { isRecordId, recordIdBytes } from '../../shared/kernel/ids.ts';
import type { SealedBlock } from '../../shared/ports.ts';
import { compartments, isGroup, type Compartment, type RecordKind } from '../../shared/records/record.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import {
  besideCore,
  decodeBlock,
  encodeBlock,
  type BlockEntry,
  type RecordBlock,
} from '../../shared/sync/record-block.ts';
import { RecordImage } from '../../shared/sync/record-image.ts';
import { RecordPart } from '../../shared/sync/record-part.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { peopleIn, type KnownRecords } from './known-records.ts';
import { opsIn } from './record-rows.ts';
import { sealBlock } from './summary-boxes.ts';
import type { BlockPlace, Vault } from './vault.ts';

const recordsPerBlock = 2_048;
/** A block with fewer is joined with others when one has to be written anyway. */
const fewRecords = 512;
/** Stands for a version that is not known here: whoever has the key reads the row. */
const unknownRev = 0xffff_ffff;

/** Values that never leave the device have their editions in the row, so such records are read from there. */
export const hasBlocks = (kind: RecordKind): boolean =>
  kind !== 'resident' && Object.values(definitionOf(kind).fields).every(({ sharing }) => sharing === 'central');

export type FoldedRecords = {
  readonly blocks: readonly SealedBlock[];
  readonly gone: readonly number[];
  readonly places: readonly BlockPlace[];
  /** Takes the place of the records in memory once the blocks are in the store. */
  readonly records: () => KnownRecords;
};

/** Puts what changed since into blocks. Those without a change, and those this user has no key for, stay as they are. */
export async function foldRecords(vault: Vault, version: number): Promise<FoldedRecords> {
  const { records, known, strayBlocks } = vault.memory;
  const mine = compartments.filter((c) => vault.cipher.compartments.includes(c));
  const places: BlockPlace[] = known.blocks.filter(({ c }) => !mine.includes(c));
  const blocks: SealedBlock[] = [];
  const next: Partial<Record<Compartment, readonly RecordBlock[]>> = {};
  let no = Math.max(0, ...strayBlocks, ...known.blocks.map((place) => place.no));
  // Core first: the others stand in its order, so that neighbours are read together.
  for (const c of mine) {
    const present = known.blocks.filter((place) => place.c === c);
    const { kept, loose } = divide(records, c);
    for (const at of kept) if (present[at] !== undefined) places.push(present[at]);
    const whole = kept.flatMap((at) => records.inBlocks.parts[c].blocks[at] ?? []);
    const sorted = c === 'core' ? bySite(loose) : inOrderOf(new RecordPart(next.core ?? []), loose);
    for (let at = 0; at < sorted.length; at += recordsPerBlock) {
      const encoded = encodeBlock(sorted.slice(at, at + recordsPerBlock));
      const place = { no: ++no, c, version };
      blocks.push(await sealBlock(vault.cipher, place, encoded));
      places.push(place);
      const block = decodeBlock(encoded);
      if (block.ok) whole.push(block.value);
    }
    next[c] = whole;
  }
  return {
    blocks,
    gone: [...strayBlocks, ...known.blocks.filter((place) => !places.includes(place)).map((place) => place.no)],
    places,
    records: () => records.over(RecordImage.of(next), (kind) => !hasBlocks(kind)),
  };
}

/** Which blocks of a compartment stay, and what has to stand in new ones. */
function divide(
  records: KnownRecords,
  c: Compartment,
): { readonly kept: readonly number[]; readonly loose: readonly BlockEntry[] } {
  const { inBlocks, changed } = records;
  const part = inBlocks.parts[c];
  const fresh = freshEntries(records, c);
  const kept: number[] = [];
  const loose: BlockEntry[] = [];
  let from = 0;
  part.blocks.forEach((block, no) => {
    const live: number[] = [];
    for (let at = from; at < from + block.count; at++) if (isLive(at)) live.push(at);
    from += block.count;
    if (live.length === block.count && (block.count >= fewRecords || fresh.length === 0)) kept.push(no);
    else for (const at of live) loose.push(entryAt(at));
  });
  return { kept, loose: [...loose, ...fresh] };

  /** Whether the row has this compartment as it stands in the block. */
  function isLive(at: number): boolean {
    if (changed.size > 0) {
      const key = part.keyAt(at);
      if (changed.has(key)) return c !== 'core' && changed.get(key)?.[c] === part.revAt(at);
    }
    return c === 'core' || inBlocks.revBeside(part.kindAt(at), part.idBytesAt(at), c) === part.revAt(at);
  }

  function entryAt(at: number): BlockEntry {
    const kind = part.kindAt(at);
    const ops = part.opsAt(at);
    const others = Object.fromEntries(besideCore.map((one) => [one, c === 'core' ? inBlocks.otherRev(at, one) : 0]));
    const people = c === 'core' ? peopleOf({ kind, ops }) : [];
    return { kind, id: part.idAt(at), rev: part.revAt(at), others, people, ops };
  }
}

/** What changed of a compartment, as it has to stand in a block. */
function freshEntries(records: KnownRecords, c: Compartment): readonly BlockEntry[] {
  const part = records.inBlocks.parts[c];
  const fresh: BlockEntry[] = [];
  for (const [key, revs] of records.changed) {
    const record = revs && records.get(key);
    if (record === undefined || !hasBlocks(record.kind)) continue;
    const rev = c === 'core' ? record.rev : revs?.[c];
    // Nobody who has the key leaves a version open: then it is not in this compartment.
    if (rev === undefined || rev === 0) continue;
    const present = c === 'core' ? undefined : part.find(record.kind, recordIdBytes(record.id));
    if (present !== undefined && part.revAt(present) === rev) continue;
    const ops = opsIn(record, c);
    const others = Object.fromEntries(
      Object.entries(c === 'core' ? (revs ?? {}) : {}).map(([one, at]) => [one, at || unknownRev]),
    );
    fresh.push({ kind: record.kind, id: record.id, rev, others, people: c === 'core' ? peopleOf(record) : [], ops });
  }
  return fresh;
}

const peopleOf = (record: Pick<ReplicaRecord, 'kind' | 'ops'>): readonly string[] => [
  ...new Set(peopleIn(record).filter(isRecordId)),
];

/** Kind by kind and site by site, because that is how screens read them. */
function bySite(entries: readonly BlockEntry[]): readonly BlockEntry[] {
  const siteOf = ({ ops }: BlockEntry): string => {
    const placed = ops.findLast(({ f }) => f === 'placement')?.v;
    return isGroup(placed) && typeof placed.site === 'string' ? placed.site : '';
  };
  const sites = new Map(entries.map((entry) => [entry, `${entry.kind}/${siteOf(entry)}`]));
  return [...entries].sort((a, b) => compare(sites.get(a) ?? '', sites.get(b) ?? ''));
}

function inOrderOf(core: RecordPart, entries: readonly BlockEntry[]): readonly BlockEntry[] {
  const places = new Map(
    entries.map((entry) => [entry, core.find(entry.kind, recordIdBytes(entry.id)) ?? core.count] as const),
  );
  return [...entries].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
