import type { IsoDate } from '../kernel/dates.ts';
import { readField, readFields } from '../records/field-rule.ts';
import type { FieldValues, Value } from '../records/record.ts';
import type { AnswerValue } from './answers.ts';
import { returnIntake } from './return-intake.ts';

/** A party that was given the interview and has to be asked to remove it; `doneOn` is the day it was told. */
export type Recall = { readonly recipient: string; readonly askedOn: string; readonly doneOn: string | null };

/** Parties with a yes in the answer `share`, by code, sorted. Unanswered is no. */
export function sharedWith(share: AnswerValue | undefined): readonly string[] {
  if (typeof share !== 'object' || Array.isArray(share)) return [];
  return Object.entries(share)
    .filter(([, answer]) => answer === 'yes')
    .map(([recipient]) => recipient)
    .sort();
}

/**
 * Consent taken back (return-intake.md §8): every answer and typed text is emptied, the record keeps who it was about,
 * where, the day and by whom, and a recall stands for each party that was served. Nothing else may be sent after it.
 */
export function withdrawalEdits(
  values: FieldValues,
  day: IsoDate,
  user: string,
  served: readonly string[],
): readonly (readonly [field: string, value: Value])[] {
  const emptied = Object.keys(values).filter(
    (field) => field.startsWith('answer.') || field.startsWith('otherText.') || field === 'needsAttention',
  );
  return [
    ['status', 'withdrawn'],
    ['withdrawal', { on: day, by: user }],
    ...served.map((recipient) => [`recall.${recipient}`, { askedOn: day, doneOn: null }] as const),
    ...emptied.map((field) => [field, null] as const),
  ];
}

export type Withdrawal = {
  readonly on: string | null;
  readonly by: string | null;
  readonly recalls: readonly Recall[];
};

/**
 * The withdrawal of an interview; undefined while consent stands. Where one laptop withdrew and another went on, it
 * counts as withdrawn until a person has chosen: `status` shows the most careful value.
 */
export function findWithdrawal(values: FieldValues): Withdrawal | undefined {
  const { fields } = returnIntake;
  if (readField(values, 'status', fields.status) !== 'withdrawn') return undefined;
  const withdrawal = readField(values, 'withdrawal', fields.withdrawal);
  return {
    on: withdrawal?.on ?? null,
    by: withdrawal?.by ?? null,
    recalls: readFields(values, 'recall', fields.recall).map(([recipient, recall]) => ({ recipient, ...recall })),
  };
}
