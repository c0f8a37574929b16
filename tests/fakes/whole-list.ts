import { makeImportPlanner } from '../../shared/exchange/import-plan.ts';
import type { PlannedSave, PlanOptions } from '../../shared/exchange/planned-save.ts';
import {
  makeLineReader,
  type ImportedLine,
  type ImportOptions,
  type LineProblem,
} from '../../shared/exchange/spreadsheet.ts';
import type { ColumnMapping } from '../../shared/exchange/columns.ts';

/** All rows of a list at once, where the app reads them in pieces; the first row is line 2 of the file. */
export function checkRows(rows: readonly (readonly string[])[], mapping: ColumnMapping, options: ImportOptions) {
  const readLine = makeLineReader(mapping, options);
  const lines: ImportedLine[] = [];
  const problems: LineProblem[] = [];
  rows.forEach((cells, at) => {
    const result = readLine(cells, at + 2);
    if (result === undefined) return;
    if (result.ok) lines.push(result.value);
    else problems.push(...result.error);
  });
  return { lines, problems };
}

/** All saves of a list at once, sites first. */
export function planImport(lines: readonly ImportedLine[], options: PlanOptions) {
  const { sites, households, plan, withoutBed } = makeImportPlanner(lines, options);
  const saves: readonly PlannedSave[] = [...(sites === null ? [] : [sites]), ...households.map(plan)];
  return { saves, withoutBed };
}
