import type { AnswerValue } from '../../../shared/questionnaire/answers.ts';
import { pnta } from '../../../shared/questionnaire/answers.ts';
import { optionsOf } from '../../../shared/questionnaire/questionnaire.ts';
import type { Question, QuestionnaireFile } from '../../../shared/questionnaire/questionnaire-schema.ts';
import type { Language } from '../../i18n/i18n.ts';

export type InputProps = {
  readonly file: QuestionnaireFile;
  readonly question: Question;
  readonly value: AnswerValue | undefined;
  /** Of the one who answers; the screen of the staff keeps its own. */
  readonly language: Language;
  /** Called with every complete answer; it is kept at once. Undefined takes the answer back. */
  readonly onAnswer: (value: AnswerValue | undefined) => void;
  readonly error: string | undefined;
};

export const inputId = (question: Question): string => `question-${question.key}`;

/** The answers of a question in its order; "prefers not to say" is the last, with the same weight as the others. */
export function answersWithPnta(
  file: QuestionnaireFile,
  question: Question,
  language: Language,
): readonly { readonly code: string; readonly label: string }[] {
  const answers = optionsOf(file, question).map(({ code, label }) => ({ code, label: label[language] }));
  return question.pnta ? [...answers, { code: pnta, label: file.reserved.pnta[language] }] : answers;
}
