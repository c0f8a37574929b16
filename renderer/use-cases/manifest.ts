import { compareBytes, fromUtf8, joinBytes, toHex, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Cipher, SealedManifest, Sha256 } from '../../shared/ports.ts';
import { encodeCanonical } from '../../shared/sync/canonical.ts';
import { manifestSchema, type Manifest } from '../../shared/vault/manifest-schema.ts';
import { feedKey, type BlockPlace, type FeedPlace, type Known, type SegmentPlace, type WriterPlace } from './vault.ts';

const placeOf = (counter: number) =>
  ({ table: 'manifest', id: 'manifest', compartment: 'core', rev: counter }) as const;

export const hashOfWriters = (writers: Known['writers'], sha256: Sha256): string =>
  hashOfLines(
    [...writers].map(([w, { next }]) => encodeCanonical([w, next])),
    sha256,
  );
export const hashOfFeeds = (feeds: Known['feeds'], sha256: Sha256): string =>
  hashOfLines(
    [...feeds].map(([key, { pos, h }]) => encodeCanonical([key, pos, h])),
    sha256,
  );
const hashOfLines = (lines: readonly Bytes[], sha256: Sha256): string =>
  toHex(sha256(joinBytes([...lines].sort(compareBytes))));

type Version = Pick<SegmentPlace, 'no' | 'version'>;
/** Segments and blocks are written anew together, and the list of them is the same until then. */
const segmentHashes = new WeakMap<readonly Version[], string>();
export function hashOfSegments(segments: readonly Version[], sha256: Sha256): string {
  const hash =
    segmentHashes.get(segments) ??
    hashOfLines(
      segments.map(({ no, version }) => encodeCanonical([no, version])),
      sha256,
    );
  segmentHashes.set(segments, hash);
  return hash;
}

/** What a manifest of any version says about the segments. */
export const segmentsHashOf = ({ segments }: Manifest, sha256: Sha256): string =>
  typeof segments === 'string' ? segments : hashOfSegments(segments, sha256);

/** Of segments that were not opened: what is written next gets numbers of its own. */
export const placesOf = (segments: readonly Version[]): readonly SegmentPlace[] =>
  segments.map(({ no, version }) => ({ no, version, sites: [] }));

export const blockPlacesOf = (blocks: readonly BlockPlace[]): readonly BlockPlace[] =>
  blocks.map(({ no, version, c }) => ({ no, version, c }));

export async function sealManifest(known: Known, cipher: Cipher, sha256: Sha256): Promise<SealedManifest> {
  const manifest: Manifest = {
    v: 3,
    counter: known.counter,
    stamp: [known.lastStamp.ms, known.lastStamp.counter],
    day: known.day,
    folded: known.folded,
    segments: hashOfSegments(known.segments, sha256),
    blocks: hashOfSegments(known.blocks, sha256),
    deltas: known.deltas,
    writers: hashOfWriters(known.writers, sha256),
    feeds: hashOfFeeds(known.feeds, sha256),
    epochs: { ...known.epochs },
    moments: { ...known.moments },
    lives: { ...known.lives },
  };
  const box = await cipher.seal(placeOf(known.counter), toUtf8(JSON.stringify(manifest)));
  return { vaultCounter: known.counter, box };
}

export async function openManifest(
  sealed: SealedManifest,
  cipher: Cipher,
): Promise<Result<Manifest, { readonly type: 'unreadable' }>> {
  const unreadable = err({ type: 'unreadable' } as const);
  const content = await cipher.open(placeOf(sealed.vaultCounter), sealed.box);
  if (!content.ok) return unreadable;
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(fromUtf8(content.value) ?? ''));
    return parsed.success && parsed.data.counter === sealed.vaultCounter ? ok(parsed.data) : unreadable;
  } catch {
    return unreadable;
  }
}

/** Deltas that are not in the segments; one of an earlier time that was put back is not among them. */
export const unfolded = <Delta extends { readonly no: number }>(
  deltas: readonly Delta[],
  { folded }: Pick<Manifest, 'folded'>,
): readonly Delta[] => deltas.filter(({ no }) => no > folded);

/** The manifest with what the store shows beside it. */
export const knownOf = (
  manifest: Manifest,
  segments: readonly SegmentPlace[],
  blocks: readonly BlockPlace[],
  deltas: readonly { readonly no: number }[],
  writers: readonly WriterPlace[],
  feeds: readonly FeedPlace[],
): Known => ({
  counter: manifest.counter,
  lastStamp: { ms: manifest.stamp[0], counter: manifest.stamp[1] },
  day: manifest.day,
  folded: manifest.folded,
  epochs: manifest.epochs,
  moments: manifest.moments,
  lives: manifest.lives,
  segments,
  blocks,
  deltas: manifest.v === 1 ? unfolded(deltas, manifest).length : manifest.deltas,
  writers: new Map(writers.map((writer) => [toHex(writer.w), writer])),
  feeds: new Map(feeds.map((feed) => [feedKey(feed.site, feed.c), feed])),
});
