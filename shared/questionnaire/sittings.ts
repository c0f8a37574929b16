import { ageOn, parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { fieldOfGiven, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues, Value } from '../records/record.ts';
import {
  answerField,
  currentQuestionnaireVersion,
  returnIntake,
  startedOn,
  type IntakePerson,
} from './return-intake.ts';

/** One day on which somebody held the interview, after the first: the opening questions were asked again. */
export type Sitting = { readonly day: IsoDate; readonly user: string };

/** Field id of a sitting: one a day and member of staff, so that two laptops never write over each other. */
export const sittingField = (day: IsoDate, user: string): string => `sitting.${day}.${user}`;

/** Oldest first; of one day by user. */
export function sittingsOf(values: FieldValues): readonly Sitting[] {
  return readFields(values, 'sitting', returnIntake.fields.sitting).flatMap(([id]) => {
    const day = parseIsoDate(id.slice(0, 10));
    return day === undefined ? [] : [{ day, user: id.slice(11) }];
  });
}

/**
 * The day that ages and rules are judged by, on the screens and when the interview is recorded: that of the latest
 * sitting, else the day it began. Midnight in the middle of an interview changes nothing.
 */
export const interviewDay = (values: FieldValues): IsoDate | undefined =>
  sittingsOf(values).at(-1)?.day ?? startedOn(values);

/**
 * Why the opening questions have to be asked again (return-intake.md §16): another day, or another member of staff than
 * the one who last asked them; null while neither. `user` is who wants to go on.
 */
export function whyAskAgain(values: FieldValues, day: IsoDate, user: string): 'new-day' | 'other-interviewer' | null {
  const sittings = sittingsOf(values);
  const lastDay = interviewDay(values);
  if (lastDay === undefined || lastDay < day) return 'new-day';
  const begunBy = readField(values, answerField('caseworker_id', null), returnIntake.fields.answer);
  const known =
    sittings.length === 0 ? [begunBy] : sittings.filter((one) => one.day === lastDay).map((one) => one.user);
  return known.includes(user) ? null : 'other-interviewer';
}

const openingKeys = ['language', 'language_other', 'interpreter', 'others_present', 'private_setting'] as const;

/** What is kept when the opening questions were asked again: who asks now, and the answers as they stood then. */
export function sittingEdits(
  values: FieldValues,
  day: IsoDate,
  user: string,
): readonly (readonly [field: string, value: Value])[] {
  const answers = openingKeys.flatMap((key) => {
    const value = values[answerField(key, null)];
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  return [
    [sittingField(day, user), Object.fromEntries(answers)],
    [answerField('caseworker_id', null), user],
  ];
}

/** Rows of a matrix in a fixed order: they may come back from a store in another one. */
const textOf = (value: Value): string =>
  JSON.stringify(
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
      : value,
  );

/** What a device has shown of a draft: the version of the app, the day it counted by, answers by field. */
export type SeenIntake = {
  readonly version: number;
  readonly day: string;
  readonly answers: Readonly<Record<string, Value>>;
};

export type ResumeChange =
  | { readonly type: 'answer'; readonly key: string; readonly person: string | null; readonly taken: boolean }
  | { readonly type: 'questionnaire'; readonly newest: number }
  | { readonly type: 'came-of-age'; readonly person: string };

/**
 * The answers of a draft by field, for `changesSince`. Of an answer that stays on another device only that it was given
 * is known here; where the answer itself is, that says nothing more.
 */
export const answerFields = (values: FieldValues): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(values).filter(([field, value]) => {
      const about = fieldOfGiven(field);
      const isTold = about === undefined || (value === true && (values[about] ?? null) === null);
      return field.startsWith('answer.') && isTold;
    }),
  );

/**
 * What is different from what this device has shown before: answers given, changed or taken back elsewhere (`taken`), a
 * newer questionnaire, and who turned 18. Fields are sorted; who asks and where is left out, the screen says it already.
 */
export function changesSince(
  seen: SeenIntake,
  values: FieldValues,
  day: IsoDate,
  persons: readonly IntakePerson[],
  newest: number = currentQuestionnaireVersion,
): readonly ResumeChange[] {
  const now = answerFields(values);
  const fields = [...new Set([...Object.keys(seen.answers), ...Object.keys(now)])].sort();
  const answers = fields.flatMap((field): ResumeChange[] => {
    if (textOf(seen.answers[field] ?? null) === textOf(now[field] ?? null)) return [];
    const [, key = '', person = null] = (fieldOfGiven(field) ?? field).split('.');
    return key === 'caseworker_id' ? [] : [{ type: 'answer', key, person, taken: (now[field] ?? null) === null }];
  });
  const before = parseIsoDate(seen.day);
  const grown = persons.filter(
    ({ birthDate }) =>
      birthDate !== null && before !== undefined && ageOn(birthDate, before) < 18 && ageOn(birthDate, day) >= 18,
  );
  return [
    ...(newest > seen.version ? [{ type: 'questionnaire' as const, newest }] : []),
    ...grown.map(({ id }) => ({ type: 'came-of-age' as const, person: id })),
    ...answers,
  ];
}
