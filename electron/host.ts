import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Host, Request, Response } from '../shared/ipc-contract.ts';
import { makeAuditChain } from './audit-chain.ts';
import { extractAudit } from './audit-extract.ts';
import { makeCasebox } from './casebox.ts';
import type { SecretStore } from './device-secret.ts';
import { hasDeviceState } from './device-state.ts';
import { makeDeviceVault } from './device-vault.ts';
import { readEvents, readMachine } from './diagnosis.ts';
import { removeData, removeKeys } from './empty-laptop.ts';
import { openEventLog } from './event-log.ts';
import { makeLeaseKeeper } from './lease-keeper.ts';
import { openJournal, type SegmentFile } from './journal.ts';
import { toBytes } from './node-crypto.ts';
import type { LetterFolder } from './letter-folder.ts';
import { makeSealedFiles } from './sealed-files.ts';
import { openSettings } from './settings.ts';
import { openStartGuard } from './start-guard.ts';
import { makeSyncClient, type Invitation } from './sync-client.ts';
import type { Table, TableEncoding, TableSource } from './table.ts';

/** What the desktop does for the main process; handlers.ts gives Electron's. */
export type Desktop = {
  readonly store: SecretStore;
  readonly lock: (reason: 'user') => void;
  /** Ends the page and opens a host anew, on a folder that is empty. */
  readonly startAnew: () => void;
  readonly chooseTable: () => Promise<string | undefined>;
  readonly readTable: (source: TableSource, encoding: TableEncoding) => Promise<Table>;
  readonly exportFile: (request: Request<'file:export'>) => Promise<Response<'file:export'>>;
  readonly exportPdf: (request: Request<'document:pdf'>) => Promise<Response<'document:pdf'>>;
  readonly print: () => Promise<Response<'document:print'>>;
  readonly letters: LetterFolder;
  readonly chooseCaseboxTarget: (suggestedName: string) => Promise<string | undefined>;
  readonly chooseCasebox: () => Promise<string | undefined>;
  readonly chooseSealed: () => Promise<string | undefined>;
  readonly chooseUnsealedTarget: (suggestedName: string) => Promise<string | undefined>;
};
export type HostSettings = {
  readonly userData: string;
  readonly version: string;
  readonly demo: boolean;
  /** An invitation that was given with the start: taken by the first user who is unlocked, so that nobody types it. */
  readonly invitation: Invitation | null;
  readonly desktop: Desktop;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  readonly openFile?: (file: string) => Promise<SegmentFile>;
  readonly freeBytes?: (folder: string) => number;
};
export type OpenHost = {
  readonly host: Host;
  /** Finishes what is on its way to the disk, then zeroes every key; for lock and quit. */
  readonly forget: () => Promise<void>;
  /** While nobody is unlocked: whether this laptop was closed. Never throws, and does nothing without a network. */
  readonly askStanding: () => Promise<void>;
};

/** The authority of the organisation, put beside the data by who installs the app: then no other one is believed. */
function pinnedAuthority(userData: string): string | null {
  const pem = path.join(userData, 'endpoint-ca.pem');
  return existsSync(pem) ? readFileSync(pem, 'utf8') : null;
}

