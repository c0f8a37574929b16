import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { field, isoDateSchema, recordIdSchema, textSchema } from '../register/schemas.ts';
import { readField } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';

export const taskResults = ['stays', 'departed', 'double', 'other'] as const;
export type TaskResult = (typeof taskResults)[number];

/** The name a list may have in a task. */
export const maxListName = 100;

/** Fields of a follow-up about a person, not about money: somebody the register has and a list has not. */
export const personTaskFields = {
  /** Whom to look into, and the list that did not have him on that day. */
  lookInto: field(
    'review',
    'core',
    z.object({ resident: recordIdSchema, list: textSchema(maxListName), day: isoDateSchema }),
  ),
  lookedInto: field(
    'review',
    'core',
    z.object({ day: isoDateSchema, result: z.enum(taskResults), note: textSchema(500) }),
  ),
};

export type PersonTask = {
  readonly id: string;
  readonly resident: string;
  readonly list: string;
  readonly day: IsoDate;
  readonly closed: { readonly day: IsoDate; readonly result: TaskResult; readonly note: string } | null;
};

/** Typed view of a follow-up; undefined where it is not about a person, or has not arrived. Hidden ones are left out before. */
export function findPersonTask(id: string, values: FieldValues): PersonTask | undefined {
  const given = readField(values, 'lookInto', personTaskFields.lookInto);
  if (given === undefined) return undefined;
  return { id, ...given, closed: readField(values, 'lookedInto', personTaskFields.lookedInto) ?? null };
}

/** Open tasks, the oldest list first. */
export const openTasks = (tasks: readonly PersonTask[]): readonly PersonTask[] =>
  tasks
    .filter(({ closed }) => closed === null)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : 1));
