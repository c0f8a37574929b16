import { toHex } from '../../shared/kernel/bytes.ts';
import type { Host, Response } from '../../shared/ipc-contract.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Cipher, KeyDerivation } from '../../shared/ports.ts';
import { recordKinds, refKey, type RecordRef } from '../../shared/records/record.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { emptyKnown, readFeedPlaces } from './known-store.ts';
import { hashOfFeeds, hashOfWriters, knownOf, openManifest } from './manifest.ts';
import { openRow } from './record-rows.ts';
import { openDelta, openSegment } from './summary-boxes.ts';
import { Queue, type Memory, type Ports, type Vault } from './vault.ts';

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
};

/** Opens list columns and the small kinds into memory and shows them. Residents are opened one by one, later. */
export async function openWorkspace(ports: Ports, cipher: Cipher, user: Vault['user']): Promise<UnlockReport> {
  const { store } = ports;
  const alarms: Alarm[] = [];
  const unreadable: (RecordRef | null)[] = [];
  const [sealed, writers, feeds, summaries, counts] = await Promise.all([
    store.readManifest(),
    store.readWriters(),
    readFeedPlaces(store, cipher),
    store.readSummaries(),
    store.counts(),
  ]);
  const manifest = sealed && (await openManifest(sealed, cipher));
  if (manifest?.ok === false || (sealed === undefined && counts.rows + counts.ops > 0)) alarms.push('manifest');
  let known = emptyKnown(ports);
  if (manifest?.ok === true) {
    known = knownOf(manifest.value, writers, feeds);
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
  const residents = new Map<string, ResidentSummary>();
  let complete = manifest?.ok === true || counts.rows === 0;
  for (const { no, version } of known.segments) {
    const segment = summaries.segments.find((candidate) => candidate.no === no && candidate.version === version);
    const opened = segment && (await openSegment(tools, segment));
    if (opened?.ok === true) for (const resident of opened.value) residents.set(resident.id, resident);
    else {
      complete = false;
      unreadable.push(null);
      if (segment === undefined) alarms.push('segments');
    }
  }
  for (const delta of [...summaries.deltas].sort((a, b) => a.no - b.no)) {
    const opened = await openDelta(tools, delta);
    if (!opened.ok) {
      complete = false;
      unreadable.push(null);
      continue;
    }
    for (const { id, summary } of opened.value) {
      if (summary === null) residents.delete(id);
      else residents.set(id, summary);
    }
  }

  const records: Memory['records'] = new Map();
  for (const kind of recordKinds) {
    if (kind === 'resident') continue;
    for (const row of await store.readKind(kind)) {
      const opened = await openRow(cipher, row);
      if (opened.ok) records.set(refKey(row.ref), opened.value.record);
      else unreadable.push(row.ref);
    }
  }
  const memory: Memory = {
    known,
    residents,
    records,
    ownWriters: new Map(),
    chains: new Map(),
    uncopied: [],
    secondCopyFailed: false,
  };
  const vault: Vault = { ...ports, cipher, user, memory, queue: new Queue() };
  ports.workspace.list([...residents.values()], [...records.values()]);
  return { vault, unreadable, alarms, mustRefresh: !complete || known.day !== ports.clock.today() };
}
