import { err, ok, type Result } from '../kernel/result.ts';
import { codesOf, pnta, type Answers, type AnswerValue, type QuestionRef } from './answers.ts';
import { evaluate, type Evaluation, type VisibleQuestion } from './conditions.ts';
import { flagsOf } from './intake-rules.ts';
import { findLanguageProblems } from './language-checks.ts';
import { findConditionProblems, findStructureProblems } from './questionnaire-checks.ts';
import { questionnaireFileSchema, type Option, type Question, type QuestionnaireFile } from './questionnaire-schema.ts';
import { findUnreachable } from './reachability.ts';
import { makeRuleContext, type RuleFlag } from './rule-context.ts';

export type { Answers, AnswerSheet, AnswerValue, QuestionRef } from './answers.ts';
export type { RuleFlag } from './rule-context.ts';

export type Questionnaire = {
  readonly id: string;
  readonly version: number;
  readonly languages: readonly ('nl' | 'uk' | 'en')[];
  /** In the order of asking; `postponed` while a gate of that kind is closed. */
  readonly visibleQuestions: (answers: Answers) => readonly (QuestionRef & { readonly postponed: boolean })[];
  /** Visible, required, unanswered; `for` says whether it blocks going on or only finalising. */
  readonly missingRequired: (answers: Answers) => readonly (QuestionRef & { readonly for: 'always' | 'finalise' })[];
  /** The rules of return-intake.md §14 that hold for these answers. */
  readonly flags: (answers: Answers) => readonly RuleFlag[];
  /** Sections, wording, option sets, statements and gates, as checked. */
  readonly file: QuestionnaireFile;
};

export type QuestionnaireError = {
  readonly type: 'bad-questionnaire';
  readonly path: string;
  readonly problem: string;
};

/** Checks a questionnaire: languages complete, keys unique, conditions only on earlier questions and existing options. */
export function loadQuestionnaire(source: unknown): Result<Questionnaire, QuestionnaireError> {
  const parsed = questionnaireFileSchema.safeParse(source);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return bad(issue?.path.join('.') ?? '', `shape ${issue?.code ?? ''}`.trim());
  }
  const file = parsed.data;
  const problem = [findStructureProblems, findConditionProblems, findLanguageProblems, findUnreachable]
    .map((check) => check(file)[0])
    .find((found) => found !== undefined);
  if (problem !== undefined) return bad(problem.path, problem.problem);
  return ok({
    id: file.id,
    version: file.version,
    languages: file.languages,
    visibleQuestions: (answers) =>
      evaluate(file, answers).visible.map(({ key, section, person, postponed }) => ({
        key,
        section,
        person,
        postponed,
      })),
    missingRequired: (answers) => missingRequired(file, answers),
    flags: (answers) => flagsOf(makeRuleContext(evaluate(file, answers), answers)),
    file,
  });
}

const bad = (path: string, problem: string): Result<never, QuestionnaireError> =>
  err({ type: 'bad-questionnaire', path, problem });

function missingRequired(file: QuestionnaireFile, answers: Answers): ReturnType<Questionnaire['missingRequired']> {
  const evaluation = evaluate(file, answers);
  const closed = closedEarly(file, evaluation, answers);
  return evaluation.visible.flatMap(({ question, key, section, person, postponed }) => {
    if (closed !== null && !closed.includes(key)) return [];
    if (isAnswered(file, question, evaluation.answerTo(key, person))) return [];
    if (question.required === 'finalise') return [{ key, section, person, for: 'finalise' as const }];
    if (question.required !== 'always') return [];
    // A postponed section cannot block going on; its questions still count for finalising.
    return [{ key, section, person, for: postponed ? ('finalise' as const) : ('always' as const) }];
  });
}

/** Rule 1: what a closed interview still needs; null while it is open. Half a list of information is asked on until it is given up. */
function closedEarly(file: QuestionnaireFile, evaluation: Evaluation, answers: Answers): readonly string[] | null {
  const flag = flagsOf(makeRuleContext(evaluation, answers)).find(({ rule }) => rule === 'rule-01');
  if (flag === undefined) return null;
  const refused = flag.keys.includes('consent_participate');
  if (!refused && evaluation.answerTo('outcome') !== 'no_part') return null;
  return ['site_id', 'outcome', 'next_contact'];
}

/** Whether a question counts as handled: `pnta` does; a checklist or matrix only when every row is done. */
export function isAnswered(file: QuestionnaireFile, question: Question, value: AnswerValue | undefined): boolean {
  if (value === undefined) return false;
  if (value === pnta) return true;
  if (question.type === 'checklist') {
    return optionsOf(file, question).every(({ code }) => codesOf(value).includes(code));
  }
  if (question.type !== 'matrix') return true;
  return typeof value === 'object' && rowsOf(file, question).every(({ code }) => Object.hasOwn(value, code));
}

/** The choices of a question in the order shown, without the reserved refusal; empty for open questions. */
export function optionsOf(file: QuestionnaireFile, question: Question): readonly Option[] {
  return 'options' in question && question.options !== undefined ? (file.optionSets[question.options] ?? []) : [];
}

/** The rows of a matrix, `rowsExcept` left out; empty for other questions. */
export function rowsOf(file: QuestionnaireFile, question: Question): readonly Option[] {
  if (question.type !== 'matrix') return [];
  return (file.optionSets[question.rows] ?? []).filter(({ code }) => question.rowsExcept?.includes(code) !== true);
}

/** A question with its wording by key; undefined for a key of another version. */
export function findQuestion(file: QuestionnaireFile, key: string): Question | undefined {
  return [...file.sections, ...file.modules]
    .flatMap(({ questions }) => questions)
    .find((question) => question.key === key);
}

/** What the screens show now, with the question itself, its answer and the gates that are open. */
export function evaluateIntake(questionnaire: Questionnaire, answers: Answers): Evaluation {
  return evaluate(questionnaire.file, answers);
}

/** Questions somebody answers: not those the app fills in or works out. */
export const isAsked = ({ question }: Pick<VisibleQuestion, 'question'>): boolean =>
  question.by !== 'system' && question.type !== 'calc';