/** Opens everything of this device that works without a passphrase, and answers the page. */
export async function openHost(settings: HostSettings): Promise<OpenHost> {
  const { userData, version, desktop, nowMs, monotonicMs } = settings;
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  const log = openEventLog(userData, nowMs);
  const file = openSettings(userData);
  const isEmptied = file.get().emptied !== undefined && !hasDeviceState(userData);
  if (isEmptied) removeData(userData);
  const vault = makeDeviceVault({ userData, store: desktop.store, nowMs, monotonicMs, log });
  const guard = openStartGuard({ userData, log, ...(settings.freeBytes && { freeBytes: settings.freeBytes }) });
  const journal = openJournal({
    userData,
    releaseBallast: guard.releaseBallast,
    ...(settings.openFile && { openFile: settings.openFile }),
  });
  const audit = makeAuditChain({ vault, lastJournalled: journal.lastAudit, version, nowMs, monotonicMs, log });
  /** Keys first, and at once: whatever stops this afterwards leaves nothing that can be opened. */
  const empty = (reason: 'returned' | 'stolen', unsent: number): void => {
    removeKeys(userData);
    vault.lock();
    file.change({ endpoint: null, emptied: { reason, atMs: Math.max(0, nowMs()) } });
    log('emptied', { kind: reason, count: unsent });
    desktop.startAnew();
  };
  const lease = makeLeaseKeeper({
    stored: () => vault.state()?.lease,
    store: (kept) => vault.update({ lease: kept }),
    nowMs,
    monotonicMs,
  });
  const sync = makeSyncClient({ vault, file, version, nowMs, log, lease, ca: pinnedAuthority(userData), empty });
  const casebox = makeCasebox({
    ...{ userData, vault, file, version, nowMs, log, sync },
    chooseTarget: desktop.chooseCaseboxTarget,
    chooseSource: desktop.chooseCasebox,
  });
  await vault.load();
  if (journal.status().damaged > 0) log('journal-damaged', { count: journal.status().damaged });
  log('started');

  const sealed = makeSealedFiles(desktop, log);

  const appendNow = async (request: Request<'journal:append'>): Promise<Response<'journal:append'>> => {
    const { ops, locals, store, opCount } = request;
    const row = request.audit;
    const place = row === null ? 'known' : audit.place(row);
    const appended = await journal.append(ops, place === 'next' ? row : null, locals, store);
    if (appended !== 'fsynced') {
      log(appended === 'full' ? 'journal-full' : 'journal-failed');
      return appended;
    }
    if (row !== null && place === 'next') audit.advance(row);
    guard.report(store, opCount, journal.status().ops, ops.length === 0);
    // The operations are safe; the row belongs to another chain, and whoever wrote it has to know.
    return place === 'foreign' ? 'failed' : 'fsynced';
  };

  /** A row of the audit chain is looked at only when the one before it has its place. */
  let lastRow: Promise<unknown> = Promise.resolve();
  const append = (request: Request<'journal:append'>): Promise<Response<'journal:append'>> => {
    if (request.audit === null) return appendNow(request);
    const appended = lastRow.then(() => appendNow(request));
    lastRow = appended.catch(() => undefined);
    return appended;
  };

  const takeInvitation = <Answer extends object>(answer: Answer): Answer => {
    // Not waited for: the endpoint may be away, and the records open without it.
    if (!('refused' in answer) && settings.invitation !== null && file.get().endpoint === null)
      void sync.enrol(settings.invitation);
    return answer;
  };

  const host: Host = {
    'app:info': async () => ({
      version,
      protection: await vault.protection(),
      store: guard.state(),
      language: file.get().language,
      demo: settings.demo,
      emptied: hasDeviceState(userData) ? null : (file.get().emptied ?? null),
    }),
    'app:diagnosis': async () => {
      const { ops, damaged, writers, locals } = journal.status();
      const endpoint = file.get().endpoint;
      const { exportedMs, importedMs, waiting } = casebox.status();
      return {
        version,
        ...readMachine(userData, settings.freeBytes),
        protection: await vault.protection(),
        store: guard.state(),
        journal: { ops, damaged, expected: guard.expected(), writers: writers.length, locals: locals.length },
        users: (await vault.users()).length,
        device: (await vault.device())?.id ?? '',
        endpoint: endpoint?.url ?? null,
        epoch: endpoint?.epoch ?? null,
        sites: endpoint?.sites.length ?? 0,
        casebox: { exportedMs, importedMs, waiting },
        events: readEvents(userData),
      };
    },
    'app:language': ({ language }) => {
      file.change({ language });
      return Promise.resolve();
    },
    'app:lock': () => {
      desktop.lock('user');
      return Promise.resolve();
    },
    'app:empty': ({ undelivered }) => {
      const standing = file.get().endpoint?.standing;
      // Only what the endpoint signed counts, and what nobody else has never goes this way.
      if (standing?.status !== 'wipe' || undelivered > 0) return Promise.resolve('refused');
      empty(standing.reason === 'stolen' ? 'stolen' : 'returned', undelivered);
      return Promise.resolve('emptied');
    },
    'keyring:users': () => vault.users(),
    'keyring:enrol': async (request) => takeInvitation(await vault.enrol(request)),
    'keyring:unlock': async (request) => takeInvitation(await vault.unlock(request)),
    'audit:prepare': (request) => Promise.resolve().then(() => audit.prepare(request)),
    'audit:extract': async (request) => {
      const [user, device, key] = [vault.current()?.user, vault.state()?.device, vault.auditLogKey()];
      if (user === undefined || device === undefined || key === undefined) return { refused: 'not-asked' };
      await lastRow;
      return extractAudit(journal.auditRows(), request, { user, device, key, nowMs: nowMs() });
    },
    'journal:append': append,
    'journal:replace': async ({ ops }) => {
      const replaced = await journal.replace(ops);
      if (replaced !== 'fsynced') log(replaced === 'full' ? 'journal-full' : 'journal-failed');
      return replaced;
    },
    'journal:status': () => Promise.resolve({ ...journal.status(), expected: guard.expected() }),
    'journal:read': async ({ skip }) =>
      (await journal.read(skip)).map((sealed) => ({ ...sealed, w: toBytes(sealed.w), box: toBytes(sealed.box) })),
    'journal:locals': async ({ skip }) =>
      (await journal.readLocals(skip)).map(({ w, n, c, box }) => ({ w: toBytes(w), n, c, box: toBytes(box) })),
    'file:open': sealed.openTable,
    'file:export': async (request) => {
      const saved = await desktop.exportFile(request);
      if (saved === 'saved') log('exported', { count: request.bytes.length });
      return saved;
    },
    'document:pdf': (request) => desktop.exportPdf(request),
    'sealed:open': sealed.open,
    'sealed:read': sealed.read,
    'sealed:save': sealed.save,
    'sealed:close': () => Promise.resolve(sealed.close()),
    'letters:folder': (request) => desktop.letters.open(request),
    'letters:save': (request) => desktop.letters.save(request),
    'document:print': () => desktop.print(),
    'sync:status': () => sync.status(),
    'sync:enrol': (request) => sync.enrol(request),
    'sync:hello': (request) => sync.hello(request),
    'sync:push': (request) => sync.push(request),
    'sync:pull': (request) => sync.pull(request),
    'casebox:status': () => Promise.resolve(casebox.status()),
    'casebox:export': (request) => casebox.export(request),
    'casebox:import': () => casebox.import(),
    'casebox:pull': (request) => Promise.resolve(casebox.pull(request)),
    'casebox:settle': (request) => Promise.resolve(casebox.settle(request)),
    'sync:redeposit': (request) => sync.redeposit(request),
  };

  return {
    host,
    askStanding: () => sync.askStanding().catch(() => undefined),
    forget: async () => {
      await lastRow;
      await journal.close();
      if (file.get().emptied === undefined || hasDeviceState(userData)) {
        audit.flush();
        lease.flush();
        guard.flush();
      } else removeData(userData);
      vault.lock();
      casebox.forget();
      sealed.forget();
      log('locked');
    },
  };
}
