import { toHex, type Bytes } from '../shared/kernel/bytes.ts';
import type { Request, Response } from '../shared/ipc-contract.ts';
import { compartments, type Compartment } from '../shared/records/record.ts';
import { hkdfInfo } from '../shared/vault/box.ts';
import type { TransportPair } from '../shared/vault/sealed-box.ts';
import { kdfBounds, type SlotHead } from '../shared/vault/key-slot.ts';
import { makeDeviceSecret, protectionOf, readDeviceSecret, type SecretStore } from './device-secret.ts';
import {
  hasDeviceState,
  readDeviceState,
  writeDeviceState,
  type DeviceState,
  type DeviceUser,
} from './device-state.ts';
import { isDiskFull } from './durable-file.ts';
import type { EventLog } from './event-log.ts';
import { forgetSlot, makeSlot, openSlot, type CompartmentKey, type OpenSlot } from './key-slot.ts';
import { isDisabled, makeLockout } from './lockout.ts';
import {
  deriveKey,
  fromBase64,
  makeKeyPair,
  pairFromSeed,
  randomOf,
  signBytes,
  toBase64,
  toBytes,
} from './node-crypto.ts';
import { listSlots, readSlot, removeSlot, writeSlot } from './slot-files.ts';

type Ready = { readonly kind: 'ready'; readonly secret: Bytes; readonly protection: 'full' | 'reduced' };
/** `none`: a device before its first user. `damaged`: there is something, and it cannot be read; nothing is made over it. */
type Loaded = Ready | { readonly kind: 'none' | 'damaged' };
type Opened = Extract<Response<'keyring:unlock'>, { ownKey: unknown }>;
type OpenUser = DeviceUser & { readonly slot: OpenSlot };

export type CaseboxPair = TransportPair & { readonly seal: 'device' | Compartment };

export type VaultSettings = {
  readonly userData: string;
  readonly store: SecretStore;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  readonly log: EventLog;
};
export type DeviceVault = ReturnType<typeof makeDeviceVault>;

