import { toHex } from '../../shared/kernel/bytes.ts';
import type { Host, Response } from '../../shared/ipc-contract.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Cipher, KeyDerivation, RecordStore, Sha256 } from '../../shared/ports.ts';
import type { RecordRef } from '../../shared/records/record.ts';
import { ResidentImage } from '../../shared/register/resident-image.ts';
import type { SummaryColumns } from '../../shared/register/summary-columns.ts';
import type { Manifest } from '../../shared/vault/manifest-schema.ts';
import { KnownResidents } from './known-residents.ts';
import { emptyKnown, readFeedPlaces } from './known-store.ts';
import { noteLocals } from './local-copy.ts';
import {
  hashOfFeeds,
  hashOfSegments,
  hashOfWriters,
  knownOf,
  openManifest,
  placesOf,
  segmentsHashOf,
  unfolded,
} from './manifest.ts';
import { openRecords } from './open-records.ts';
import { openDelta, openSegment } from './summary-boxes.ts';
import { Queue, type Memory, type Ports, type SegmentPlace, type Vault } from './vault.ts';

export type Opened = Extract<Response<'keyring:unlock'>, { ownKey: unknown }>;
export type UnlockError = {
  readonly type: 'wrong' | 'wait' | 'disabled' | 'damaged' | 'needs-unlocked-user' | 'bad-settings' | 'storage-failed';
  readonly retryAfterMs: number;
};
export type KeyPorts = {
  readonly host: Pick<Host, 'keyring:users' | 'keyring:unlock' | 'keyring:enrol'>;
  readonly derivation: KeyDerivation;
};

/** Passphrase to keys. The derived key is zeroed as soon as the main process has it. */
export async function unlockKeys(
  { host, derivation }: KeyPorts,
  user: string,
  passphrase: string,
): Promise<Result<Opened, UnlockError>> {
  const known = (await host['keyring:users']()).find((candidate) => candidate.user === user);
  if (known === undefined) return err({ type: 'damaged', retryAfterMs: 0 });
  const passphraseKey = await derivation.derive(passphrase, known.kdf);
  const answer = await host['keyring:unlock']({ user, passphraseKey });
  passphraseKey.fill(0);
  return 'refused' in answer ? err({ type: answer.refused, retryAfterMs: answer.retryAfterMs }) : ok(answer);
}

/** What does not fit the manifest: an old copy was put back, or something was taken away (security.md §2.5). */
export type Alarm = 'manifest' | 'segments' | 'writers' | 'feeds';
export type UnlockReport = {
  readonly vault: Vault;
  /** Rows and list segments that did not open; the rest works. */
  readonly unreadable: readonly (RecordRef | null)[];
  readonly alarms: readonly Alarm[];
  /** The list is not complete or not of today: it has to be made again from the rows. */
  readonly mustRefresh: boolean;
  /** Blocks of records have to be made again. */
  readonly mustFold: boolean;
};

/** What the list is made of, sealed as it lies in the store. */
export type SealedWorkspace = {
  readonly manifest: Awaited<ReturnType<RecordStore['readManifest']>>;
  readonly writers: Awaited<ReturnType<RecordStore['readWriters']>>;
  readonly summaries: Awaited<ReturnType<RecordStore['readSummaries']>>;
};

/** Needs no key, so it is read while the key is being derived: nothing writes before somebody is unlocked. */
export async function readSealed(store: RecordStore): Promise<SealedWorkspace> {
  const [manifest, writers, summaries] = await Promise.all([
    store.readManifest(),
    store.readWriters(),
    store.readSummaries(),
  ]);
  return { manifest, writers, summaries };
}

/** Above this many residents the list does not wait for the small kinds. */
const manyResidents = 8_000;

/**
 * Opens list columns and the small kinds into memory and shows them. Residents are opened one by one, later. Where the
 * small kinds are many, the list is shown before them, and they wait for `onList` to end. `reading` may have begun
 * before there was a key.
 */
