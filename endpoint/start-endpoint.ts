import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { makeChangeLog, type OnPoint } from './change-log.ts';
import { loadBoxKey } from './box-key.ts';
import { makeCaseboxService, type CaseboxService } from './casebox.ts';
import { answerRequests } from './casebox-requests.ts';
import { makeOwner, openDatabase } from './database.ts';
import { lockData } from './data-lock.ts';
import { applyStatusRequests } from './device-status.ts';
import { makeInvitation, type InvitationOptions } from './devices.ts';
import { checkHistory } from './epoch.ts';
import { openErasureList } from './erasure-list.ts';
import { applyErasures, replayErasures } from './erasures.ts';
import { openFrameJournal } from './frame-journal.ts';
import { makeHttpServer, type Tls } from './http-server.ts';
import { startPostgres, StartError } from './postgres.ts';
import { applyRequests } from './held-release.ts';
import { applyQuarantineRequests } from './quarantine.ts';
import { dropLateValues } from './leaf-only.ts';
import { startLooks } from './looks.ts';
import { loadServerKey } from './server-key.ts';

export type EndpointOptions = {
  /** Kept between starts: server key, frame journal and, without `databaseUrl`, the database. */
  readonly data: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly host?: string;
  readonly tls?: Tls;
  /** The owner of the tables on a PostgreSQL of yours, version 16 or newer. */
  readonly databaseUrl?: string;
  /** The role the endpoint runs as; without it the owner makes one. */
  readonly appDatabaseUrl?: string;
  /** Devices that keep their key in a file instead of the keyring of the system: for trials only. */
  readonly allowReducedProtection?: boolean;
  readonly say?: (line: string) => void;
  /** The clock of this computer unless given. */
  readonly nowMs?: () => number;
  /** For tests that break something at a named point. */
  readonly onPoint?: OnPoint;
};
export type Endpoint = {
  readonly url: string;
  /** Raw Ed25519 key, base64url. */
  readonly serverKey: string;
  readonly epoch: string;
  readonly invite: (options?: InvitationOptions) => Promise<string>;
  readonly casebox: CaseboxService;
  readonly stop: () => Promise<void>;
  /** The owner of the tables. */
  readonly databaseUrl: string;
  /** The role the endpoint runs as. */
  readonly appDatabaseUrl: string;
};

/** Resolves when the endpoint answers; a reason a person can act on is a `StartError`. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { port = 0, host = '127.0.0.1', tls, allowReducedProtection = false } = options;
  const say = options.say ?? (() => undefined);
  const nowMs = options.nowMs ?? Date.now;
  const onPoint = options.onPoint ?? (() => undefined);
  if (tls === undefined && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new StartError('Without a certificate the endpoint listens on this computer only. Give --cert and --key.');
  }
  const data = resolve(options.data);
  await mkdir(data, { recursive: true, mode: 0o700 });
  // Undone in reverse order when a later step fails, and at the end.
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    undo.push(await lockData(data));
    const key = await loadServerKey(data);
    const boxKey = await loadBoxKey(data);
    let ownerUrl = options.databaseUrl;
    if (ownerUrl === undefined) {
      const postgres = await startPostgres(data, say);
      undo.push(postgres.stop);
      ownerUrl = await makeOwner(postgres.adminUrl);
    }
    const database = await openDatabase(ownerUrl, options.appDatabaseUrl, say);
    undo.push(database.stop);
    const journal = await openFrameJournal(join(data, 'frame-journal'));
    undo.push(journal.close);
    const epoch = await checkHistory(database, journal, key.publicKey, say);
    const log = makeChangeLog(database, journal, onPoint);
    const keepers = { database, log, journal, list: openErasureList(data) };
    const again = await replayErasures(keepers);
    if (again > 0) say(`${again} erasures were done again: the database had been put back to before them`);
    await applyStatusRequests(database, log);
    await applyQuarantineRequests(database, log);
    await applyRequests(database, log);
    await applyErasures(keepers, nowMs());
    const service = {
      ...{ database, log, key, epoch, allowReducedProtection, nowMs },
      boxKey: Buffer.from(boxKey.publicKey).toString('base64url'),
    };
    const casebox = makeCaseboxService({ service, boxKey, data });
    const stopLooks = startLooks(say, [
      { name: 'device', every: 1, work: () => applyStatusRequests(database, log) },
      { name: 'quarantine', every: 1, work: () => applyQuarantineRequests(database, log) },
      { name: 'release', every: 1, work: () => applyRequests(database, log) },
      { name: 'erase', every: 1, work: () => applyErasures(keepers, nowMs()) },
      { name: 'casebox', every: 1, work: () => answerRequests(casebox, data) },
      // What a frame of a stick waited for may have come over the network meanwhile.
      { name: 'parked', every: 30, work: () => casebox.retryParked() },
      { name: 'late', every: 30, work: () => dropLateValues(database) },
    ]);
    undo.push(stopLooks);
    const server = makeHttpServer(service, tls, onPoint, (name) => say(`fault ${name}`));
    await new Promise<void>((listening, failed) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        failed(new StartError(`Cannot listen on port ${port}: ${error.code ?? 'unknown reason'}`)),
      );
      server.listen(port, host, listening);
    });
    undo.push(async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), 3_000);
      await closed;
      clearTimeout(late);
    });
    if (allowReducedProtection) say('Reduced protection is allowed: for trials, not for data of real people');
    const address = server.address() as AddressInfo;
    return {
      url: `${tls === undefined ? 'http' : 'https'}://${host === '::1' ? '[::1]' : host}:${address.port}`,
      serverKey: key.publicKey,
      epoch,
      casebox,
      invite: (invitation = {}) => makeInvitation(database, invitation),
      stop,
      databaseUrl: ownerUrl,
      appDatabaseUrl: database.appUrl,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
