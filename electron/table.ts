import type { Response } from '../shared/ipc-contract.ts';

export type Table = Response<'file:open'>;
/** The path of a file, or what was in a sealed one. */
export type TableSource = string | Uint8Array;
export type TableEncoding = 'auto' | 'utf-8' | 'windows-1251' | 'windows-1252';

/** The limits of SEC-46. */
export const tableLimits = {
  fileBytes: 50_000_000,
  inflatedBytes: 200_000_000,
  ratio: 100,
  entries: 200,
  ms: 60_000,
  memoryMib: 512,
} as const;

/** Rows without text at the end are what a spreadsheet has below its list; rows between keep their number. */
export function trimRows(rows: readonly (readonly string[])[]): string[][] {
  const last = rows.findLastIndex((row) => row.some((cell) => cell !== ''));
  return rows.slice(0, last + 1).map((row) => [...row]);
}

/** A cell that a spreadsheet would calculate; a phone number, an amount or a dash is none. */
export function hasFormula(cell: string): boolean {
  return /^[=＝]|^[@＠+＋\-－][A-Za-z]+[A-Za-z0-9.]*[(|!]/u.test(cell);
}
