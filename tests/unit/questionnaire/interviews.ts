import { isoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Answers, AnswerSheet, AnswerValue } from '../../../shared/questionnaire/answers.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import { evaluate } from '../../../shared/questionnaire/conditions.ts';
import { isAnswered, optionsOf, rowsOf, type Questionnaire } from '../../../shared/questionnaire/questionnaire.ts';
import type { Question, QuestionnaireFile } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { findQuestionnaire } from '../../../shared/questionnaire/return-intake.ts';

type Values = Readonly<Record<string, AnswerValue>>;
export type Person = AnswerSheet & { readonly id: string };

export const day: IsoDate = isoDate('2026-11-24');

export function shipped(): Questionnaire {
  const found = findQuestionnaire(1);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

const information = ['purpose', 'voluntary', 'no_effect', 'who_sees', 'storage', 'rights', 'stop', 'not_decision'];

/** An interview in private, with consent, with nothing special: everybody of §13 starts from here. */
export const opening: Values = {
  site_id: 'site-1',
  caseworker_id: 'u_0000000000000001',
  intake_reason: 'first_request',
  mode: 'in_person',
  language: 'uk',
  interpreter: 'none',
  others_present: ['nobody'],
  private_setting: 'yes',
  info_given: information,
  consent_participate: 'yes',
  consent_by: 'self',
  consent_method: 'screen',
  consent_health: 'yes',
  recontact_ok: 'yes',
  family_elsewhere: ['none'],
  urgent_risk: ['none'],
  outcome: 'info',
};

export const adult: Values = {
  person_role: 'main',
  nationality_group: 'ua',
  joins_return: 'no',
  residence_basis: 'rtb',
  proof_document: 'sticker',
  tp_uninterrupted: 'yes',
  open_procedures: ['none'],
  support_before: 'no',
};

export const traveller: Values = {
  ...adult,
  joins_return: 'yes',
  id_document: 'bio',
  special_situation: ['none'],
  treatment_now: 'none',
  fit_travel: 'yes',
};

export const returning: Values = {
  intention: 'return_permanent',
  visits_since: 'v0',
  horizon: 'm1_3',
  certainty: '5',
  dest_same: 'same',
  safety_discussed: 'yes',
  home_state: 'own_ok',
  landing_place: 'own',
  free_choice: 'yes',
  pressure_from: ['nobody'],
  staff_view: 'ok',
  capacity: 'ok',
  reflection: 'none',
  rebuild_interest: 'yes',
  plan_income: 'search',
  support_wanted: ['none'],
  transport: 'bus',
};

export function person(id: string, age: number, values: Values = adult): Person {
  return { id, facts: { 'person.age': age }, values };
}

export function interview(values: Values = {}, persons: readonly Person[] = [person('p1', 35)]): Answers {
  const minors = persons.filter(({ facts }) => (facts['person.age'] ?? 99) < 18).length;
  return { day, facts: { 'hh.minors': minors }, values: { ...opening, ...values }, persons };
}

/** The mildest valid answer to a question. */
export function sampleAnswer(file: QuestionnaireFile, question: Question): AnswerValue {
  const codes = optionsOf(file, question).map(({ code }) => code);
  const quiet = codes.find((code) => ['none', 'nobody', 'ok', 'agrees', 'both_here'].includes(code)) ?? codes[0] ?? '';
  switch (question.type) {
    case 'single':
      return quiet;
    case 'multi':
    case 'rank':
      return [quiet];
    case 'checklist':
      return codes;
    case 'matrix':
      return Object.fromEntries(rowsOf(file, question).map(({ code }) => [code, codes[0] ?? '']));
    case 'int':
      return question.min;
    case 'date':
      return day;
    case 'code':
      return findCodeList(question.codeList)?.entries[0]?.code ?? 'Ромни';
    default:
      return `${question.key}-1`;
  }
}

/** Answers every visible question that has no answer yet, until nothing new appears. */
export function fillIn(
  { file }: Questionnaire,
  answers: Answers,
  answer: (question: Question, person: string | null) => AnswerValue | undefined = (question) =>
    sampleAnswer(file, question),
): Answers {
  let filled = answers;
  for (;;) {
    const { visible, answerTo } = evaluate(file, filled);
    const open = visible.find(
      ({ question, key, person: of, postponed }) =>
        !postponed &&
        question.type !== 'calc' &&
        !isAnswered(file, question, answerTo(key, of)) &&
        answer(question, of) !== undefined,
    );
    if (open === undefined) return filled;
    filled = withAnswer(filled, open.key, open.person, answer(open.question, open.person) ?? '');
  }
}

export function withAnswer(answers: Answers, key: string, of: string | null, value: AnswerValue): Answers {
  if (of === null) return { ...answers, values: { ...answers.values, [key]: value } };
  const persons = answers.persons.map((one) =>
    one.id === of ? { ...one, values: { ...one.values, [key]: value } } : one,
  );
  return { ...answers, persons };
}

export function without(answers: Answers, ...keys: readonly string[]): Answers {
  const values = Object.fromEntries(Object.entries(answers.values).filter(([key]) => !keys.includes(key)));
  return { ...answers, values };
}
