import i18next from 'i18next';
import type { Host, HostEvents, Response } from '../../shared/ipc-contract.ts';
import { toHex, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { NotOpenedError } from '../../shared/errors.ts';
import type { Repair, StorageError } from '../../shared/ports.ts';
import { makeDatabase, storeIdOf } from '../adapters/database.ts';
import { makeDexieDraftStore } from '../adapters/dexie-draft-store.ts';
import { makeDexieRecordStore } from '../adapters/dexie-record-store.ts';
import { makeAuditLog, makeSecondCopy, makeStickFile, makeSyncTransport } from '../adapters/host-client.ts';
import { makeKeyDerivation } from '../adapters/key-derivation.ts';
import { sha256 } from '../adapters/sha256.ts';
import { summaryCodec } from '../adapters/summary-segments.ts';
import { makeSystemClock } from '../adapters/system-clock.ts';
import { webRandom } from '../adapters/web-random.ts';
import { makeWebCryptoCipher } from '../adapters/webcrypto-cipher.ts';
import { changeLanguage } from '../i18n/i18n.ts';
import type { Services } from '../services.tsx';
import { addNotice, addRepair, setSession, useSession } from '../stores/session-store.ts';
import { mayWrite, setSync, useSync } from '../stores/sync-store.ts';
import { workspace } from '../stores/workspace-store.ts';
import { assessFamily } from '../use-cases/assess-family.ts';
import { decideContribution } from '../use-cases/decide-contribution.ts';
import { decideMany } from '../use-cases/decide-many.ts';
import { findDecisionEffects } from '../use-cases/decision-effects.ts';
import { enrolUser } from '../use-cases/enrol-user.ts';
import { exportCasebox, importCasebox } from '../use-cases/exchange-casebox.ts';
import { finaliseReturnIntake } from '../use-cases/finalise-intake.ts';
import { heldChanges } from '../use-cases/held-changes.ts';
import { importResidents } from '../use-cases/import-residents.ts';
import { assessRun } from '../use-cases/month-run.ts';
import { gatherSubject } from '../use-cases/gather-subject.ts';
import { noteExport } from '../use-cases/note-export.ts';
import { openRecord } from '../use-cases/open-record.ts';
import { previewPolicy } from '../use-cases/preview-policy.ts';
import { registerReader } from '../use-cases/register-reader.ts';
import { saveRecord } from '../use-cases/save-record.ts';
import { scanResidents } from '../use-cases/scan-residents.ts';
import { readSealed as readSealedFile, saveSealed } from '../use-cases/sealed-files.ts';
import {
  readSealed,
  unlockKeys,
  type Opened,
  type SealedWorkspace,
  type UnlockError,
} from '../use-cases/unlock-workspace.ts';
import type { Ports } from '../use-cases/vault.ts';
import { writeTable } from '../use-cases/write-table.ts';
import { flushDrafts } from '../use-draft.ts';
import { diagnose } from './diagnose.ts';
import { openSession, type Session, type SessionPorts } from './open-session.ts';

declare global {
  interface Window {
    readonly host: Host;
    readonly hostEvents: HostEvents;
  }
}

/** Lets the screen have its turn in long work. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** The composition root: every adapter is made here, and nowhere else. */
export async function composeServices(
  host: Host = window.host,
  events: HostEvents = window.hostEvents,
): Promise<{ readonly services: Services; readonly language: Response<'app:info'>['language'] }> {
  const info = await host['app:info'](undefined);
  setSession({ protection: info.protection, store: info.store, version: info.version, emptied: info.emptied });
  if (info.emptied !== null) await removeStores();
  const clock = makeSystemClock();
  const derivation = makeKeyDerivation();
  const keyPorts = { host, derivation, random: webRandom };
  // In safe mode the disk is nearly full: opening the store there has destroyed stores (sync.md F1).
  let sessionPorts = info.store === 'safe-mode' ? undefined : await openAnyStore(host, clock);
  let session: Session | undefined;

  const get = (): Session => {
    if (session === undefined) throw new Error('Bug: nobody is unlocked');
    return session;
  };
  const enter = async (
    keys: Result<Opened, UnlockError>,
    reading?: Promise<SealedWorkspace>,
  ): Promise<Result<void, UnlockError>> => {
    if (!keys.ok) return keys;
    if (sessionPorts === undefined) return err({ type: 'storage-failed', retryAfterMs: 0 });
    session?.loop.stop();
    // What cannot be asked now is asked again by the exchange; it keeps nobody out.
    const status = await host['sync:status'](undefined).catch(() => undefined);
    setSync({ lease: status?.lease ?? null });
    const opened = await openSession(sessionPorts, keys.value, reading).catch(async () => {
      // It cannot be read: a new store beside it is filled from the second copy.
      const spare = await openStore(host, clock, spareStore);
      const again = await openSession(spare, keys.value);
      sessionPorts = spare;
      return again;
    });
    if (!opened.ok) return opened;
    session = opened.value;
    return ok(undefined);
  };
  let entering: Promise<unknown> = Promise.resolve();
  const letIn = (keys: Result<Opened, UnlockError>, reading?: Promise<SealedWorkspace>) => {
    const entered = orShut(enter(keys, reading));
    entering = entered;
    return entered;
  };
  /** The list of a large register is on the screen before the rest is in memory; what is asked for then waits for it. */
  const whenOpen = async <T>(work: (session: Session) => T): Promise<Awaited<T>> => {
    await entering;
    return await work(get());
  };
  /** A save of any kind is followed by an exchange. */
  const thenSync = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    session?.loop.nudge();
    return done;
  };
  const decideTools = async () => {
    const { vault } = await whenOpen((opened) => opened);
    return {
      reader: registerReader(vault),
      save: (request: Parameters<Services['save']>[0]) => saveRecord(vault, request),
      newId: webRandom.newId,
      nowMs: () => Math.max(0, clock.nowMs()),
      user: vault.user.id,
      appVersion: info.version,
    };
  };
  /** A file dialog has no other place to say that the disk is full or the folder is closed. */
  const saveFile = async (saving: Promise<'saved' | 'cancelled'>): Promise<'saved' | 'cancelled'> => {
    try {
      return await saving;
    } catch {
      addNotice({ tone: 'error', text: i18next.t('fileNotSaved') });
      return 'cancelled';
    }
  };
  events['app:locking'](() => {
    session?.loop.stop();
    void flushDrafts().finally(() => {
      session = undefined;
      workspace.clear();
      setSession({ user: null });
      // Says that the page is ready to go.
      void host['app:lock'](undefined);
    });
  });

  const services: Services = {
    users: async () => (await host['keyring:users'](undefined)).map(({ user, label }) => ({ user, label })),
    enrol: async (label, passphrase) => letIn(await orShut(enrolUser(keyPorts, label, passphrase))),
    unlock: async (user, passphrase) => {
      const reading = sessionPorts && readSealed(sessionPorts.ports.store);
      // A store that cannot be read is found when it is opened; a wrong passphrase never gets there.
      reading?.catch(() => undefined);
      return letIn(await orShut(unlockKeys(keyPorts, user, passphrase)), reading);
    },
    verify: async (passphrase) => {
      const keys = await orShut(whenOpen(({ vault }) => unlockKeys(keyPorts, vault.user.id, passphrase)));
      return keys.ok ? ok(undefined) : keys;
    },
    lock: async () => {
      await flushDrafts();
      await host['app:lock'](undefined);
    },
    setLanguage: async (language) => {
      await changeLanguage(language);
      await host['app:language']({ language });
    },
    today: clock.today,
    clockTime: () => {
      const now = new Date(clock.nowMs());
      return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
    },
    newId: webRandom.newId,
    open: (ref, purpose) => orNotOpened(whenOpen(({ vault }) => openRecord(vault, ref, purpose ?? null))),
    save: (request) => thenSync(orFailed(whenOpen(({ vault }) => saveRecord(vault, request)))),
    saveAll: (requests, onProgress, signal) =>
      thenSync(whenOpen(({ vault }) => importResidents(vault, requests, onProgress, signal))),
    scanResidents: (purpose, visit, onProgress, signal) =>
      orNotOpened(whenOpen(({ vault }) => scanResidents(vault, purpose, visit, onProgress, signal))),
    assess: (familyId, month) => whenOpen(({ vault }) => assessFamily(registerReader(vault), familyId, month)),
    previewPolicy: (change, onProgress, signal) =>
      whenOpen(({ vault }) =>
        previewPolicy(
          { reader: registerReader(vault), today: clock.today(), pause: nextTask, onProgress, signal },
          change,
        ),
      ),
    runMonth: (scope, onProgress, signal) =>
      whenOpen(({ vault }) => assessRun({ reader: registerReader(vault), pause: nextTask, onProgress, signal }, scope)),
    decideMany: async (approvals, onProgress, signal) =>
      thenSync(decideMany({ ...(await decideTools()), pause: nextTask, onProgress, signal }, approvals)),
    decisionEffects: (onProgress, signal) =>
      whenOpen(({ vault }) =>
        findDecisionEffects({ reader: registerReader(vault), pause: nextTask, onProgress, signal }),
      ),
    decide: async (familyId, month, grownChild, judgement, confirmation) => {
      const tools = await decideTools();
      return thenSync(orFailed(decideContribution(tools, { familyId, month, grownChild, judgement, confirmation })));
    },
    finaliseIntake: (id, languages) =>
      thenSync(orFailed(whenOpen(({ vault }) => finaliseReturnIntake(vault, id, languages)))),
    openFile: (request) => host['file:open'](request).catch(() => ({ refused: 'unreadable' as const, detail: '' })),
    hashOf: (text) => toHex(sha256(toUtf8(text))),
    openCompartments: () => whenOpen(({ vault }) => vault.cipher.compartments),
    noteExport: (what, purpose) => orFailed(whenOpen(({ vault }) => noteExport(vault, what, purpose))),
    gatherSubject: (resident, purpose) => orNotOpened(whenOpen(({ vault }) => gatherSubject(vault, resident, purpose))),
    subjectLog: async (ids) => {
      const log = await host['audit:extract']({ ids: ids.slice(0, 2_000) }).catch(() => null);
      return log === null || 'refused' in log ? null : log;
    },
    writeTable: (options, rows) => writeTable({ ...options, pause: nextTask }, rows),
    exportFile: (suggestedName, bytes, reason, passphrase) =>
      saveFile(host['file:export']({ suggestedName, bytes: bytes as Bytes, reason, ...underSeal(passphrase) })),
    savePdf: (suggestedName, passphrase) =>
      saveFile(host['document:pdf']({ suggestedName, landscape: false, ...underSeal(passphrase) })),
    openSealed: () => host['sealed:open'](undefined).catch(() => ({ refused: 'unreadable' as const })),
    readSealed: (passphrase) => whenOpen(({ vault }) => readSealedFile(vault, host, passphrase)),
    saveSealed: () => whenOpen(({ vault }) => saveSealed(vault, host)),
    closeSealed: () => host['sealed:close'](undefined).catch(() => undefined),
    letterFolder: (again) => host['letters:folder']({ again }).catch(() => ({ refused: 'unreadable' as const })),
    saveLetter: (name) => host['letters:save']({ name }).catch(() => 'failed' as const),
    print: async () => void (await host['document:print'](undefined)),
    readDraft: (key) => whenOpen(({ drafts }) => drafts.read(key)),
    writeDraft: async (key, text) => void (await session?.drafts.write(key, text)),
    removeDraft: (key) => whenOpen(({ drafts }) => drafts.remove(key)),
    syncNow: () => whenOpen(({ loop }) => loop.now()),
    syncStatus: () => host['sync:status'](undefined),
    heldChanges: (read) =>
      whenOpen(async ({ vault }) => heldChanges(vault, await host['sync:status'](undefined), read)),
    connect: (url, code) => host['sync:enrol']({ url, code }),
    caseboxStatus: () => host['casebox:status'](undefined),
    exportCasebox: () =>
      orFailed(
        whenOpen(async ({ vault }) =>
          exportCasebox(vault, makeStickFile(host), (await host['sync:status'](undefined)).sites),
        ),
      ),
    importCasebox: () =>
      thenSync(
        orFailed(
          whenOpen(async ({ vault, loop }) => {
            const taken = await importCasebox(vault, makeStickFile(host));
            const isWhole = taken.ok && taken.value.waiting === 0 && !taken.value.more;
            const sites = [...vault.memory.known.feeds.values()].map(({ site }) => site);
            if (isWhole) await loop.notePulled(taken.value.madeMs, sites);
            return taken;
          }),
        ),
      ),
    diagnose: async () =>
      diagnose(
        host,
        clock,
        async () => (sessionPorts === undefined ? null : sessionPorts.ports.store.counts()),
        session,
      ),
  };
  return { services, language: info.language };
}

