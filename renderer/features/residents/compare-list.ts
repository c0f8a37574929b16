import type { ColumnMapping } from '../../../shared/exchange/columns.ts';
import {
  makeListComparer,
  type Candidate,
  type LineOutcome,
  type ListDiff,
} from '../../../shared/exchange/list-diff.ts';
import {
  makeLineReader,
  type ImportCheck,
  type ImportedLine,
  type ImportOptions,
  type LineProblem,
} from '../../../shared/exchange/spreadsheet.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';
import { baseOf, valuesOf } from '../../../shared/sync/replica-record.ts';
import type { OpenError, Services } from '../../services.tsx';

export type Base = Edit['base'];
export type Outcome = LineOutcome<Base>;
export type ListCheck = {
  readonly check: ImportCheck;
  readonly diff: ListDiff<Base>;
  /** People of the register that could not be read: a line about one of them looks new. */
  readonly unreadable: number;
};

/** Lines between two turns of the screen. */
const sliceSize = 200;
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Checks every line, then holds the list against the register; null when `signal` stopped it. Writes nothing. */
export async function compareList(
  services: Pick<Services, 'scanResidents' | 'newId'>,
  rows: readonly (readonly string[])[],
  mapping: ColumnMapping,
  options: ImportOptions,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<ListCheck, OpenError> | null> {
  const readLine = makeLineReader(mapping, options);
  const comparer = makeListComparer<Base>({
    isGiven: (line, column) => (rows[line - 2]?.[mapping[column] ?? -1] ?? '').trim() !== '',
    freshKey: services.newId,
  });
  const lines: ImportedLine[] = [];
  const problems: LineProblem[] = [];
  for (const [at, cells] of rows.entries()) {
    const result = readLine(cells, at + 2);
    if (result?.ok === true) {
      lines.push(result.value);
      comparer.add(result.value);
    } else if (result !== undefined) problems.push(...result.error);
    if (at % sliceSize !== 0) continue;
    onProgress(at, rows.length * 2);
    await nextTurn();
    if (signal.aborted) return null;
  }
  const definition = definitionOf('resident');
  const scan = await services.scanResidents(
    'residents:import',
    (resident, record) =>
      comparer.visit({
        id: resident.id,
        values: valuesOf(record, definition).values,
        baseOf: (field) => baseOf(record, field, definition),
      }),
    (read, total) => onProgress(rows.length + (read / Math.max(1, total)) * rows.length, rows.length * 2),
    signal,
  );
  if (signal.aborted) return null;
  if (!scan.ok) return scan;
  return ok({ check: { lines, problems }, diff: comparer.finish(), unreadable: scan.value.unreadable });
}

/** What happens to a line: `same` names the person it is about. */
export type Choice = { readonly type: 'new' | 'skip' } | { readonly type: 'same'; readonly id: string };
export const outcomeTypes = ['new', 'changed', 'doubt', 'same'] as const;
export type OutcomeType = (typeof outcomeTypes)[number];
export type GroupChoices = Readonly<Record<OutcomeType, 'take' | 'skip'>>;
export const firstChoices: GroupChoices = { new: 'take', changed: 'take', doubt: 'skip', same: 'skip' };

/** The choice for a line of its own, or what its group says; what is in doubt is left out until somebody chooses. */
export function choiceFor(outcome: Outcome, groups: GroupChoices, own: Choice | undefined): Choice {
  if (own !== undefined) return own;
  if (groups[outcome.type] === 'skip' || outcome.type === 'same') return { type: 'skip' };
  return outcome.type === 'changed' ? { type: 'same', id: outcome.person.id } : { type: 'new' };
}

export const candidatesOf = (outcome: Outcome): readonly Candidate<Base>[] =>
  outcome.type === 'doubt' ? outcome.candidates : outcome.type === 'new' ? [] : [outcome.person];
