import type { Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Box, BoxPlace, Cipher, SealedBlock, SealedSegment, SummaryCodec } from '../../shared/ports.ts';
import { refKey, refOfKey, type RecordRef } from '../../shared/records/record.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import type { SummaryColumns } from '../../shared/register/summary-columns.ts';
import { decodeEncodable, encodeCanonical } from '../../shared/sync/canonical.ts';
import { decodeBlock, type RecordBlock } from '../../shared/sync/record-block.ts';
import { isRecordId } from '../../shared/kernel/ids.ts';
import type { SummaryChange } from './resident-summaries.ts';

type Tools = { readonly cipher: Cipher; readonly codec: SummaryCodec };
type Unreadable = { readonly type: 'unreadable' };
const unreadable = err({ type: 'unreadable' } as const);

const segmentPlace = (no: number, version: number): BoxPlace => ({
  table: 'summaries',
  id: String(no),
  compartment: 'core',
  rev: version,
});
const blockPlace = ({ no, c, version }: Omit<SealedBlock, 'box'>): BoxPlace => ({
  table: 'recordBlocks',
  id: String(no),
  compartment: c,
  rev: version,
});
/** A delta has the number of the commit it came with. */
const deltaPlace = (no: number): BoxPlace => ({
  table: 'summaryDeltas',
  id: String(no),
  compartment: 'core',
  rev: no,
});

export const sealSegment = async (
  { cipher, codec }: Tools,
  no: number,
  version: number,
  residents: readonly ResidentSummary[],
): Promise<SealedSegment> => ({
  no,
  version,
  box: await cipher.seal(segmentPlace(no, version), codec.encode(residents)),
});

export async function openSegment(
  { cipher, codec }: Tools,
  { no, version, box }: SealedSegment,
): Promise<Result<SummaryColumns, Unreadable>> {
  const content = await cipher.open(segmentPlace(no, version), box);
  if (!content.ok) return unreadable;
  const residents = codec.decode(content.value);
  return residents.ok ? residents : unreadable;
}

export async function sealBlock(cipher: Cipher, place: Omit<SealedBlock, 'box'>, block: Bytes): Promise<SealedBlock> {
  return { ...place, box: await cipher.seal(blockPlace(place), block) };
}

export async function openBlock(cipher: Cipher, block: SealedBlock): Promise<Result<RecordBlock, Unreadable>> {
  const content = await cipher.open(blockPlace(block), block.box);
  const decoded = content.ok ? decodeBlock(content.value) : unreadable;
  return decoded.ok ? decoded : unreadable;
}

export type Delta = { readonly changes: readonly SummaryChange[]; readonly small: readonly string[] };

/**
 * What a commit changes in the list and in the blocks, null where it is nothing. `small` = records of the small kinds: the
 * blocks do not have them as they are now.
 */
export function deltaOf(changes: readonly SummaryChange[], records: readonly RecordRef[]): Delta | null {
  const small = records.filter(({ kind }) => kind !== 'resident').map(refKey);
  return changes.length + small.length === 0 ? null : { changes, small };
}

export function sealDelta({ cipher, codec }: Tools, no: number, { changes, small }: Delta): Promise<Box> {
  const gone = changes.filter(({ summary }) => summary === null).map(({ id }) => id);
  const rest = changes.flatMap(({ summary }) => summary ?? []);
  return cipher.seal(deltaPlace(no), encodeCanonical([gone, codec.encode(rest), small]));
}

export type OpenedDelta = { readonly summaries: readonly SummaryChange[]; readonly records: readonly RecordRef[] };

export async function openDelta(
  { cipher, codec }: Tools,
  delta: { readonly no: number; readonly box: Box },
): Promise<Result<OpenedDelta, Unreadable>> {
  const content = await cipher.open(deltaPlace(delta.no), delta.box);
  const decoded = content.ok ? decodeEncodable(content.value) : content;
  if (!decoded.ok || !Array.isArray(decoded.value)) return unreadable;
  // Deltas of before there were blocks name no records.
  const [gone, encoded, small = []] = decoded.value as readonly unknown[];
  if (!Array.isArray(gone) || !(encoded instanceof Uint8Array) || !Array.isArray(small)) return unreadable;
  const rest = codec.decode(Uint8Array.from(encoded));
  if (!rest.ok) return unreadable;
  return ok({
    summaries: [
      ...gone
        .filter((id): id is string => typeof id === 'string' && isRecordId(id))
        .map((id) => ({ id, summary: null })),
      ...rows(rest.value).map((summary) => ({ id: summary.id, summary })),
    ],
    records: small.flatMap((key: unknown) => (typeof key === 'string' ? (refOfKey(key) ?? []) : [])),
  });
}

const rows = (columns: SummaryColumns): readonly ResidentSummary[] =>
  Array.from({ length: columns.length }, (_unused, row) => columns.at(row)).filter((row) => row !== undefined);
