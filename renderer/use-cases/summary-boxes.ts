import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Box, BoxPlace, Cipher, SealedSegment, SummaryCodec } from '../../shared/ports.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import type { SummaryColumns } from '../../shared/register/summary-columns.ts';
import { decodeEncodable, encodeCanonical } from '../../shared/sync/canonical.ts';
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

export async function sealDelta(
  { cipher, codec }: Tools,
  no: number,
  changes: readonly SummaryChange[],
): Promise<Box | null> {
  if (changes.length === 0) return null;
  const gone = changes.filter(({ summary }) => summary === null).map(({ id }) => id);
  const rest = changes.flatMap(({ summary }) => summary ?? []);
  return cipher.seal(deltaPlace(no), encodeCanonical([gone, codec.encode(rest)]));
}

export async function openDelta(
  { cipher, codec }: Tools,
  delta: { readonly no: number; readonly box: Box },
): Promise<Result<readonly SummaryChange[], Unreadable>> {
  const content = await cipher.open(deltaPlace(delta.no), delta.box);
  const decoded = content.ok ? decodeEncodable(content.value) : content;
  if (!decoded.ok || !Array.isArray(decoded.value)) return unreadable;
  const [gone, encoded] = decoded.value as readonly unknown[];
  if (!Array.isArray(gone) || !(encoded instanceof Uint8Array)) return unreadable;
  const rest = codec.decode(Uint8Array.from(encoded));
  if (!rest.ok) return unreadable;
  return ok([
    ...gone.filter((id): id is string => typeof id === 'string' && isRecordId(id)).map((id) => ({ id, summary: null })),
    ...rows(rest.value).map((summary) => ({ id: summary.id, summary })),
  ]);
}

const rows = (columns: SummaryColumns): readonly ResidentSummary[] =>
  Array.from({ length: columns.length }, (_unused, row) => columns.at(row)).filter((row) => row !== undefined);
