import { equalBytes, joinBytes, type Bytes } from '../kernel/bytes.ts';
import { recordIdBytes } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { isRecordKind, type Compartment, type RecordKind } from '../records/record.ts';
import { decodeEncodable, encodeCanonical } from './canonical.ts';
import type { Change } from './change.ts';
import { packOps, unpackOps } from './row-codec.ts';

/** Records whose operations stand together: one is opened with its neighbours, a hundred cost little more than one. */
export const packSize = 32;
const idLength = 16;
const version = 1;

/** Everything besides `core`, which every record has. */
export const besideCore = ['bsn', 'health', 'finance'] as const satisfies readonly Compartment[];
export type BesideCore = (typeof besideCore)[number];

/** What one compartment holds of one record. `rev` = the version of the row in which its box was last sealed. */
export type BlockEntry = {
  readonly kind: RecordKind;
  readonly id: string;
  readonly rev: number;
  /** Only in blocks of `core`: the `rev` of the other boxes of the row. */
  readonly others: Readonly<Partial<Record<BesideCore, number>>>;
  /** Only in blocks of `core`: residents it says something about. */
  readonly people: readonly string[];
  readonly ops: readonly Change[];
};

/** Many records of one compartment as columns; operations are read when somebody asks for them. */
export type RecordBlock = {
  readonly count: number;
  readonly kinds: readonly RecordKind[];
  /** Place in `kinds`, by record. */
  readonly kindNos: Uint8Array;
  /** 16 bytes each. */
  readonly ids: Uint8Array;
  readonly revs: Uint32Array;
  /** One number per compartment of `besideCore`, by record; 0 where the row has no such box. */
  readonly otherRevs: Uint32Array;
  /** How many residents stand in `people` for each record. */
  readonly peopleCounts: Uint16Array;
  readonly people: Uint8Array;
  readonly packs: readonly Uint8Array[];
};

export function encodeBlock(entries: readonly BlockEntry[]): Bytes {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  const packs: Bytes[] = [];
  for (let at = 0; at < entries.length; at += packSize)
    packs.push(packOps(entries.slice(at, at + packSize).flatMap(({ ops }) => ops)));
  return encodeCanonical([
    version,
    entries.length,
    kinds,
    Uint8Array.from(entries, ({ kind }) => kinds.indexOf(kind)),
    joinBytes(entries.map(({ id }) => recordIdBytes(id))),
    bytesOf(Uint32Array.from(entries, ({ rev }) => rev)),
    bytesOf(Uint32Array.from(entries.flatMap(({ others }) => besideCore.map((c) => others[c] ?? 0)))),
    bytesOf(Uint16Array.from(entries, ({ people }) => people.length)),
    joinBytes(entries.flatMap(({ people }) => people.map(recordIdBytes))),
    packs,
  ]);
}

export type BlockError = { readonly type: 'not-a-block' };

/** The columns of `encodeBlock`. Operations are checked when they are read. */
export function decodeBlock(bytes: Uint8Array): Result<RecordBlock, BlockError> {
  const fail = err({ type: 'not-a-block' } as const);
  const decoded = decodeEncodable(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) return fail;
  const [found, count, kinds, kindNos, ids, revs, otherRevs, peopleCounts, people, packs] =
    decoded.value as readonly unknown[];
  if (found !== version || typeof count !== 'number') return fail;
  if (!isListOf(kinds, (kind): kind is RecordKind => typeof kind === 'string' && isRecordKind(kind))) return fail;
  if (!isBytes(kindNos) || !isBytes(ids) || !isBytes(revs) || !isBytes(otherRevs)) return fail;
  if (!isBytes(peopleCounts) || !isBytes(people) || !isListOf(packs, isBytes)) return fail;
  if (kindNos.length !== count || kindNos.some((no) => no >= kinds.length)) return fail;
  if (ids.length !== count * idLength || revs.length !== count * 4) return fail;
  if (otherRevs.length !== count * 4 * besideCore.length || peopleCounts.length !== count * 2) return fail;
  if (packs.length !== Math.ceil(count / packSize)) return fail;
  const counts = new Uint16Array(peopleCounts.slice().buffer);
  if (people.length !== counts.reduce((sum, one) => sum + one, 0) * idLength) return fail;
  return ok({
    count,
    kinds,
    kindNos,
    ids,
    revs: new Uint32Array(revs.slice().buffer),
    otherRevs: new Uint32Array(otherRevs.slice().buffer),
    peopleCounts: counts,
    people,
    packs,
  });
}

/** The operations of each record of one pack, in their order; undefined when they cannot be read. */
export function operationsInPack(block: RecordBlock, pack: number): readonly (readonly Change[])[] | undefined {
  const ops = unpackOps(block.packs[pack] ?? noBytes);
  if (!ops.ok) return undefined;
  const byRecord: Change[][] = [];
  let next = 0;
  for (let at = pack * packSize; at < Math.min(block.count, (pack + 1) * packSize); at++) {
    const id = block.ids.subarray(at * idLength, (at + 1) * idLength);
    const kind = block.kinds[block.kindNos[at] ?? 0];
    const own: Change[] = [];
    // They stand in the order of the records.
    for (let op = ops.value[next]; op !== undefined && op.t === kind && equalBytes(op.id, id); op = ops.value[next]) {
      own.push(op);
      next += 1;
    }
    byRecord.push(own);
  }
  return next === ops.value.length ? byRecord : undefined;
}

const noBytes = new Uint8Array();
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isListOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isItem);
/** Little-endian, as every machine is that runs this. */
const bytesOf = (column: Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>): Bytes => new Uint8Array(column.buffer);
