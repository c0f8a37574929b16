import { readFile, stat } from 'node:fs/promises';
import { readCsv } from './csv-table.ts';
import { readJson } from './json-table.ts';
import { tableLimits, type Table, type TableEncoding, type TableSource } from './table.ts';
import { readXlsx } from './xlsx-table.ts';

const startsWith = (bytes: Uint8Array, ...start: readonly number[]) => start.every((byte, at) => bytes[at] === byte);

/**
 * A list from a spreadsheet file, or from what was in a sealed one; told apart by what is in it, not by its name. A file
 * over the limit is not read.
 */
export async function readTable(source: TableSource, encoding: TableEncoding): Promise<Table> {
  const size = typeof source === 'string' ? (await stat(source)).size : source.length;
  if (size > tableLimits.fileBytes) return { refused: 'too-big', detail: '' };
  if (size === 0) return { refused: 'empty', detail: '' };
  const bytes = typeof source === 'string' ? await readFile(source) : source;
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return readXlsx(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { refused: 'old-excel', detail: '' };
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return { refused: 'not-a-table', detail: '' };
  // A list of records: a delimited text has no record at its start.
  if (/^(\ufeff)?\s*\[\s*\{/.test(Buffer.from(bytes.subarray(0, 200)).toString('utf8'))) return readJson(bytes);
  return readCsv(bytes, encoding);
}