const underSeal = (passphrase: string | null | undefined) =>
  passphrase === null || passphrase === undefined ? {} : { passphrase };

/** IndexedDB and the main process throw where a disk fails between two calls: a form still has to hear of it. */
const orFailed = <Value, Failure>(
  work: Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | StorageError>> => work.catch(() => err({ type: 'storage-failed' } as const));

/** The same where a page opens: nothing was about to be saved. */
const orNotOpened = <Value, Failure>(
  work: Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | NotOpenedError>> => work.catch(() => err({ type: 'not-opened' } as const));

/** The same at the door, where the disk is asked for keys and for the store. */
const orShut = <Value>(work: Promise<Result<Value, UnlockError>>): Promise<Result<Value, UnlockError>> =>
  work.catch(() => err({ type: 'storage-failed', retryAfterMs: 0 }));

const usualStore = 'onderdak';
/** Opened when the usual store is damaged. That one stays where it is: nothing that could still be read is deleted. */
const spareStore = 'onderdak-2';

/** Of a laptop that was emptied: their keys are gone, and the next user begins with stores of their own. */
const removeStores = () =>
  Promise.all(
    [usualStore, spareStore].map(
      (name) =>
        new Promise<void>((done) => {
          const removing = indexedDB.deleteDatabase(name);
          removing.onsuccess = removing.onerror = () => done();
        }),
    ),
  );

const openAnyStore = (host: Host, clock: Ports['clock']): Promise<SessionPorts> =>
  openStore(host, clock, usualStore)
    // A browser that finds its files damaged may have cleared them away by now.
    .catch(() => openStore(host, clock, usualStore))
    .catch(() => openStore(host, clock, spareStore));

/** After every kill the second copy may lack the last save and gets it: nothing was damaged, and nobody needs a fright. */
const isUsual = ({ type }: Repair) => type === 'copied-again';

/** What is told on the page for the day to begin on; a notice leads there. */
function tellRepair(repair: Repair): void {
  if (!isUsual(repair) && useSession.getState().repairs.every(isUsual))
    addNotice({ tone: 'error', text: i18next.t('repair.notice', { ns: 'sync' }) });
  addRepair(repair);
}

/** Long enough that a person who saves one thing after another is not met by it. */
const quietMs = 2_000;
const whenQuiet = (work: () => void) => {
  const timer = setTimeout(work, quietMs);
  return () => clearTimeout(timer);
};

async function openStore(host: Host, clock: Ports['clock'], name: string): Promise<SessionPorts> {
  const database = makeDatabase(name);
  const store = makeDexieRecordStore(database, await storeIdOf(database, webRandom.newId), whenQuiet);
  // What the last start left, while nobody is unlocked yet. Where it fails it is read from where it is.
  void store.settle();
  await navigator.storage.persist();
  const ports: Ports = {
    store,
    secondCopy: makeSecondCopy(host, store.counts),
    audit: makeAuditLog(host),
    clock,
    random: webRandom,
    workspace,
    sha256,
    codec: summaryCodec,
    tell: tellRepair,
    mayWrite: () => mayWrite(useSync.getState().lease),
  };
  return {
    ports,
    host,
    transport: makeSyncTransport(host),
    makeCipher: makeWebCryptoCipher,
    makeDrafts: (cipher, user) => makeDexieDraftStore(database, cipher, user),
  };
}
