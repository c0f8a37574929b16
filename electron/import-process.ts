import path from 'node:path';
import { utilityProcess } from 'electron';
import { ipcContract } from '../shared/ipc-contract.ts';
import { tableLimits, type Table, type TableEncoding } from './table.ts';

const here = import.meta.url;
const parser = path.join(import.meta.dirname, here.endsWith('.ts') ? 'import-parser.ts' : 'import-parser.js');

/** Reads a chosen file in a process without keys; it is ended after its answer, a minute, or too much memory. */
export function readInOwnProcess(file: string, encoding: TableEncoding): Promise<Table> {
  const { promise, resolve } = Promise.withResolvers<Table>();
  const child = utilityProcess.fork(parser, [], {
    // Nothing of our environment: it is not the file's business.
    env: {},
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
  child.postMessage({ file, encoding });
  return promise;
}
