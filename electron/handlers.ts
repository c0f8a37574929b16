import { performance } from 'node:perf_hooks';
import { safeStorage, type BrowserWindow } from 'electron';
import {
  chooseCasebox,
  chooseCaseboxTarget,
  chooseSealed,
  chooseTable,
  chooseUnsealedTarget,
  exportFile,
  exportPdf,
  printPage,
} from './documents.ts';
import { openHost, type OpenHost } from './host.ts';
import { readInOwnProcess } from './import-process.ts';
import { makeLetterFolder } from './letter-folder.ts';
import type { Invitation } from './sync-client.ts';

/** The answers of the main process over Electron's windows, dialogs and secret store. */
export function makeHandlers(settings: {
  readonly userData: string;
  /** Where `out/` is. */
  readonly appFolder: string;
  readonly version: string;
  readonly window: () => BrowserWindow | undefined;
  readonly lock: (reason: 'user') => void;
  readonly startAnew: () => void;
}): Promise<OpenHost> {
  const { userData, appFolder, version, window, lock, startAnew } = settings;
  return openHost({
    userData,
    version,
    demo: process.env['ONDERDAK_DEMO'] === '1',
    invitation: givenInvitation(process.env),
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    desktop: {
      store: safeStorage,
      lock,
      startAnew,
      chooseTable: () => chooseTable(window()),
      readTable: (source, encoding) => readInOwnProcess(appFolder, source, encoding),
      exportFile: (request) => exportFile(window(), request),
      exportPdf: (request) => exportPdf(window(), request),
      print: () => printPage(window()),
      letters: makeLetterFolder(window),
      chooseCaseboxTarget: (name) => chooseCaseboxTarget(window(), name),
      chooseCasebox: () => chooseCasebox(window()),
      chooseSealed: () => chooseSealed(window()),
      chooseUnsealedTarget: (name) => chooseUnsealedTarget(window(), name),
    },
  });
}

/** `npm start` begins an endpoint of its own and hands over its invitation. */
function givenInvitation(environment: NodeJS.ProcessEnv): Invitation | null {
  const { ONDERDAK_ENDPOINT: url, ONDERDAK_INVITATION: code, ONDERDAK_SERVER_KEY: serverKey } = environment;
  if (url === undefined || code === undefined || serverKey === undefined) return null;
  return { url, code, serverKey };
}
