import type { ExportColumn, ExportFormat } from '../../../shared/exchange/export-table.ts';
import {
  residentCells,
  type ResidentExportColumn,
  type ResidentSurroundings,
  type CellWords,
} from '../../../shared/exchange/resident-export.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import type { StorageError } from '../../../shared/ports.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { valuesOf } from '../../../shared/sync/replica-record.ts';
import type { OpenError, Services } from '../../services.tsx';
import type { ExportKey } from './export-columns.ts';

/** A row of the list; `fact` and `period` are '' where it was not found by a fact. */
export type ExportRow = { readonly resident: string; readonly fact: string; readonly period: string };

type ExportPlan = {
  readonly rows: readonly ExportRow[];
  readonly columns: readonly (ExportColumn & { readonly key: ExportKey })[];
  readonly format: ExportFormat;
  readonly sheet: string;
  readonly fileName: string;
  readonly purpose: string;
  readonly reason: string;
  readonly aroundOf: (resident: string) => ResidentSurroundings;
  readonly words: CellWords;
  /** Null where the file is to be read by everybody who gets hold of it. */
  readonly passphrase: string | null;
};

/** `missing` persons could not be read and are not in the file. */
export type Saved = { readonly outcome: 'saved' | 'cancelled' | 'stopped'; readonly missing: number };

type Out = Pick<Services, 'scanResidents' | 'writeTable' | 'noteExport' | 'exportFile'>;

/** Reads the rows, makes the file, notes in the audit log what leaves, and only then writes it. */
export async function saveList(
  services: Out,
  plan: ExportPlan,
  onProgress: (read: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<Saved, OpenError | StorageError>> {
  const { rows, columns, format } = plan;
  const wanted = new Set(rows.map(({ resident }) => resident));
  const found = new Map<string, readonly string[]>();
  const scanned = await services.scanResidents(
    'residents:export',
    (resident, record) => {
      if (!wanted.has(resident.id)) return;
      const { values } = valuesOf(record, definitionOf('resident'));
      const cells: Readonly<Partial<Record<string, string>>> = residentCells(
        { id: resident.id, values },
        plan.aroundOf(resident.id),
        plan.words,
      ) satisfies Readonly<Record<ResidentExportColumn, string>>;
      found.set(
        resident.id,
        columns.map(({ key }) => cells[key] ?? ''),
      );
    },
    onProgress,
    signal,
  );
  if (!scanned.ok) return scanned;
  const missing = wanted.size - found.size;
  if (signal.aborted) return ok({ outcome: 'stopped', missing });

  const table = rows.flatMap((row) => {
    const cells = found.get(row.resident);
    if (cells === undefined) return [];
    return [columns.map(({ key }, at) => (key === 'fact' || key === 'period' ? row[key] : (cells[at] ?? '')))];
  });
  const bytes = await services.writeTable({ format, columns, sheet: plan.sheet, signal }, table);
  if (bytes === null) return ok({ outcome: 'stopped', missing });

  for (const [what, purpose] of entriesOf(plan, found.size)) {
    const noted = await services.noteExport(what, purpose);
    if (!noted.ok) return noted;
  }
  const outcome = await services.exportFile(plan.fileName, bytes, plan.reason, plan.passphrase);
  return ok({ outcome, missing });
}

/** An entry takes 200 characters: the purpose is one, the columns follow in as many as they need. */
function entriesOf(plan: ExportPlan, persons: number): readonly (readonly [what: string, purpose: string])[] {
  const lines = plan.columns.reduce<readonly string[]>((all, { key }) => {
    const last = all.at(-1);
    return last === undefined || last.length + key.length > maxLine
      ? [...all, key]
      : [...all.slice(0, -1), `${last} ${key}`];
  }, []);
  const what = `residents ${plan.format} ${String(persons)}`;
  return [[what, plan.purpose], ...lines.map((line) => [`${what} columns`, line] as const)];
}
const maxLine = 190;