export async function openWorkspace(
  ports: Ports,
  cipher: Cipher,
  user: Vault['user'],
  onList: () => Promise<void> = () => Promise.resolve(),
  reading: Promise<SealedWorkspace> = readSealed(ports.store),
): Promise<UnlockReport> {
  const { store } = ports;
  const alarms: Alarm[] = [];
  const unreadable: (RecordRef | null)[] = [];
  const [{ manifest: sealed, writers, summaries }, feeds] = await Promise.all([reading, readFeedPlaces(store, cipher)]);
  const manifest = sealed && (await openManifest(sealed, cipher));
  const inStore = placesOf(summaries.segments);
  // Counting a register takes longer than opening it: only a store that looks new is counted.
  const counts = manifest?.ok === true ? null : await store.counts();
  if (manifest?.ok === false || (counts !== null && sealed === undefined && counts.rows + counts.ops > 0))
    alarms.push('manifest');
  let known = emptyKnown(ports);
  if (manifest?.ok === true) {
    known = knownOf(manifest.value, inStore, [], summaries.deltas, writers, feeds);
    if (hashOfWriters(known.writers, ports.sha256) !== manifest.value.writers) alarms.push('writers');
    if (hashOfFeeds(known.feeds, ports.sha256) !== manifest.value.feeds) alarms.push('feeds');
  } else {
    known = {
      ...known,
      counter: sealed?.vaultCounter ?? 0,
      writers: new Map(writers.map((one) => [toHex(one.w), one])),
    };
  }

  const tools = { cipher, codec: ports.codec };
  let complete = counts === null || counts.rows === 0;
  if (manifest?.ok === true && !areComplete(summaries, manifest.value, ports.sha256)) {
    // Which of them is old cannot be seen: all are shown, and made again.
    alarms.push('segments');
    unreadable.push(null);
    complete = false;
  }
  const segments = manifest?.ok === true ? summaries.segments : [];
  const openedSegments = await Promise.all(segments.map((segment) => openSegment(tools, segment)));
  const places: SegmentPlace[] = [];
  const parts: SummaryColumns[] = [];
  openedSegments.forEach((opened, at) => {
    const { no, version } = segments[at] ?? { no: 0, version: 0 };
    places.push({ no, version, sites: opened.ok ? opened.value.sites() : [] });
    if (opened.ok) parts.push(opened.value);
    else {
      complete = false;
      unreadable.push(null);
    }
  });
  known = { ...known, segments: places };
  const residents = new KnownResidents(new ResidentImage(parts));
  const changed: RecordRef[] = [];
  const deltas = manifest?.ok === true ? unfolded(summaries.deltas, manifest.value) : summaries.deltas;
  for (const delta of [...deltas].sort((a, b) => a.no - b.no)) {
    const opened = await openDelta(tools, delta);
    if (!opened.ok) {
      complete = false;
      unreadable.push(null);
      continue;
    }
    changed.push(...opened.value.records);
    for (const { id, summary } of opened.value.summaries) {
      if (summary === null) residents.delete(id);
      else residents.set(id, summary);
    }
  }

  const isLarge = residents.size > manyResidents;
  if (isLarge) {
    ports.workspace.list(residents.image(), new Map());
    await onList();
  }
  const isKnown = manifest?.ok === true && complete;
  const opened = await openRecords(ports, cipher, isKnown ? manifest.value : null, isKnown ? changed : null);
  const { records } = opened;
  known = { ...known, blocks: opened.blocks };
  unreadable.push(...opened.unreadable);
  if (isKnown && manifest.value.v === 3 && opened.blocksLost) alarms.push('segments');
  const memory: Memory = {
    known,
    residents,
    records,
    ownWriters: new Map(),
    chains: new Map(),
    uncopied: [],
    locals: new Map(),
    lostOps: new Set(),
    secondCopyFailed: false,
    strayBlocks: opened.strayBlocks,
    othersWrote: false,
  };
  const vault: Vault = { ...ports, cipher, user, memory, queue: new Queue() };
  for (const row of opened.withLocals) noteLocals(vault, row);
  if (isLarge) ports.workspace.fill(records.all());
  else ports.workspace.list(residents.image(), records.all());
  const mustRefresh = !complete || known.day !== ports.clock.today();
  return { vault, unreadable, alarms, mustRefresh, mustFold: opened.blocksLost };
}

/** No segment and no delta is missing, and none is older than the last save. */
function areComplete(
  { segments, deltas }: Awaited<ReturnType<RecordStore['readSummaries']>>,
  manifest: Manifest,
  sha256: Sha256,
): boolean {
  return (
    hashOfSegments(segments, sha256) === segmentsHashOf(manifest, sha256) &&
    (manifest.v === 1 || unfolded(deltas, manifest).length >= manifest.deltas)
  );
}
