import { parseIsoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { pnta, type AnswerValue } from '../../../shared/questionnaire/answers.ts';
import { findCodeLabel } from '../../../shared/questionnaire/code-lists.ts';
import type { AnswerWording } from '../../../shared/questionnaire/read-back.ts';
import { finalisedIntake, type FinalisedIntake } from '../../../shared/questionnaire/finalised-intake.ts';
import { setsOf } from '../../../shared/questionnaire/questionnaire-checks.ts';
import { findQuestion } from '../../../shared/questionnaire/questionnaire.ts';
import { sectionsOf, type QuestionnaireFile } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { findQuestionnaire } from '../../../shared/questionnaire/return-intake.ts';
import { readField } from '../../../shared/records/field-rule.ts';
import type { Language } from '../../i18n/i18n.ts';
import { valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { recordsOfKind } from '../../stores/workspace-store.ts';

/** `health` and `onlyHere` are absent on a device that may not have them. */
export type Frozen = Pick<FinalisedIntake, 'intake'> &
  Partial<Pick<FinalisedIntake, 'health' | 'onlyHere'>> & { readonly id: string; readonly day: IsoDate };

export function toFrozen(record: ReplicaRecord): Frozen | undefined {
  const { values } = valuesOf(record, finalisedIntake);
  const { fields } = finalisedIntake;
  const intake = readField(values, 'intake', fields.intake);
  const day = intake === undefined ? undefined : parseIsoDate(intake.day);
  if (intake === undefined || day === undefined) return undefined;
  const health = readField(values, 'health', fields.health);
  const onlyHere = readField(values, 'onlyHere', fields.onlyHere);
  return {
    id: record.id,
    day,
    intake,
    ...(health === undefined ? {} : { health }),
    ...(onlyHere === undefined ? {} : { onlyHere }),
  };
}

export const finalisedIntakes = (records: ReadonlyMap<string, ReplicaRecord>): readonly Frozen[] =>
  recordsOfKind(records, 'finalisedIntake').flatMap((record) => toFrozen(record) ?? []);

type FrozenLine = {
  readonly key: string;
  readonly person: string | null;
  readonly section: string;
  readonly label: string;
  readonly answer: AnswerWording;
  readonly otherText: string | null;
  readonly staysHere: boolean;
};

/**
 * Every answer in the words it was asked in. The questionnaire of that time gives only the order and the headings; where
 * this version of the app has it no more, the answers stand in the order they were kept.
 */
export function frozenLines(frozen: Frozen, language: Language): readonly FrozenLine[] {
  const found = findQuestionnaire(frozen.intake.questionnaire.version);
  const file = found.ok ? found.value.file : undefined;
  const parts = [frozen.intake, frozen.health, frozen.onlyHere];
  const lines = parts.flatMap((part) => {
    const wording = part?.wording[language];
    if (part === undefined || wording === undefined) return [];
    const sheets = [{ id: null, answers: part.answers }, ...part.persons];
    return sheets.flatMap(({ id, answers }) =>
      Object.entries(answers).map(([key, value]): FrozenLine => {
        const words = { ...wording, pnta: frozen.intake.statements[language]?.['pnta'] ?? pnta };
        const field = id === null ? key : `${key}.${id}`;
        return {
          key,
          person: id,
          section: titleOf(file, key, language),
          label: wording.questions[key] ?? key,
          answer: frozenWording(file, key, value, words, language),
          otherText: frozen.onlyHere?.otherTexts[field] ?? null,
          staysHere: part === frozen.onlyHere,
        };
      }),
    );
  });
  return file === undefined ? lines : inOrder(lines, file, frozen);
}

function inOrder(lines: readonly FrozenLine[], file: QuestionnaireFile, { intake }: Frozen): readonly FrozenLine[] {
  const keys = sectionsOf(file).flatMap((section, at) => section.questions.map(({ key }) => [key, at] as const));
  const section = new Map(keys);
  const place = new Map(keys.map(([key], at) => [key, at]));
  const persons = intake.persons.map(({ id }) => id);
  const personAt = ({ person }: FrozenLine) => (person === null ? -1 : persons.indexOf(person));
  return lines.toSorted(
    (a, b) =>
      (section.get(a.key) ?? 0) - (section.get(b.key) ?? 0) ||
      personAt(a) - personAt(b) ||
      (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0),
  );
}

const titleOf = (file: QuestionnaireFile | undefined, key: string, language: Language): string =>
  file === undefined
    ? ''
    : (sectionsOf(file).find(({ questions }) => questions.some((question) => question.key === key))?.title[language] ??
      '');

type KeptWords = {
  readonly optionSets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly pnta: string;
};

function frozenWording(
  file: QuestionnaireFile | undefined,
  key: string,
  value: AnswerValue,
  words: KeptWords,
  language: Language,
): AnswerWording {
  const same = (text: string) => ({ nl: text, uk: text, en: text });
  const question = file === undefined ? undefined : findQuestion(file, key);
  const sets = question === undefined ? Object.keys(words.optionSets) : setsOf(question);
  const say = (code: string) =>
    same(sets.map((set) => words.optionSets[set]?.[code]).find((label) => label !== undefined) ?? code);
  if (value === pnta) return { kind: 'words', words: [same(words.pnta)], ranked: false };
  if (typeof value === 'number') return { kind: 'number', value };
  if (Array.isArray(value)) {
    return { kind: 'words', words: (value as readonly string[]).map(say), ranked: question?.type === 'rank' };
  }
  if (typeof value === 'object') {
    const rows = Object.entries(value as Readonly<Record<string, string>>);
    return { kind: 'rows', rows: rows.map(([row, code]) => ({ row: say(row), answer: say(code) })) };
  }
  if (typeof value !== 'string') return { kind: 'text', value: '' };
  if (question?.type === 'date' || question?.type === 'ref' || question?.type === 'signature') {
    return { kind: question.type, value };
  }
  if (question?.type === 'code') {
    const label = findCodeLabel(question.codeList, value)?.[language];
    return label === undefined ? { kind: 'text', value } : { kind: 'words', words: [same(label)], ranked: false };
  }
  return sets.length === 0 ? { kind: 'text', value } : { kind: 'words', words: [say(value)], ranked: false };
}
