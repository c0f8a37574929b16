import type { Answers, AnswerValue, QuestionRef } from './answers.ts';
import { evaluate, holds, personsFor, type Evaluation, type VisibleQuestion } from './conditions.ts';
import { isAnswered, isAsked, type Questionnaire } from './questionnaire.ts';
import { sectionsOf, type Condition, type QuestionnaireFile, type Section, type Text } from './questionnaire-schema.ts';

export type TaskStatus = 'not-started' | 'busy' | 'ready' | 'cannot-start';

/** One line of the task list: a section, for one person where it repeats. Counts are of questions somebody answers. */
export type Task = {
  readonly section: string;
  readonly person: string | null;
  readonly title: Text;
  /** After the intake itself: residence scenarios, profession and language. Not needed to finalise. */
  readonly module: boolean;
  readonly status: TaskStatus;
  readonly asked: number;
  readonly answered: number;
  /** Still needed to finalise. */
  readonly missing: number;
};

/**
 * The sections that have something to ask, in order. A section behind a gate that is still undecided, or postponed,
 * cannot start yet; one that the answers have ruled out is left out.
 */
export function taskList(questionnaire: Questionnaire, answers: Answers): readonly Task[] {
  const { file } = questionnaire;
  const evaluation = evaluate(file, answers);
  return sectionsOf(file).flatMap((section) => {
    const module = file.modules.includes(section);
    const line = { section: section.key, title: section.title, module };
    if (isUndecided(file, section, evaluation)) {
      return [{ ...line, person: null, status: 'cannot-start' as const, asked: 0, answered: 0, missing: 0 }];
    }
    return personsFor(section, answers).flatMap((person) => {
      const questions = evaluation.visible.filter(
        (question) => question.section === section.key && question.person === person && isAsked(question),
      );
      return questions.length === 0 ? [] : [{ ...line, person, ...progress(file, questions, evaluation) }];
    });
  });
}

/** A hiding gate is closed, and may still open: a question it depends on has no answer yet. */
function isUndecided(file: QuestionnaireFile, section: Section, evaluation: Evaluation): boolean {
  return file.gates
    .filter(
      ({ id, effect, sections }) =>
        effect === 'hide' && sections.includes(section.key) && !evaluation.openGates.has(id),
    )
    .some(({ openWhen }) => questionsIn(openWhen).some((key) => evaluation.answerTo(key) === undefined));
}

function questionsIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(questionsIn);
  if ('any' in condition) return condition.any.flatMap(questionsIn);
  if ('not' in condition) return questionsIn(condition.not);
  return 'fact' in condition ? [] : [condition.q];
}

function progress(
  file: QuestionnaireFile,
  questions: readonly VisibleQuestion[],
  evaluation: Evaluation,
): Pick<Task, 'status' | 'asked' | 'answered' | 'missing'> {
  const answer = ({ key, person }: VisibleQuestion): AnswerValue | undefined => evaluation.answerTo(key, person);
  const begun = questions.some((question) => answer(question) !== undefined);
  const answered = questions.filter((question) => isAnswered(file, question.question, answer(question))).length;
  const missing = questions.filter(
    ({ question, ...ref }) =>
      question.required !== 'optional' && !isAnswered(file, question, evaluation.answerTo(ref.key, ref.person)),
  ).length;
  const counts = { asked: questions.length, answered, missing };
  if (missing === 0 && begun) return { ...counts, status: 'ready' };
  if (questions.some(({ postponed }) => postponed)) return { ...counts, status: 'cannot-start' };
  return { ...counts, status: begun ? 'busy' : 'not-started' };
}

/** The questions that can be asked now, in order: visible, not postponed, answered by a person. */
function askable(questionnaire: Questionnaire, answers: Answers): readonly VisibleQuestion[] {
  return evaluate(questionnaire.file, answers).visible.filter((question) => isAsked(question) && !question.postponed);
}

const toRef = ({ key, section, person }: QuestionRef): QuestionRef => ({ key, section, person });

/** Where to begin or resume: the first question without an answer, of one section (and person) if given; undefined when none is left. */
export function firstUnanswered(
  questionnaire: Questionnaire,
  answers: Answers,
  within?: { readonly section: string; readonly person: string | null },
): QuestionRef | undefined {
  const { answerTo } = evaluate(questionnaire.file, answers);
  const found = askable(questionnaire, answers).find(
    ({ key, section, person, question }) =>
      (within === undefined || (section === within.section && person === within.person)) &&
      !isAnswered(questionnaire.file, question, answerTo(key, person)),
  );
  return found === undefined ? undefined : toRef(found);
}

/** Gates that stay closed now, by id: what a banner explains (§14, rules 2 and 3). */
export function closedGates(questionnaire: Questionnaire, answers: Answers): readonly string[] {
  const { answerTo } = evaluate(questionnaire.file, answers);
  const scope = { answerTo: (key: string) => answerTo(key), fact: (key: string) => answers.facts[key] };
  return questionnaire.file.gates.filter(({ openWhen }) => !holds(openWhen, scope)).map(({ id }) => id);
}
