import type { IsoDate } from '../kernel/dates.ts';

/** A code (`pnta` = prefers not to say), text, number or ISO date; codes (in order for `rank`); a code per row for `matrix`. */
export type AnswerValue = string | number | readonly string[] | Readonly<Record<string, string>>;

export type AnswerSheet = {
  readonly values: Readonly<Record<string, AnswerValue>>;
  readonly facts: Readonly<Record<string, number>>;
};

/** `facts` as the questionnaire names them ('hh.minors'; per person 'person.age'). */
export type Answers = AnswerSheet & {
  readonly day: IsoDate;
  readonly persons: readonly (AnswerSheet & { readonly id: string })[];
};

/** `person` is null outside sections that repeat per person. */
export type QuestionRef = { readonly key: string; readonly section: string; readonly person: string | null };

/** The reserved answer 'prefers not to say'; it is in no option set. */
export const pnta = 'pnta';

/** Rows and codes without content are no answer: an emptied field reads as never answered. */
export function isEmptyAnswer(value: AnswerValue | undefined): boolean {
  if (value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The stored answer to one question, whether it is visible or not. */
export function findAnswer(answers: Answers, key: string, person: string | null): AnswerValue | undefined {
  const sheet = person === null ? answers : answers.persons.find(({ id }) => id === person);
  if (sheet === undefined || !Object.hasOwn(sheet.values, key)) return undefined;
  const value = sheet.values[key];
  return isEmptyAnswer(value) ? undefined : value;
}

/** The codes of a several-choice answer; empty for `pnta`, text and numbers. */
export function codesOf(value: AnswerValue | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
