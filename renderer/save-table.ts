import type { ExportColumn, ExportFormat } from '../shared/exchange/export-table.ts';
import { ok, type Result } from '../shared/kernel/result.ts';
import type { StorageError } from '../shared/ports.ts';
import type { Services } from './services.tsx';

/** A table that can leave the app as a file. */
export type SavedTable = {
  /** What it is, for the audit log: a code, never a person. */
  readonly what: string;
  /** Name of the sheet in a workbook. */
  readonly sheet: string;
  /** Without what comes after the dot. */
  readonly fileName: string;
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly (readonly string[])[];
  /** How many persons stand in it by name; 0 for figures alone. */
  readonly persons: number;
};

export type HowSaved = {
  readonly format: ExportFormat;
  readonly purpose: string;
  readonly reason: string;
  /** Null where it is to be read by everybody who gets hold of it. */
  readonly passphrase: string | null;
};

type Out = Pick<Services, 'writeTable' | 'noteExport' | 'exportFile'>;

/** Makes the file, notes in the audit log what leaves and for what, and only then writes it. */
export async function saveTable(
  services: Out,
  table: SavedTable,
  how: HowSaved,
  signal: AbortSignal,
): Promise<Result<'saved' | 'cancelled' | 'stopped', StorageError>> {
  const { what, sheet, fileName, columns, rows } = table;
  const { format, purpose, reason, passphrase } = how;
  const bytes = await services.writeTable({ format, columns, sheet, signal }, rows);
  if (bytes === null) return ok('stopped');
  const noted = await services.noteExport(`${what} ${format} ${String(rows.length)}`, purpose);
  if (!noted.ok) return noted;
  return ok(await services.exportFile(`${fileName}.${format}`, bytes, reason, passphrase));
}
