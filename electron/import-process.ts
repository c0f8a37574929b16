import path from 'node:path';
import { utilityProcess } from 'electron';
import { ipcContract } from '../shared/ipc-contract.ts';
import { tableLimits, type Table, type TableEncoding, type TableSource } from './table.ts';

/** The built file, or the source when the main process runs from source. */
const parserIn = (appFolder: string) =>
  import.meta.filename.endsWith('.ts')
    ? path.join(import.meta.dirname, 'import-parser.ts')
    : path.join(appFolder, 'out/main/import-parser.js');

/** Reads a list in a process without keys; it is ended after its answer, a minute, or too much memory. */
export function readInOwnProcess(appFolder: string, source: TableSource, encoding: TableEncoding): Promise<Table> {
  const { promise, resolve } = Promise.withResolvers<Table>();
  const child = utilityProcess.fork(parserIn(appFolder), [], {
    // Nothing of our environment but what Windows needs to start a process.
    env: process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] },
    execArgv: [`--max-old-space-size=${tableLimits.memoryMib}`],
    stdio: 'ignore',
  });
  const finish = (table: Table) => {
    clearTimeout(timer);
    resolve(table);
    child.kill();
  };
  const timer = setTimeout(() => {
    finish({ refused: 'too-big', detail: '' });
  }, tableLimits.ms);
  child.on('message', (message: unknown) => {
    const table = ipcContract['file:open'].response.safeParse(message);
    finish(table.success ? table.data : { refused: 'unreadable', detail: '' });
  });
  child.on('exit', () => {
    finish({ refused: 'unreadable', detail: '' });
  });
  child.postMessage({ source, encoding });
  return promise;
}
