import type { Answers } from '../../../shared/questionnaire/answers.ts';
import type { Evaluation, VisibleQuestion } from '../../../shared/questionnaire/conditions.ts';
import { isAnswered } from '../../../shared/questionnaire/questionnaire.ts';
import type { Text } from '../../../shared/questionnaire/questionnaire-schema.ts';
import type { Intake } from './intake.ts';

/** After the last question. */
export const endOfQuestions = 'end';

/**
 * What one person is asked on the screen that is turned to them: their own questions, and for the main person those of
 * the interview as a whole. Nothing of the staff, of a closed gate, or of somebody else.
 */
export function residentQuestions(
  evaluation: Evaluation,
  answers: Answers,
  person: string,
): readonly VisibleQuestion[] {
  const isMain = answers.persons[0]?.id === person;
  return evaluation.visible.filter(
    (shown) =>
      shown.question.by === 'resident' &&
      shown.question.type !== 'calc' &&
      !shown.postponed &&
      (shown.person === person || (shown.person === null && isMain)),
  );
}

/** Where the laptop is turned: the first of their questions that is still open, else the first. */
export function firstForResident({ evaluation, answers, questionnaire }: Intake, person: string): string {
  const questions = residentQuestions(evaluation, answers, person);
  const open = questions.find(
    ({ key, person: of, question }) => !isAnswered(questionnaire.file, question, evaluation.answerTo(key, of)),
  );
  return open?.key ?? questions[0]?.key ?? endOfQuestions;
}

/** The statement that belongs to a question: what the resident agrees to is in front of them when they answer. */
export function statementFor({ questionnaire, evaluation }: Intake, key: string): Text | undefined {
  const { participation, voluntary } = questionnaire.file.statements;
  if (key === 'consent_participate') return participation;
  if (key === 'free_choice') return voluntary;
  if (key !== 'sign_resident') return undefined;
  return evaluation.answerTo('intention') === 'return_permanent' ? voluntary : participation;
}
