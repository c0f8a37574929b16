import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { maxListName } from '../../../shared/follow-up/person-task.ts';
import type { SaveRequest } from '../../services.tsx';
import type { ImportSaves } from './import-saves.ts';

/** What happens to people who are not in the list: the same for all, and the other for those in `others`. */
export type GoneChoice = {
  readonly all: 'take' | 'skip';
  readonly others: ReadonlySet<string>;
  readonly list: string;
};

export const goneHappens = ({ all, others }: GoneChoice, id: string): 'take' | 'skip' =>
  others.has(id) === (all === 'take') ? 'skip' : 'take';

export const flipped = (choice: GoneChoice, id: string): GoneChoice => {
  const others = new Set(choice.others);
  if (!others.delete(id)) others.add(id);
  return { ...choice, others };
};

/** The name of a file as the name of a list: without what a computer adds to it. */
export const listNameOf = (file: string): string => file.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, maxListName);

type TaskOptions = {
  readonly list: string;
  readonly today: IsoDate;
  readonly newId: () => string;
  readonly siteOf: (resident: string) => string | null;
};

/** The saves of an import with a task for each of these people after them. Nothing of the people themselves changes. */
export function withTasks(saves: ImportSaves, residents: readonly string[], options: TaskOptions): ImportSaves {
  const { list, today, newId, siteOf } = options;
  return {
    ...saves,
    tasks: residents.length,
    saves: function* () {
      yield* saves.saves();
      for (const resident of residents) {
        const values = { placement: { site: siteOf(resident) }, lookInto: { resident, list, day: today } };
        const edits = Object.entries(values).map(([field, value]) => ({ field, value, base: [] }));
        const ref = { kind: 'followUp', id: newId() } as const;
        const request: SaveRequest = { records: [{ ref, edits }], action: 'import', purpose: null };
        yield { lines: 0, tasks: 1, request };
      }
    },
  };
}
