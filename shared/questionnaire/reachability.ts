import { pnta, type AnswerValue } from './answers.ts';
import { holds } from './conditions.ts';
import type { Problem } from './questionnaire-checks.ts';
import { sectionsOf, type Condition, type Question, type QuestionnaireFile } from './questionnaire-schema.ts';

type Goal = { readonly condition: Condition; readonly want: boolean };
type Range = { readonly from: number; readonly to: number };
/** A part of an interview: answers chosen so far (undefined = left unanswered) and what is known of the facts. */
type Attempt = {
  readonly answers: ReadonlyMap<string, AnswerValue | undefined>;
  readonly facts: ReadonlyMap<string, Range>;
};
type Place = { readonly question: Question; readonly needs: readonly Condition[] };

/** A search that takes longer than this has no answer a person would find either. */
const maxSteps = 50_000;

/** Questions that no answers can bring on the screen, gates open (return-intake.md §22). */
export function findUnreachable(file: QuestionnaireFile): readonly Problem[] {
  const places = new Map<string, Place>();
  for (const section of sectionsOf(file)) {
    const gates = file.gates.filter(({ sections }) => sections.includes(section.key)).map(({ openWhen }) => openWhen);
    for (const question of section.questions) {
      const shown = [section.showIf, question.showIf].filter((part) => part !== undefined);
      places.set(question.key, { question, needs: [...gates, ...shown] });
    }
  }
  return sectionsOf(file).flatMap((section) =>
    section.questions
      .filter(({ key }) => !canShow(file, places, key))
      .map(({ key }) => ({ path: `${section.key}.${key}`, problem: 'unreachable' })),
  );
}

function canShow(file: QuestionnaireFile, places: ReadonlyMap<string, Place>, key: string): boolean {
  let steps = 0;
  const solve = (goals: readonly Goal[], attempt: Attempt): boolean => {
    if (steps++ > maxSteps) return false;
    const [goal, ...rest] = goals;
    if (goal === undefined) return true;
    const { condition, want } = goal;
    if ('not' in condition) return solve([{ condition: condition.not, want: !want }, ...rest], attempt);
    if ('all' in condition || 'any' in condition) {
      const parts = ('all' in condition ? condition.all : condition.any).map((part) => ({ condition: part, want }));
      const together = 'all' in condition === want;
      return together ? solve([...parts, ...rest], attempt) : parts.some((part) => solve([part, ...rest], attempt));
    }
    if ('fact' in condition) {
      const narrowed = narrow(attempt.facts.get(condition.fact), condition, want);
      if (narrowed === undefined) return false;
      return solve(rest, { ...attempt, facts: new Map(attempt.facts).set(condition.fact, narrowed) });
    }
    const place = places.get(condition.q);
    if (place === undefined) return false;
    const fits = (value: AnswerValue | undefined): boolean =>
      holds(condition, { answerTo: () => value, fact: () => undefined }) === want;
    if (attempt.answers.has(condition.q)) return fits(attempt.answers.get(condition.q)) && solve(rest, attempt);
    return candidates(file, place.question, condition)
      .filter(fits)
      .some((value) => {
        const shown = value === undefined ? [] : place.needs.map((need) => ({ condition: need, want: true }));
        return solve([...shown, ...rest], { ...attempt, answers: new Map(attempt.answers).set(condition.q, value) });
      });
  };
  const needs = places.get(key)?.needs ?? [];
  return solve(
    needs.map((condition) => ({ condition, want: true })),
    { answers: new Map(), facts: new Map() },
  );
}

function narrow(
  range: Range = { from: 0, to: Number.MAX_SAFE_INTEGER },
  leaf: { readonly gte: number } | { readonly lte: number },
  want: boolean,
): Range | undefined {
  const from = 'gte' in leaf ? (want ? leaf.gte : 0) : want ? 0 : leaf.lte + 1;
  const to = 'gte' in leaf ? (want ? range.to : leaf.gte - 1) : want ? leaf.lte : range.to;
  const both = { from: Math.max(range.from, from), to: Math.min(range.to, to) };
  return both.from <= both.to ? both : undefined;
}

/** Answers worth trying: enough for every leaf and its denial, pairs of codes included. */
function candidates(
  file: QuestionnaireFile,
  question: Question,
  leaf: Condition,
): readonly (AnswerValue | undefined)[] {
  const other = question.pnta ? [undefined, pnta] : [undefined];
  if (question.type === 'int') {
    const edges = 'gte' in leaf ? [leaf.gte - 1, leaf.gte] : 'lte' in leaf ? [leaf.lte, leaf.lte + 1] : [];
    const whole = [question.min, question.max, ...edges];
    return [...whole.filter((value) => value >= question.min && value <= question.max), ...other];
  }
  const options = 'options' in question ? (file.optionSets[question.options ?? ''] ?? []) : [];
  const codes = options.map(({ code }) => code);
  if (question.type === 'single' || question.type === 'calc') return [...codes, ...other];
  if (question.type === 'checklist') return [codes, ...codes.map((code) => [code]), ...other];
  if (question.type !== 'multi' && question.type !== 'rank') return ['x', ...other];
  const joinable = options.filter(({ exclusive }) => exclusive !== true).map(({ code }) => code);
  const pairs = joinable.flatMap((code, at) => joinable.slice(at + 1).map((next) => [code, next]));
  return [...codes.map((code) => [code]), ...(question.max === 1 ? [] : pairs), ...other];
}
