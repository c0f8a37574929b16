import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Request, Response } from '../shared/ipc-contract.ts';
import type { Bytes } from '../shared/kernel/bytes.ts';
import { isAgeFile, readAgeHeader } from '../shared/vault/age-header.ts';
import { openAgeFile } from './age-file.ts';
import { isDiskFull, replaceFile } from './durable-file.ts';
import type { EventLog } from './event-log.ts';
import { tableLimits, type Table, type TableEncoding, type TableSource } from './table.ts';

type Desktop = {
  readonly chooseTable: () => Promise<string | undefined>;
  readonly readTable: (source: TableSource, encoding: TableEncoding) => Promise<Table>;
  readonly chooseSealed: () => Promise<string | undefined>;
  readonly chooseUnsealedTarget: (suggestedName: string) => Promise<string | undefined>;
};
/** `content` once it was opened. */
type Sealed = { readonly file: string; readonly sealed: Uint8Array; readonly content?: Bytes };

const maxSealedBytes = 300_000_000;
const maxTextBytes = 2_000_000;
const refuse = (refused: Extract<Table, { refused: unknown }>['refused']) => ({ refused, detail: '' });

/** Lists that are taken in and files that were sealed. What a passphrase opened is in memory only, until the lock. */
export function makeSealedFiles(desktop: Desktop, log: EventLog) {
  let lastTable: string | Sealed | undefined;
  let chosen: Sealed | undefined;

  /** The list itself, or what has to be known first. */
  const sourceOf = async (passphrase: string | undefined): Promise<TableSource | Table> => {
    if (lastTable === undefined) return refuse('cancelled');
    if (typeof lastTable === 'string') return lastTable;
    const { content, sealed } = lastTable;
    if (content !== undefined) return content;
    if (passphrase === undefined) {
      const header = readAgeHeader(sealed);
      return refuse(header.ok || header.error.type === 'foreign' ? 'sealed' : `sealed-${header.error.type}`);
    }
    const opened = await openAgeFile(passphrase, sealed);
    if (!opened.ok) return refuse(opened.error.type === 'foreign' ? 'sealed-damaged' : `sealed-${opened.error.type}`);
    lastTable = { ...lastTable, content: opened.value };
    return opened.value;
  };

  const openTable = async ({ again, encoding, passphrase }: Request<'file:open'>): Promise<Table> => {
    if (!again) {
      const file = await desktop.chooseTable();
      if (file === undefined) return refuse('cancelled');
      const isSealed = statSync(file).size <= maxSealedBytes && isAgeFile(startOf(file));
      lastTable = isSealed ? { file, sealed: readFileSync(file) } : file;
    }
    const source = await sourceOf(passphrase);
    const isList = typeof source === 'string' || source instanceof Uint8Array;
    const table = isList ? await desktop.readTable(source, encoding) : source;
    if ('refused' in table) {
      if (!['cancelled', 'sealed'].includes(table.refused)) log('import-refused', { kind: table.refused });
      return table;
    }
    const file = typeof lastTable === 'string' ? lastTable : (lastTable?.file ?? '');
    return { ...table, name: unsealedName(file) };
  };

  const open = async (): Promise<Response<'sealed:open'>> => {
    const file = await desktop.chooseSealed();
    if (file === undefined) return { refused: 'cancelled' };
    chosen = undefined;
    try {
      if (statSync(file).size > maxSealedBytes) return { refused: 'too-big' };
      const sealed = readFileSync(file);
      const header = readAgeHeader(sealed);
      if (!header.ok) return { refused: header.error.type };
      chosen = { file, sealed };
      return { name: path.basename(file) };
    } catch {
      return { refused: 'unreadable' };
    }
  };

  const read = async ({ passphrase }: Request<'sealed:read'>): Promise<Response<'sealed:read'>> => {
    if (chosen === undefined) return { failed: 'no-file' };
    const asked = chosen;
    const opened = await openAgeFile(passphrase, asked.sealed);
    if (!opened.ok) {
      const { type } = opened.error;
      return { failed: type === 'wrong' || type === 'no-memory' ? type : 'damaged' };
    }
    // Another one was chosen, or the screen was locked, while the key was worked out.
    if (chosen !== asked) return { failed: 'no-file' };
    chosen = { ...asked, content: opened.value };
    log('unsealed');
    return { content: await shown(opened.value, desktop.readTable) };
  };

  const save = async (): Promise<Response<'sealed:save'>> => {
    if (chosen?.content === undefined) return 'no-file';
    const { file, content } = chosen;
    const target = await desktop.chooseUnsealedTarget(unsealedName(file));
    if (target === undefined) return 'cancelled';
    try {
      replaceFile(target, content);
    } catch (error) {
      return isDiskFull(error) ? 'full' : 'not-written';
    }
    log('exported', { count: content.length });
    return 'saved';
  };

  const close = (): void => {
    chosen?.content?.fill(0);
    chosen = undefined;
  };
  const forget = (): void => {
    close();
    if (typeof lastTable !== 'string') lastTable?.content?.fill(0);
    lastTable = undefined;
  };
  return { openTable, open, read, save, close, forget };
}

function startOf(file: string): Uint8Array {
  const start = new Uint8Array(64);
  const descriptor = openSync(file, 'r');
  try {
    return start.subarray(0, readSync(descriptor, start));
  } finally {
    closeSync(descriptor);
  }
}

const unsealedName = (file: string): string => path.basename(file).replace(/\.age$/i, '');

/** A list is read where every foreign list is read: in a process without keys. */
async function shown(
  content: Bytes,
  readTable: Desktop['readTable'],
): Promise<Extract<Response<'sealed:read'>, { content: unknown }>['content']> {
  const start = Buffer.from(content.subarray(0, 200))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (start.startsWith('%PDF')) return { kind: 'other' };
  if (!start.startsWith('{') && content.length <= tableLimits.fileBytes) {
    const table = await readTable(content, 'auto');
    if ('rows' in table) return { kind: 'table', rows: table.rows };
  }
  if (content.length > maxTextBytes) return { kind: 'other' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(content) };
  } catch {
    return { kind: 'other' };
  }
}
