import * as z from 'zod';
import { invariant } from '../kernel/assert.ts';
import { firstDayOf, parseIsoDate, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import confirmed from './confirmed-until.json' with { type: 'json' };
import from2022April from './parameters/2022-04.json' with { type: 'json' };
import from2022December from './parameters/2022-12.json' with { type: 'json' };
import from2023February from './parameters/2023-02.json' with { type: 'json' };
import from2023October from './parameters/2023-10.json' with { type: 'json' };
import from2024July from './parameters/2024-07.json' with { type: 'json' };
import from2025January from './parameters/2025-01.json' with { type: 'json' };
import from2025October from './parameters/2025-10.json' with { type: 'json' };
import { parameterFileSchema, type ParameterName, type ParameterRow } from './parameter-row.ts';

export type { Confidence, ParameterName, ParameterRow } from './parameter-row.ts';

/** After `confirmedUntil` the open rows go on, with a warning. */
export type ContributionParameters = {
  readonly month: IsoMonth;
  readonly rows: Readonly<Partial<Record<ParameterName, ParameterRow>>>;
  readonly confirmedUntil: IsoDate;
};

const files: Readonly<Record<string, unknown>> = {
  '2022-04': from2022April,
  '2022-12': from2022December,
  '2023-02': from2023February,
  '2023-10': from2023October,
  '2024-07': from2024July,
  '2025-01': from2025January,
  '2025-10': from2025October,
};

/** Rows of dated files, oldest first. A wrong file is a bug: it throws, and the message names the file and the row. */
export function loadParameterFiles(sources: Readonly<Record<string, unknown>>): readonly ParameterRow[] {
  const rows = Object.entries(sources).flatMap(([name, source]) => {
    const parsed = parameterFileSchema.safeParse(source);
    invariant(parsed.success, `parameters/${name}.json: ${parsed.error ? z.prettifyError(parsed.error) : ''}`);
    invariant(parsed.data.from === `${name}-01`, `parameters/${name}.json begins on ${parsed.data.from}`);
    return parsed.data.rows;
  });
  rows.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const latest = new Map<ParameterName, ParameterRow>();
  for (const row of rows) {
    const earlier = latest.get(row.param);
    const apart = earlier === undefined || (earlier.from < row.from && (earlier.to ?? '') < row.from);
    invariant(apart, `parameters/${row.from.slice(0, 7)}.json: ${row.param} overlaps an earlier row`);
    latest.set(row.param, row);
  }
  return rows;
}

const allRows = loadParameterFiles(files);
const confirmedUntil = parseIsoDate(confirmed.confirmedUntil);

const checkedLater = new WeakMap<ContributionParameters, Map<IsoDate, ContributionParameters>>();

/** The same rows, checked until `checkedOn` when a municipality looked at them later than this version did. */
export function checkedUntil(parameters: ContributionParameters, checkedOn: IsoDate | null): ContributionParameters {
  if (checkedOn === null || checkedOn <= parameters.confirmedUntil) return parameters;
  const known = checkedLater.get(parameters) ?? new Map<IsoDate, ContributionParameters>();
  checkedLater.set(parameters, known);
  const checked = known.get(checkedOn) ?? { ...parameters, confirmedUntil: checkedOn };
  known.set(checkedOn, checked);
  return checked;
}

export type NoParametersError = { readonly type: 'no-parameters'; readonly month: IsoMonth };

/**
 * National rows in force on the first day of `month`, read from the dated files; `no-parameters` before 2022-04.
 * A row without an end holds until a later file brings a new one: a released file is never edited.
 */
export function parametersFor(month: IsoMonth): Result<ContributionParameters, NoParametersError> {
  const known = byMonth.get(month);
  if (known !== undefined) return known;
  const found = findParameters(month);
  byMonth.set(month, found);
  return found;
}

// The same month is the same object: what the rules say in it is worked out once for all households.
const byMonth = new Map<IsoMonth, Result<ContributionParameters, NoParametersError>>();

function findParameters(month: IsoMonth): Result<ContributionParameters, NoParametersError> {
  invariant(confirmedUntil !== undefined, 'confirmed-until.json has no day');
  const day = firstDayOf(month);
  const rows: Partial<Record<ParameterName, ParameterRow>> = {};
  for (const row of allRows) {
    if (row.from <= day) rows[row.param] = row;
  }
  for (const row of Object.values(rows)) {
    if (row.to !== null && row.to < day) delete rows[row.param];
  }
  if (Object.keys(rows).length === 0) return err({ type: 'no-parameters', month });
  return ok({ month, rows, confirmedUntil });
}
