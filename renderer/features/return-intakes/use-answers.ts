import { useCallback, useMemo, useRef, useState } from 'react';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { checkAnswer, checkOtherText, type AnswerError } from '../../../shared/questionnaire/answer-value.ts';
import { findAnswer, type AnswerValue } from '../../../shared/questionnaire/answers.ts';
import type { Question } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { needsAttention } from '../../../shared/questionnaire/finalised-intake.ts';
import { answerField, otherTextField } from '../../../shared/questionnaire/return-intake.ts';
import type { FieldValues, RecordRef, Value } from '../../../shared/records/record.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { findRecord, useWorkspace } from '../../stores/workspace-store.ts';
import { toIntake, type Intake } from './intake.ts';
import { noteSeen } from './seen-intake.ts';
import { useIntake, withUnsaved, type IntakeState } from './use-intake.ts';

/** What was typed and cannot be kept as it is: it stays on the screen with what is wrong. */
type Refused = { readonly value: AnswerValue | undefined; readonly error: AnswerError };
export type SavingState = 'idle' | 'saving' | 'saved' | 'failed';

export type AnswerSheet = {
  readonly saving: SavingState;
  readonly valueOf: (key: string, person: string | null) => AnswerValue | undefined;
  readonly errorOf: (key: string, person: string | null) => AnswerError | undefined;
  /** Keeps an answer at once; undefined takes it back. */
  readonly give: (question: Question, person: string | null, value: AnswerValue | undefined) => void;
  readonly giveText: (key: string, person: string | null, text: string) => void;
  /** Tries again after a failure. */
  readonly retry: () => void;
};

/** A draft whose answers are saved as they are given. Saves go one after the other; what fails stays on the screen. */
export function useAnswers(id: string): { readonly state: IntakeState; readonly sheet: AnswerSheet } {
  const services = useServices();
  const [unsaved, setUnsaved] = useState<FieldValues>({});
  const [refused, setRefused] = useState<ReadonlyMap<string, Refused>>(new Map());
  const [saving, setSaving] = useState<SavingState>('idle');
  const queue = useRef(new Map<string, Edit>());
  const isRunning = useRef(false);
  const state = useIntake(id, unsaved);
  const intake = state.state === 'ready' ? state.intake : undefined;
  const ref = useMemo<RecordRef>(() => ({ kind: 'returnIntake', id }), [id]);

  const flush = useCallback(async () => {
    if (isRunning.current) return;
    isRunning.current = true;
    setSaving('saving');
    while (queue.current.size > 0) {
      const edits = [...queue.current.values()];
      const outcome = await services.save({ records: [{ ref, edits }], action: 'edit', purpose: null });
      if (!outcome.ok) {
        addNotice({ tone: 'error', text: errorMessage(outcome.error) });
        isRunning.current = false;
        return setSaving('failed');
      }
      // What this laptop has written itself is no news when the interview is opened again.
      await noteSeen(services, id, edits);
      for (const edit of edits) {
        const waiting = queue.current.get(edit.field);
        if (waiting === edit) queue.current.delete(edit.field);
        // Given again meanwhile: it replaces what this page has just written itself.
        else if (waiting !== undefined) queue.current.set(edit.field, { ...waiting, base: shownBase(ref, edit.field) });
      }
      setUnsaved(Object.fromEntries([...queue.current.values()].map(({ field, value }) => [field, value])));
    }
    isRunning.current = false;
    setSaving('saved');
  }, [services, id, ref]);

  const keep = useCallback(
    (changes: readonly (readonly [field: string, value: Value])[]) => {
      for (const [field, value] of changes) {
        queue.current.set(field, { field, value, base: shownBase(ref, field) });
      }
      const waiting = Object.fromEntries([...queue.current.values()].map(({ field, value }) => [field, value]));
      const attention = attentionChange(ref, waiting, services.today());
      if (attention !== undefined) {
        const field = 'needsAttention';
        queue.current.set(field, { field, value: attention, base: shownBase(ref, field) });
      }
      setUnsaved((before) => ({ ...before, ...waiting }));
      void flush();
    },
    [flush, ref, services],
  );

  const sheet: AnswerSheet = {
    saving,
    valueOf: (key, person) => {
      const wrong = refused.get(answerField(key, person));
      if (wrong !== undefined) return wrong.value;
      return intake === undefined ? undefined : findAnswer(intake.answers, key, person);
    },
    errorOf: (key, person) => refused.get(answerField(key, person))?.error,
    give: (question, person, value) => {
      if (intake === undefined) return;
      const field = answerField(question.key, person);
      const checked =
        value === undefined ? null : checkAnswer(intake.questionnaire.file, question, value, services.today());
      const next = new Map(refused);
      if (checked !== null && !checked.ok) {
        setRefused(next.set(field, { value, error: checked.error }));
        return;
      }
      next.delete(field);
      setRefused(next);
      const answer = checked === null ? null : copyOf(checked.value);
      keep([[field, answer], ...alongWith(intake, question.key, answer)]);
    },
    giveText: (key, person, text) => {
      const checked = checkOtherText(text);
      if (checked.ok) keep([[otherTextField(key, person), checked.value === '' ? null : checked.value]]);
    },
    retry: () => void flush(),
  };
  return { state, sheet };
}

/** The new value of the one sign that leaves the device for all answers that stay on it; undefined while it is right. */
function attentionChange(ref: RecordRef, waiting: FieldValues, today: IsoDate): boolean | undefined {
  const { records, residents } = useWorkspace.getState();
  const record = findRecord(records, ref);
  const after = record && toIntake(ref.id, withUnsaved(record, waiting), residents, today);
  if (after === undefined) return undefined;
  const wanted = needsAttention(after.questionnaire, after.answers);
  return wanted === after.needsAttention ? undefined : wanted;
}

/** What is on the screen is the newest version this device has: a page follows the workspace. */
export function shownBase(ref: RecordRef, field: string): Edit['base'] {
  const record = findRecord(useWorkspace.getState().records, ref);
  return record === undefined ? [] : baseOf(record, field, definitionOf(ref.kind), ruleOfRecord(record));
}

const copyOf = (value: AnswerValue): Value =>
  typeof value === 'object' && !Array.isArray(value)
    ? { ...(value as Readonly<Record<string, string>>) }
    : (value as Value);

/** "Back to the same place" fills in that place where nothing was answered yet (return-intake.md §13). */
function alongWith({ answers }: Intake, key: string, value: Value): readonly (readonly [string, Value])[] {
  if (key !== 'dest_same' || value !== 'same') return [];
  const pairs = [
    ['dest_oblast', 'origin_oblast'],
    ['dest_hromada', 'origin_hromada'],
  ] as const;
  return pairs.flatMap(([to, from]) => {
    const origin = findAnswer(answers, from, null);
    const isFree = findAnswer(answers, to, null) === undefined;
    return typeof origin === 'string' && origin !== 'pnta' && isFree ? [[answerField(to, null), origin] as const] : [];
  });
}
