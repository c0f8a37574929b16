import { findAnswer } from '../../../shared/questionnaire/answers.ts';
import { isAsked } from '../../../shared/questionnaire/questionnaire.ts';
import { answerField } from '../../../shared/questionnaire/return-intake.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';
import type { Intake } from './intake.ts';
import { shownBase } from './use-answers.ts';

/** The main person's answers of a section as answers of another person; empty when there is nothing new to copy. */
export function copyFromMain({ id, answers, evaluation }: Intake, section: string, person: string): readonly Edit[] {
  const main = answers.persons[0]?.id;
  if (main === undefined || main === person) return [];
  return evaluation.visible
    .filter((shown) => shown.section === section && shown.person === main && isAsked(shown))
    .flatMap(({ key }): Edit[] => {
      const value = evaluation.answerTo(key, main);
      if (value === undefined) return [];
      if (JSON.stringify(findAnswer(answers, key, person)) === JSON.stringify(value)) return [];
      const field = answerField(key, person);
      return [{ field, value: value, base: shownBase({ kind: 'returnIntake', id }, field) }];
    });
}
