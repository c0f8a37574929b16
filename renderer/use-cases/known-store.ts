import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { StorageError } from '../../shared/ports.ts';
import { blockPlacesOf, hashOfSegments, knownOf, openManifest, placesOf, segmentsHashOf } from './manifest.ts';
import type { FeedPlace, Ports, Vault } from './vault.ts';
import type { Cipher, RecordStore } from '../../shared/ports.ts';

/** Positions of the feeds; one whose box does not open starts again, which repeats work and loses nothing. */
export async function readFeedPlaces(store: RecordStore, cipher: Cipher): Promise<readonly FeedPlace[]> {
  const places = await Promise.all(
    (await store.readFeeds()).map(async ({ site, c, pos, box }): Promise<FeedPlace | null> => {
      const h = await cipher.open({ table: 'feeds', id: site, compartment: c, rev: pos }, box);
      return h.ok ? { site, c, pos, h: h.value } : null;
    }),
  );
  return places.filter((place) => place !== null);
}

/** After another window has committed: its counter, writers and feeds. */
export async function reloadKnown(vault: Vault): Promise<Result<void, StorageError>> {
  const sealed = await vault.store.readManifest();
  if (sealed === undefined && vault.memory.known.counter === 0) return ok(undefined);
  const manifest = sealed && (await openManifest(sealed, vault.cipher));
  if (manifest?.ok !== true) return err({ type: 'storage-failed' });
  const writers = await vault.store.readWriters();
  const feeds = await readFeedPlaces(vault.store, vault.cipher);
  const { lastStamp, segments } = vault.memory.known;
  const isSame =
    manifest.value.v !== 1 && hashOfSegments(segments, vault.sha256) === segmentsHashOf(manifest.value, vault.sha256);
  const inStore = isSame ? { segments: [], deltas: [] } : await vault.store.readSummaries();
  const places = isSame ? segments : placesOf(inStore.segments);
  const { blocks } = vault.memory.known;
  const sameBlocks =
    manifest.value.v === 3 && hashOfSegments(blocks, vault.sha256) === manifest.value.blocks
      ? blocks
      : blockPlacesOf(await vault.store.readBlocks());
  const known = knownOf(manifest.value, places, sameBlocks, inStore.deltas, writers, feeds);
  const later =
    lastStamp.ms > known.lastStamp.ms ||
    (lastStamp.ms === known.lastStamp.ms && lastStamp.counter > known.lastStamp.counter);
  vault.memory.othersWrote = true;
  vault.memory.known = later ? { ...known, lastStamp } : known;
  return ok(undefined);
}

export const emptyKnown = ({ clock }: Pick<Ports, 'clock'>): Vault['memory']['known'] => ({
  counter: 0,
  lastStamp: { ms: 0, counter: 0 },
  day: clock.today(),
  folded: 0,
  segments: [],
  blocks: [],
  deltas: 0,
  writers: new Map(),
  feeds: new Map(),
  epochs: {},
  lives: {},
  moments: {},
});
