import { optionsOf } from './questionnaire.ts';
import {
  sectionsOf,
  type Condition,
  type Question,
  type QuestionnaireFile,
  type Section,
  type Text,
} from './questionnaire-schema.ts';

/** When something is asked, with the numbers of the printed questions instead of keys. Negation stands at the leaves. */
export type PaperCondition =
  | { readonly type: 'all' | 'any'; readonly parts: readonly PaperCondition[] }
  | { readonly type: 'is' | 'is-not'; readonly number: number; readonly answers: readonly Text[] }
  | { readonly type: 'answered' | 'not-answered'; readonly number: number }
  | { readonly type: 'at-least' | 'at-most'; readonly number: number; readonly value: number }
  | { readonly type: 'fact-at-least' | 'fact-at-most'; readonly fact: string; readonly value: number };

export type PaperQuestion = {
  readonly number: number;
  readonly question: Question;
  readonly onlyIf: PaperCondition | null;
};

export type PaperSection = {
  readonly key: string;
  readonly title: Text;
  readonly module: boolean;
  /** Once for each person who takes part. */
  readonly perPerson: boolean;
  /** From its own condition and the gates in front of it. */
  readonly onlyIf: PaperCondition | null;
  readonly questions: readonly PaperQuestion[];
};

/**
 * The whole questionnaire for paper, with a place for every answer: questions numbered 1, 2, 3 … in the order of asking,
 * skip logic with those numbers. A repeated section stands once, its numbers are the same for each person.
 */
export function paperForm(file: QuestionnaireFile): readonly PaperSection[] {
  const questions = sectionsOf(file).flatMap((section) => section.questions);
  const numbers = new Map(questions.map(({ key }, at) => [key, at + 1]));
  const words = (condition: Condition | undefined): PaperCondition | null =>
    condition === undefined ? null : onPaper(file, numbers, condition, false);
  return sectionsOf(file).map((section) => ({
    key: section.key,
    title: section.title,
    module: file.modules.includes(section),
    perPerson: section.repeat === 'person',
    onlyIf: words(conditionOf(file, section)),
    questions: section.questions.map((question) => ({
      number: numbers.get(question.key) ?? 0,
      question,
      onlyIf: words(question.showIf),
    })),
  }));
}

function conditionOf(file: QuestionnaireFile, section: Section): Condition | undefined {
  const gates = file.gates.filter(({ sections }) => sections.includes(section.key)).map(({ openWhen }) => openWhen);
  const all = [...gates, ...(section.showIf === undefined ? [] : [section.showIf])];
  return all.length > 1 ? { all } : all[0];
}

function onPaper(
  file: QuestionnaireFile,
  numbers: ReadonlyMap<string, number>,
  condition: Condition,
  negated: boolean,
): PaperCondition {
  const next = (part: Condition, not = negated) => onPaper(file, numbers, part, not);
  if ('not' in condition) return next(condition.not, !negated);
  if ('all' in condition) return { type: negated ? 'any' : 'all', parts: condition.all.map((part) => next(part)) };
  if ('any' in condition) return { type: negated ? 'all' : 'any', parts: condition.any.map((part) => next(part)) };
  if ('fact' in condition) {
    const { type, value } = bound(condition, negated);
    return { type: `fact-${type}`, fact: condition.fact, value };
  }
  const number = numbers.get(condition.q) ?? 0;
  if ('answered' in condition) return { type: negated ? 'not-answered' : 'answered', number };
  if ('gte' in condition || 'lte' in condition) return { ...bound(condition, negated), number };
  const codes = 'in' in condition ? condition.in : ['is' in condition ? condition.is : condition.includes];
  const question = sectionsOf(file)
    .flatMap((section) => section.questions)
    .find(({ key }) => key === condition.q);
  const options = question === undefined ? [] : optionsOf(file, question);
  const answers = codes.map(
    (code) =>
      options.find((option) => option.code === code)?.label ??
      (code === 'pnta' ? file.reserved.pnta : { nl: code, uk: code, en: code }),
  );
  return { type: negated ? 'is-not' : 'is', number, answers };
}

/** Not "18 or more" is "17 or less": ages and numbers are whole. */
function bound(
  condition: { readonly gte: number } | { readonly lte: number },
  negated: boolean,
): { readonly type: 'at-least' | 'at-most'; readonly value: number } {
  if ('gte' in condition) {
    return negated ? { type: 'at-most', value: condition.gte - 1 } : { type: 'at-least', value: condition.gte };
  }
  return negated ? { type: 'at-least', value: condition.lte + 1 } : { type: 'at-most', value: condition.lte };
}
