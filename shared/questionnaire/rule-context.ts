import type { IsoDate } from '../kernel/dates.ts';
import { codesOf, pnta, type Answers, type AnswerValue } from './answers.ts';
import type { Evaluation } from './conditions.ts';
import { ruleNumbersOn, type RuleNumbers } from './intake-parameters.ts';

/** The rules of return-intake.md §14 that hold; `keys` are the questions that made them hold. */
export type RuleFlag = {
  readonly rule: `rule-${string}`;
  readonly kind: 'stop' | 'lock' | 'need' | 'warn' | 'route' | 'send';
  readonly person: string | null;
  readonly keys: readonly string[];
};

/** What a rule looks at. Hidden answers do not count, so a rule never acts on what nobody can see. */
export type RuleContext = {
  readonly day: IsoDate;
  readonly numbers: RuleNumbers;
  readonly persons: readonly string[];
  readonly answerTo: Evaluation['answerTo'];
  readonly shows: (key: string, person?: string | null) => boolean;
};

export function makeRuleContext(evaluation: Evaluation, answers: Answers): RuleContext {
  const shown = new Set(evaluation.visible.map(({ key, person }) => `${person ?? ''}/${key}`));
  return {
    day: answers.day,
    numbers: ruleNumbersOn(answers.day),
    persons: answers.persons.map(({ id }) => id),
    answerTo: evaluation.answerTo,
    shows: (key, person = null) => shown.has(`${person ?? ''}/${key}`),
  };
}

export type Rule = (context: RuleContext) => readonly RuleFlag[];

/** A rule about the intake as a whole; it holds when it names questions. */
export function intakeRule(
  rule: RuleFlag['rule'],
  kind: RuleFlag['kind'],
  causes: (context: RuleContext) => readonly string[],
): Rule {
  return (context) => {
    const keys = causes(context);
    return keys.length === 0 ? [] : [{ rule, kind, person: null, keys }];
  };
}

/** A rule that is judged for each person of the intake. */
export function personRule(
  rule: RuleFlag['rule'],
  kind: RuleFlag['kind'],
  causes: (context: RuleContext, person: string) => readonly string[],
): Rule {
  return (context) =>
    context.persons.flatMap((person) => {
      const keys = causes(context, person);
      return keys.length === 0 ? [] : [{ rule, kind, person, keys }];
    });
}

/** The key when the condition is true: causes are lists that are joined. */
export const when = (condition: boolean, key: string): readonly string[] => (condition ? [key] : []);

export const isOneOf = (value: AnswerValue | undefined, codes: readonly string[]): boolean =>
  typeof value === 'string' && codes.includes(value);

export const includesAny = (value: AnswerValue | undefined, codes: readonly string[]): boolean =>
  codesOf(value).some((code) => codes.includes(code));

/** Anything but the harmless code: another code, several codes, or the refusal to say. */
export const isOtherThan = (value: AnswerValue | undefined, harmless: string): boolean =>
  value === pnta || codesOf(value).some((code) => code !== harmless);
