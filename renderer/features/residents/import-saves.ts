import { makeImportPlanner } from '../../../shared/exchange/import-plan.ts';
import type { PlannedRecord, PlanOptions } from '../../../shared/exchange/planned-save.ts';
import type { ImportedLine } from '../../../shared/exchange/spreadsheet.ts';
import { staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import type { SaveRequest } from '../../services.tsx';
import { candidatesOf, type Choice, type ListCheck } from './compare-list.ts';

export type ImportSaves = {
  /** People that go in or change. */
  readonly count: number;
  readonly withoutBed: readonly number[];
  /** Tasks about people who are not in the list. */
  readonly tasks: number;
  /** The saves in order, made when their turn comes; `lines` of each counts towards `count`, `tasks` towards `tasks`. */
  readonly saves: () => Generator<{ readonly lines: number; readonly tasks: number; readonly request: SaveRequest }>;
};

const toRequest = (records: SaveRequest['records'] | readonly PlannedRecord[]): SaveRequest => ({
  records,
  action: 'import',
  purpose: null,
});

/** The saves of a compared list: changed people with what was seen of them, then new ones family by family. */
export function planSaves(
  { check, diff }: ListCheck,
  choiceOf: (at: number) => Choice,
  familyOf: (resident: string) => string | null,
  options: Omit<PlanOptions, 'familyOf'>,
): ImportSaves {
  const fresh: ImportedLine[] = [];
  const edits: SaveRequest[] = [];
  const families = new Map<string, string>();
  check.lines.forEach((line, at) => {
    const choice = choiceOf(at);
    if (choice.type === 'new') fresh.push(line);
    const outcome = diff.outcomes[at];
    const known = outcome === undefined ? [] : candidatesOf(outcome);
    if (choice.type === 'same') {
      const person = known.find(({ id }) => id === choice.id);
      const changes = person?.edits ?? [];
      if (changes.length > 0) edits.push(toRequest([{ ref: { kind: 'resident', id: choice.id }, edits: changes }]));
    }
    const isKnown = choice.type === 'same' || outcome?.type === 'same' || outcome?.type === 'changed';
    const family = isKnown && known[0] !== undefined ? familyOf(known[0].id) : null;
    if (line.household !== null && family !== null) families.set(line.household, family);
  });
  const planner = makeImportPlanner(fresh, { ...options, familyOf: (household) => families.get(household) });
  return {
    count: fresh.length + edits.length,
    withoutBed: planner.withoutBed,
    tasks: 0,
    saves: function* () {
      if (planner.sites !== null) yield { lines: 0, tasks: 0, request: toRequest(planner.sites.records) };
      for (const request of edits) yield { lines: 1, tasks: 0, request };
      for (const household of planner.households) {
        const { lines, records } = planner.plan(household);
        yield { lines, tasks: 0, request: toRequest(records) };
      }
    },
  };
}

/** Whether somebody is in a bed, without going through every stay for every line. */
export function takenBeds(stays: readonly BedStay[]): PlanOptions['isTaken'] {
  const byBed = new Map<string, BedStay[]>();
  for (const stay of stays) {
    const key = `${stay.site} ${stay.bed}`;
    const known = byBed.get(key);
    if (known === undefined) byBed.set(key, [stay]);
    else known.push(stay);
  }
  return (site, bed, from) => staysOn(byBed.get(`${site} ${bed}`) ?? [], from).length > 0;
}
