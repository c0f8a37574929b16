import { compareBytes, fromHex, type Bytes } from '../kernel/bytes.ts';
import { compareUtf8 } from './canonical-form.ts';
import { encodeCanonical } from './canonical.ts';
import { leafOf, type Sha256 } from './chain.ts';
import type { ReplicaState } from './merge.ts';

const bucketCount = 256;

/**
 * 256 hashes of 8 bytes over what is live, by the first byte of the hash of the record id: two devices with equal
 * digests show the same records (sync.md §2.16). Content is hashed, so an app that does not know a field agrees too.
 */
export function digestOf(registers: ReplicaState['registers'], sha256: Sha256): readonly Bytes[] {
  const buckets: (Map<string, readonly Uint8Array[]> | undefined)[] = [];
  const placeOf = new Map<string, number>();
  for (const [key, { live }] of registers) {
    const id = key.split('/', 2)[1] ?? '';
    const place = placeOf.get(id) ?? sha256(fromHex(id))[0] ?? 0;
    placeOf.set(id, place);
    const bucket = (buckets[place] ??= new Map<string, readonly Uint8Array[]>());
    bucket.set(key, live.map((change) => leafOf(change, sha256)).sort(compareBytes));
  }
  const ofNothing = hashOfLines([], sha256);
  return Array.from({ length: bucketCount }, (_unused, at) => {
    const bucket = buckets[at];
    if (bucket === undefined) return ofNothing;
    const lines = [...bucket].sort(([a], [b]) => compareUtf8(a, b)).map(([key, leaves]) => [key, leaves]);
    return hashOfLines(lines, sha256);
  });
}

const hashOfLines = (lines: Parameters<typeof encodeCanonical>[0], sha256: Sha256): Bytes =>
  Uint8Array.from(sha256(encodeCanonical(lines)).subarray(0, 8));

/** The buckets in which two digests differ; empty when both show the same. */
export function differingBuckets(a: readonly Uint8Array[], b: readonly Uint8Array[]): readonly number[] {
  return Array.from({ length: bucketCount }, (_unused, at) => at).filter(
    (at) => compareBytes(a[at] ?? new Uint8Array(0), b[at] ?? new Uint8Array(0)) !== 0,
  );
}
