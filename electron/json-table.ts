import * as z from 'zod';
import { safeCell } from '../shared/kernel/safe-cell.ts';
import { trimRows, type Table } from './table.ts';

/** Records as an export writes them: flat, every value a text. */
const recordsSchema = z.array(z.record(z.string().max(100), z.string()));
const maxCells = 4_000_000;

/** Nothing in JSON calculates: text that a sheet would take for a formula gets the mark it would have there. The columns are those of all records, in the order in which they first appear. */
export function readJson(bytes: Uint8Array): Table {
  const records = parse(bytes);
  if (records === undefined) return { refused: 'not-a-table', detail: '' };
  const headers = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (records.length === 0 || headers.length === 0) return { refused: 'empty', detail: '' };
  if (records.length * headers.length > maxCells) return { refused: 'too-big', detail: '' };
  const lines = records.map((record) => headers.map((header) => safeCell(record[header]?.trim() ?? '')));
  return { rows: trimRows([headers, ...lines]), format: 'json', encoding: 'utf-8', delimiter: '' };
}

function parse(bytes: Uint8Array): z.infer<typeof recordsSchema> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const records = recordsSchema.safeParse(JSON.parse(text));
    return records.success ? records.data : undefined;
  } catch {
    return undefined;
  }
}