/** Device secret, keyslots and the keys of the user who is unlocked; they leave it only as the contract says. */
export function makeDeviceVault({ userData, store, nowMs, monotonicMs, log }: VaultSettings) {
  const lockout = makeLockout(monotonicMs);
  let ready: Ready | undefined;
  let state: DeviceState | undefined;
  let current: OpenUser | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: two enrolments at once would both be the first. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const load = async (): Promise<Loaded> => {
    if (ready !== undefined) return ready;
    const read = await readDeviceSecret(userData, store);
    const traces = hasDeviceState(userData) || listSlots(userData).length > 0;
    if (!read.ok) return { kind: read.error.type === 'absent' && !traces ? 'none' : 'damaged' };
    const found = readDeviceState(userData, read.value.secret);
    if (found === undefined && traces) return { kind: 'damaged' };
    ready = { kind: 'ready', ...read.value };
    state = found;
    return ready;
  };

  /** Throws when it is not on disk, and then nothing has changed here either. */
  const saveForSure = (next: DeviceState): void => {
    const stamped = { ...next, latestMs: Math.max(next.latestMs, nowMs()) };
    if (ready !== undefined) writeDeviceState(userData, ready.secret, stamped);
    state = stamped;
  };
  const save = (next: DeviceState): void => {
    try {
      saveForSure(next);
    } catch (error) {
      state = { ...next, latestMs: Math.max(next.latestMs, nowMs()) };
      // A full disk must not keep people out of their records; the counters then live as long as this process.
      log('state-not-written');
      if (!isDiskFull(error)) throw error;
    }
  };
  const change = (user: string, to: Partial<DeviceUser>): void => {
    if (state === undefined) return;
    save({ ...state, users: state.users.map((one) => (one.user === user ? { ...one, ...to } : one)) });
  };

  const lock = (): void => {
    if (current !== undefined) forgetSlot(current.slot);
    current = undefined;
  };

  const letIn = (user: DeviceUser, slot: OpenSlot, device: string): Opened => {
    if (current?.slot !== slot) lock();
    current = { ...user, slot };
    return {
      user: user.user,
      label: user.label,
      role: user.role,
      keys: slot.keys.map(({ c, epoch, key }) => ({ c, epoch, key: toBytes(key) })),
      ownKey: deriveKey(slot.userKey, hkdfInfo.own),
      device,
    };
  };

  const enrol = async (request: Request<'keyring:enrol'>): Promise<Response<'keyring:enrol'>> => {
    const { m, t, salt } = request.kdf;
    if (m < kdfBounds.minMemoryKib || m > kdfBounds.maxMemoryKib || t < kdfBounds.minTurns || t > kdfBounds.maxTurns)
      return { refused: 'bad-settings' };
    const loaded = await load();
    if (loaded.kind === 'damaged') return { refused: 'damaged' };
    const first = state === undefined || state.users.length === 0;
    if (!first && current === undefined) return { refused: 'needs-unlocked-user' };
    if (loaded.kind === 'none') ready = { kind: 'ready', ...(await makeDeviceSecret(userData, store)) };
    if (ready === undefined) return { refused: 'damaged' };
    const device = state ?? newDeviceState(nowMs());
    if (state === undefined) saveForSure(device);
    // Slots that the state does not know were left by an enrolment that did not come to its end.
    if (first) for (const orphan of listSlots(userData)) removeSlot(userData, orphan);

    const user: DeviceUser = {
      user: `u_${toHex(randomOf(8))}`,
      label: request.label,
      role: first ? 'lead' : 'caseworker',
      slotVersion: 1,
      failures: 0,
    };
    const keys = (current?.slot.keys ?? firstKeys()).map(({ c, epoch, key }) => ({ c, epoch, key: toBytes(key) }));
    const head: SlotHead = {
      v: 1,
      kind: 'user',
      device: device.device,
      user: user.user,
      slotVer: 1,
      kdf: { alg: 'argon2id', v: 19, m, t, p: 1, salt: toBase64(salt) },
      policy: toBase64(Buffer.from(device.policy, 'hex')),
    };
    const { slot, opened } = makeSlot(head, { passphraseKey: request.passphraseKey, deviceSecret: ready.secret }, keys);
    request.passphraseKey.fill(0);
    writeSlot(userData, slot);
    // Without it the next start would take this for a new device and make other keys: then nobody may begin here.
    saveForSure({ ...device, users: [...device.users, user] });
    log('user-enrolled');
    return letIn(user, opened, device.device);
  };

  const unlock = async (request: Request<'keyring:unlock'>): Promise<Response<'keyring:unlock'>> => {
    const refuse = (refused: 'wrong' | 'wait' | 'disabled' | 'damaged', retryAfterMs = 0) => {
      log('unlock-refused');
      return { refused, retryAfterMs };
    };
    const loaded = await load();
    const known = state?.users.find(({ user }) => user === request.user);
    if (loaded.kind !== 'ready' || state === undefined || known === undefined) return refuse('damaged');
    if (isDisabled(known.failures)) return refuse('disabled');
    const wait = lockout.remainingMs(known.user, known.failures);
    if (wait > 0) return refuse('wait', wait);
    const slot = readSlot(userData, known.user);
    if (slot === undefined || slot.device !== state.device || slot.slotVer < known.slotVersion)
      return refuse('damaged');

    // Counted before the try: ending the process in the middle of one does not give another for nothing.
    const failures = known.failures + 1;
    change(known.user, { failures });
    lockout.failed(known.user);
    const secrets = { passphraseKey: request.passphraseKey, deviceSecret: loaded.secret };
    const opened = openSlot(slot, secrets, fromBase64(state.deviceKey.publicKey));
    request.passphraseKey.fill(0);
    if (!opened.ok) {
      save({ ...state, failedUnlocks: state.failedUnlocks + 1 });
      if (opened.error.type === 'damaged') return refuse('damaged');
      return isDisabled(failures) ? refuse('disabled') : refuse('wrong', lockout.remainingMs(known.user, failures));
    }
    if (opened.value.rewritten !== null) writeSlot(userData, opened.value.rewritten);
    change(known.user, { failures: 0, slotVersion: slot.slotVer });
    log('unlocked');
    return letIn(known, opened.value.opened, state.device);
  };

  return {
    protection: async (): Promise<'full' | 'reduced'> => {
      const loaded = await load();
      return loaded.kind === 'ready' ? loaded.protection : protectionOf(store);
    },
    /** A user whose slot cannot be read is listed too; unlocking then says that it is damaged. */
    users: async (): Promise<Response<'keyring:users'>> => {
      const loaded = await load();
      const users =
        loaded.kind === 'ready' ? (state?.users ?? []) : listSlots(userData).map((user) => ({ user, label: user }));
      return users.map(({ user, label }) => {
        const kdf = loaded.kind === 'ready' ? readSlot(userData, user)?.kdf : undefined;
        return kdf === undefined
          ? { user, label, kdf: { m: kdfBounds.minMemoryKib, t: 1, salt: new Uint8Array(16) } }
          : { user, label, kdf: { m: kdf.m, t: kdf.t, salt: fromBase64(kdf.salt) } };
      });
    },
    enrol: (request: Request<'keyring:enrol'>) => inTurn(() => enrol(request)),
    unlock: (request: Request<'keyring:unlock'>) => inTurn(() => unlock(request)),
    /** Zeroes every key of the user; what runs meanwhile finds no user any more. */
    lock,
    /** Who is unlocked, without any key. */
    current: ():
      { readonly user: string; readonly role: string; readonly compartments: readonly Compartment[] } | undefined =>
      current && { user: current.user, role: current.role, compartments: current.slot.keys.map(({ c }) => c) },
    /** Undefined before the first user. */
    device: async (): Promise<
      { readonly id: string; readonly publicKey: Bytes; readonly policy: string } | undefined
    > => {
      await load();
      return state && { id: state.device, publicKey: fromBase64(state.deviceKey.publicKey), policy: state.policy };
    },
    state: (): DeviceState | undefined => state,
    update: (to: Partial<Pick<DeviceState, 'audit' | 'failedUnlocks' | 'policy' | 'lease' | 'vaultCounter'>>): void => {
      if (state !== undefined) save({ ...state, ...to });
    },
    /** Ed25519 by the device; only while somebody is unlocked. */
    signAsDevice: (message: Uint8Array): Bytes | undefined =>
      state === undefined || current === undefined
        ? undefined
        : signBytes(fromBase64(state.deviceKey.privateKey), message),
    /** The same, for the one question that this device asks while nobody is unlocked. */
    signLocked: (message: Uint8Array): Bytes | undefined =>
      state && signBytes(fromBase64(state.deviceKey.privateKey), message),
    /** Ed25519 by the user who is unlocked. */
    signAsUser: (message: Uint8Array): Bytes | undefined => current && signBytes(current.slot.auditKey, message),
    /**
     * What an answer on a stick is sealed for: the device itself, and each compartment of the user who is unlocked, the
     * newest key first. Made from what is there, so nothing more has to be kept.
     */
    transportPairs: (): readonly CaseboxPair[] => {
      if (ready === undefined || current === undefined) return [];
      const own = pairFromSeed(deriveKey(ready.secret, hkdfInfo.casebox));
      const keys = current.slot.keys.toSorted((a, b) => b.epoch - a.epoch);
      return [
        { seal: 'device', ...own },
        ...keys.map(({ c, epoch, key }) => ({
          seal: c,
          ...pairFromSeed(deriveKey(key, hkdfInfo.caseboxPair(c, epoch))),
        })),
      ];
    },
    auditLogKey: (): Bytes | undefined => ready && deriveKey(ready.secret, hkdfInfo.auditLog),
    /** Must run before anything else asks for the state. */
    load: async (): Promise<void> => {
      await load();
    },
  };
}

function firstKeys(): readonly CompartmentKey[] {
  return compartments.map((c) => ({ c, epoch: 1, key: randomOf(32) }));
}

function newDeviceState(nowMs: number): DeviceState {
  const { publicKey, privateKey } = makeKeyPair('ed25519');
  return {
    v: 1,
    device: `d_${toHex(randomOf(8))}`,
    deviceKey: { publicKey: toBase64(publicKey), privateKey: toBase64(privateKey) },
    users: [],
    audit: { seq: 0, hash: '0'.repeat(64) },
    failedUnlocks: 0,
    latestMs: nowMs,
    policy: '0'.repeat(64),
  };
}
