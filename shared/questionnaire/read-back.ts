import { codesOf, pnta, type Answers, type AnswerValue, type QuestionRef } from './answers.ts';
import { findCodeLabel } from './code-lists.ts';
import { evaluate } from './conditions.ts';
import { optionsOf, rowsOf, type Questionnaire } from './questionnaire.ts';
import { sectionsOf, type Option, type Question, type QuestionnaireFile, type Text } from './questionnaire-schema.ts';

/** An answer in words; days, numbers, typed text and references stay raw for the screen to format. */
export type AnswerWording =
  | { readonly kind: 'words'; readonly words: readonly Text[]; readonly ranked: boolean }
  | { readonly kind: 'rows'; readonly rows: readonly { readonly row: Text; readonly answer: Text | null }[] }
  | { readonly kind: 'date' | 'text' | 'ref' | 'signature'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number };

export type ReadBackLine = QuestionRef & {
  readonly by: Question['by'];
  readonly sectionTitle: Text;
  readonly label: Text;
  readonly answer: AnswerWording;
  readonly otherText: string | null;
};

/** Every visible answered question in the order of asking; hidden answers are left out. Texts behind 'other' by `otherTextsOf`. */
export function readBack(
  questionnaire: Questionnaire,
  answers: Answers,
  otherTexts: Readonly<Record<string, string>> = {},
): readonly ReadBackLine[] {
  const { file } = questionnaire;
  const { visible, answerTo } = evaluate(file, answers);
  const titles = new Map(sectionsOf(file).map(({ key, title }) => [key, title]));
  return visible.flatMap(({ key, section, person, question }) => {
    const value = answerTo(key, person);
    const sectionTitle = titles.get(section);
    if (value === undefined || sectionTitle === undefined) return [];
    const otherText = opensText(file, question, value)
      ? (otherTexts[person === null ? key : `${key}.${person}`] ?? null)
      : null;
    const answer = toWording(file, question, value);
    return [{ key, section, person, by: question.by, sectionTitle, label: question.label, answer, otherText }];
  });
}

/** Whether the chosen options ask for a text beside them. */
export function opensText(file: QuestionnaireFile, question: Question, value: AnswerValue | undefined): boolean {
  const chosen = typeof value === 'string' ? [value] : codesOf(value);
  return optionsOf(file, question).some((option) => option.opensText === true && chosen.includes(option.code));
}

/** The answer in the words of the questionnaire; a code of another version stays as it is. */
export function toWording(file: QuestionnaireFile, question: Question, value: AnswerValue): AnswerWording {
  if (value === pnta) return { kind: 'words', words: [file.reserved.pnta], ranked: false };
  if (typeof value === 'number') return { kind: 'number', value };
  const options = optionsOf(file, question);
  if (Array.isArray(value)) {
    const words = codesOf(value).map((code) => labelOf(options, code));
    return { kind: 'words', words, ranked: question.type === 'rank' };
  }
  if (typeof value === 'object') {
    const answered = value as Readonly<Record<string, string>>;
    const rows = rowsOf(file, question).map(({ code, label }) => {
      const answer = answered[code];
      return { row: label, answer: answer === undefined ? null : labelOf(options, answer) };
    });
    return { kind: 'rows', rows };
  }
  if (question.type === 'code') {
    const label = findCodeLabel(question.codeList, value);
    return label === undefined ? { kind: 'text', value } : { kind: 'words', words: [label], ranked: false };
  }
  if (question.type === 'date' || question.type === 'ref' || question.type === 'signature') {
    return { kind: question.type, value };
  }
  if (options.length === 0) return { kind: 'text', value };
  return { kind: 'words', words: [labelOf(options, value)], ranked: false };
}

const labelOf = (options: readonly Option[], code: string): Text =>
  options.find((option) => option.code === code)?.label ?? { nl: code, uk: code, en: code };
