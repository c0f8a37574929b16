import { findAnswer, isEmptyAnswer, pnta, type Answers, type AnswerValue, type QuestionRef } from './answers.ts';
import {
  sectionsOf,
  type Condition,
  type Question,
  type QuestionnaireFile,
  type Section,
} from './questionnaire-schema.ts';

/** What a condition may look at: effective answers and facts of the intake, or of one person in it. */
export type ConditionScope = {
  readonly answerTo: (key: string) => AnswerValue | undefined;
  readonly fact: (key: string) => number | undefined;
};

export type VisibleQuestion = QuestionRef & { readonly postponed: boolean; readonly question: Question };

/** One pass over the questions: what is shown, and what each shown question was answered. */
export type Evaluation = {
  readonly visible: readonly VisibleQuestion[];
  /** Undefined when unanswered or hidden; a repeated question needs its person. */
  readonly answerTo: (key: string, person?: string | null) => AnswerValue | undefined;
  readonly openGates: ReadonlySet<string>;
};

/** Total and two-valued (return-intake.md §22): a leaf on an unanswered question or unknown fact is false. */
export function holds(condition: Condition, scope: ConditionScope): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, scope));
  if ('any' in condition) return condition.any.some((part) => holds(part, scope));
  if ('not' in condition) return !holds(condition.not, scope);
  if ('fact' in condition) {
    const value = scope.fact(condition.fact);
    if (value === undefined) return false;
    return 'gte' in condition ? value >= condition.gte : value <= condition.lte;
  }
  const value = scope.answerTo(condition.q);
  if (value === undefined || isEmptyAnswer(value)) return false;
  if ('answered' in condition) return value !== pnta;
  if ('is' in condition) return value === condition.is;
  if ('in' in condition) return typeof value === 'string' && condition.in.includes(value);
  if ('includes' in condition) return Array.isArray(value) && value.includes(condition.includes);
  if (typeof value !== 'number') return false;
  return 'gte' in condition ? value >= condition.gte : value <= condition.lte;
}

/**
 * Which questions show, in the order of asking. A hidden question counts as unanswered, so hiding cascades;
 * conditions only name earlier questions, so one pass is enough. A postponed section keeps what was answered before.
 */
export function evaluate(file: QuestionnaireFile, answers: Answers): Evaluation {
  const effective = new Map<string, AnswerValue>();
  const visible: VisibleQuestion[] = [];
  const openGates = new Set<string>();
  const persons = new Map(answers.persons.map((person) => [person.id, person]));
  const slot = (key: string, person: string | null): string => `${person ?? ''}/${key}`;
  const scopeOf = (person: string | null): ConditionScope => ({
    answerTo: (key) =>
      (person === null ? undefined : effective.get(slot(key, person))) ?? effective.get(slot(key, null)),
    fact: (key) => factOf(key, person === null ? undefined : persons.get(person)?.facts, answers.facts),
  });

  for (const section of sectionsOf(file)) {
    const gates = file.gates.filter((gate) => gate.sections.includes(section.key));
    // A gate depends only on questions before its sections, so it can be judged here.
    for (const gate of gates) if (holds(gate.openWhen, scopeOf(null))) openGates.add(gate.id);
    const closed = gates.filter((gate) => !openGates.has(gate.id));
    if (closed.some((gate) => gate.effect === 'hide')) continue;
    const postponed = closed.length > 0;
    for (const person of personsFor(section, answers)) {
      const scope = scopeOf(person);
      if (section.showIf !== undefined && !holds(section.showIf, scope)) continue;
      for (const question of section.questions) {
        if (question.showIf !== undefined && !holds(question.showIf, scope)) continue;
        visible.push({ key: question.key, section: section.key, person, postponed, question });
        const value = findAnswer(answers, question.key, person);
        if (value !== undefined) effective.set(slot(question.key, person), value);
      }
    }
  }
  return { visible, openGates, answerTo: (key, person = null) => effective.get(slot(key, person)) };
}

/** The people a section is asked for: everyone of the intake, or once with null. */
export function personsFor(section: Section, answers: Answers): readonly (string | null)[] {
  return section.repeat === 'person' ? answers.persons.map(({ id }) => id) : [null];
}

function factOf(
  key: string,
  own: Readonly<Record<string, number>> | undefined,
  shared: Readonly<Record<string, number>>,
): number | undefined {
  if (own !== undefined && Object.hasOwn(own, key)) return own[key];
  return Object.hasOwn(shared, key) ? shared[key] : undefined;
}
