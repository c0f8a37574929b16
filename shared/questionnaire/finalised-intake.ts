import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { defineKind } from '../records/field-rule.ts';
import type { Value } from '../records/record.ts';
import { findFieldProblems, type FieldProblem } from './answer-value.ts';
import type { Answers, AnswerValue, QuestionRef } from './answers.ts';
import { evaluate, type Evaluation, type VisibleQuestion } from './conditions.ts';
import { earliestForwarding, outcomeBlocks, type OutcomeBlock } from './intake-rules.ts';
import { parameterVersion } from './intake-parameters.ts';
import { setsOf } from './questionnaire-checks.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { Language, Text } from './questionnaire-schema.ts';
import { ruleOfAnswer } from './return-intake.ts';
import { isOneOf, makeRuleContext, type RuleFlag } from './rule-context.ts';

const words = z.record(z.string(), z.string());
const answerValue = z.union([z.string(), z.int(), z.array(z.string()), z.record(z.string(), z.string())]);
const sheet = z.record(z.string(), answerValue);

/** Answers with the words they were asked in, and the rules that rest on them. */
const part = {
  answers: sheet,
  persons: z.array(z.strictObject({ id: z.string(), answers: sheet })),
  flags: z.array(z.strictObject({ rule: z.string(), person: z.string().nullable() })),
  /** By language: question labels by key, options by set and code. */
  wording: z.record(z.string(), z.strictObject({ questions: words, optionSets: z.record(z.string(), words) })),
};

const intakeSchema = z.strictObject({
  questionnaire: z.strictObject({ id: z.string(), version: z.int() }),
  parameterVersion: z.string(),
  territoryListVersion: z.string().nullable(),
  draft: z.string(),
  priorIntake: z.string().nullable(),
  day: z.iso.date(),
  user: z.string(),
  languages: z.array(z.enum(['nl', 'uk', 'en'])).min(1),
  /** Rule 12: a confirming interview may forward from this day; null without time to reflect. */
  forwardFrom: z.iso.date().nullable(),
  ages: z.record(z.string(), z.int()),
  /** By language: the statements shown and the reserved refusal. */
  statements: z.record(z.string(), words),
  ...part,
});
const partSchema = z.strictObject(part);
const onlyHereSchema = z.strictObject({ ...part, otherTexts: words });

/**
 * Immutable: a change is a new interview with `priorIntake`. Three appended fields, because their readers differ: what
 * may leave the device, health answers that may leave, and what stays here.
 */
export const finalisedIntake = defineKind(
  'finalisedIntake',
  {
    placement: {
      schema: z.strictObject({ site: z.string().nullable() }),
      class: 'review',
      compartment: 'core',
      sharing: 'central',
    },
    intake: { schema: intakeSchema, class: 'append', compartment: 'core', sharing: 'central' },
    health: { schema: partSchema, class: 'append', compartment: 'health', sharing: 'central' },
    onlyHere: { schema: onlyHereSchema, class: 'append', compartment: 'health', sharing: 'local' },
  },
  true,
);

/** Everything an interview came to, readable without the questionnaire it was held with. */
export type FinalisedIntake = {
  readonly intake: z.infer<typeof intakeSchema>;
  readonly health: z.infer<typeof partSchema>;
  readonly onlyHere: z.infer<typeof onlyHereSchema>;
};

export type FinaliseInput = {
  readonly answers: Answers;
  /** By `otherTextsOf`. */
  readonly otherTexts: Readonly<Record<string, string>>;
  /** Languages in which the questions and statements were shown, at least one. */
  readonly languages: readonly Language[];
  readonly user: string;
  readonly draft: string;
  readonly territoryListVersion: string | null;
  /** `forwardFrom` of the interview this one follows; null when there is none, or no time to reflect was asked. */
  readonly priorForwardFrom: IsoDate | null;
};

/**
 * Freezes what is visible with the words it was asked in; hidden answers are dropped. Refused while something required
 * is missing, answers contradict each other, or a rule of §14 forbids the outcome.
 */
export function finaliseIntake(
  questionnaire: Questionnaire,
  input: FinaliseInput,
): Result<FinalisedIntake, FinaliseError> {
  const { answers, languages } = input;
  const missing = missingForFinalise(questionnaire, answers);
  if (missing.length > 0) return err({ type: 'missing-answers', missing });
  const problems = findFieldProblems(questionnaire.file, answers);
  if (problems.length > 0) return err({ type: 'contradicting-answers', problems });
  const evaluation = evaluate(questionnaire.file, answers);
  const context = makeRuleContext(evaluation, answers);
  const blocks = outcomeBlocks(context);
  if (blocks.length > 0) return err({ type: 'outcome-not-allowed', blocks });
  const forwards = isOneOf(evaluation.answerTo('outcome'), ['fwd_dtv', 'fwd_iom']);
  if (forwards && input.priorForwardFrom !== null) {
    // Rule 12: after time to reflect only an interview that confirms, and not before that time is over.
    const confirmed = evaluation.answerTo('intake_reason') === 'reconfirm';
    if (!confirmed || answers.day < input.priorForwardFrom) {
      return err({ type: 'not-confirmed', forwardFrom: input.priorForwardFrom });
    }
  }

  const flags = questionnaire.flags(answers);
  const closed = flags.some(({ rule }) => rule === 'rule-01');
  const kept = evaluation.visible.filter(
    ({ key, person }) => evaluation.answerTo(key, person) !== undefined && (!closed || keptWhenClosed.includes(key)),
  );
  const partOf = (wanted: Place): z.infer<typeof partSchema> => {
    const questions = kept.filter(({ key }) => placeOf(questionnaire, key) === wanted);
    return {
      answers: sheetOf(questions, evaluation, null),
      persons: (closed ? [] : answers.persons).map(({ id }) => ({ id, answers: sheetOf(questions, evaluation, id) })),
      flags: flags
        .filter((flag) => placeOfFlag(questionnaire, flag) === wanted && (!closed || flag.rule === 'rule-01'))
        .map(({ rule, person }) => ({ rule, person })),
      wording: byLanguage(languages, (language) => wordingOf(questionnaire, questions, language)),
    };
  };
  const prior = closed ? undefined : evaluation.answerTo('prior_intake_ref');
  const { file } = questionnaire;
  const ages = answers.persons.flatMap(({ id, facts }) =>
    facts['person.age'] === undefined ? [] : [[id, facts['person.age']] as const],
  );
  return ok({
    intake: {
      questionnaire: { id: questionnaire.id, version: questionnaire.version },
      parameterVersion,
      territoryListVersion: input.territoryListVersion,
      draft: input.draft,
      priorIntake: typeof prior === 'string' ? prior : null,
      day: answers.day,
      user: input.user,
      languages: [...languages],
      forwardFrom: closed ? null : earliestForwarding(context),
      ages: closed ? {} : Object.fromEntries(ages),
      statements: byLanguage(languages, (language) => ({
        participation: file.statements.participation[language],
        voluntary: file.statements.voluntary[language],
        pnta: file.reserved.pnta[language],
      })),
      ...partOf('intake'),
    },
    health: partOf('health'),
    onlyHere: { ...partOf('onlyHere'), otherTexts: textsBeside(kept, input.otherTexts) },
  });
}
export type FinaliseError =
  | { readonly type: 'missing-answers'; readonly missing: readonly QuestionRef[] }
  | { readonly type: 'contradicting-answers'; readonly problems: readonly FieldProblem[] }
  | { readonly type: 'outcome-not-allowed'; readonly blocks: readonly OutcomeBlock[] }
  | { readonly type: 'not-confirmed'; readonly forwardFrom: IsoDate };

/** Rule 1: all that is kept of an interview that was refused or broken off. */
const keptWhenClosed: readonly string[] = ['site_id', 'outcome', 'next_contact'];

/** What an intake still needs. A module counts only for a person for whom it was begun: the intake stands without it. */
export function missingForFinalise(questionnaire: Questionnaire, answers: Answers): readonly QuestionRef[] {
  const modules = new Set(questionnaire.file.modules.map(({ key }) => key));
  const { visible, answerTo } = evaluate(questionnaire.file, answers);
  const begun = new Set(
    visible
      .filter(({ key, person }) => answerTo(key, person) !== undefined)
      .map(({ section, person }) => `${person ?? ''}/${section}`),
  );
  return questionnaire
    .missingRequired(answers)
    .filter(({ section, person }) => !modules.has(section) || begun.has(`${person ?? ''}/${section}`))
    .map(({ key, section, person }) => ({ key, section, person }));
}

/** Whether this intake raises its one `needsAttention`: an answer that does not leave the device is worrying (§15). */
export function needsAttention(questionnaire: Questionnaire, answers: Answers): boolean {
  const harmless: readonly string[] = ['none', 'nobody', 'ok', 'no', 'some'];
  const { visible, answerTo } = evaluate(questionnaire.file, answers);
  return visible.some(({ key, person, question }) => {
    const value = question.sync === 'flag' ? answerTo(key, person) : undefined;
    if (value === undefined) return false;
    const codes = typeof value === 'object' ? Object.values(value) : [String(value)];
    return codes.some((code) => !harmless.includes(code));
  });
}

type Place = keyof FinalisedIntake;

function placeOf(questionnaire: Questionnaire, key: string): Place {
  const { sharing, compartment } = ruleOfAnswer(questionnaire, key);
  if (sharing !== 'central') return 'onlyHere';
  return compartment === 'health' ? 'health' : 'intake';
}

/** That a rule held says something of its answers, so it is kept where the most guarded of them is. */
function placeOfFlag(questionnaire: Questionnaire, { keys }: RuleFlag): Place {
  const places = keys.map((key) => placeOf(questionnaire, key));
  return places.includes('onlyHere') ? 'onlyHere' : places.includes('health') ? 'health' : 'intake';
}

function sheetOf(
  questions: readonly VisibleQuestion[],
  { answerTo }: Evaluation,
  owner: string | null,
): Record<string, z.infer<typeof answerValue>> {
  return Object.fromEntries(
    questions.flatMap(({ key, person }) => {
      const value = person === owner ? answerTo(key, person) : undefined;
      return value === undefined ? [] : [[key, copyOf(value)] as const];
    }),
  );
}

function copyOf(value: AnswerValue): z.infer<typeof answerValue> {
  if (typeof value !== 'object') return value;
  return Array.isArray(value) ? [...(value as readonly string[])] : { ...(value as Readonly<Record<string, string>>) };
}

function textsBeside(
  kept: readonly VisibleQuestion[],
  otherTexts: Readonly<Record<string, string>>,
): Record<string, string> {
  const fields = new Set(kept.map(({ key, person }) => (person === null ? key : `${key}.${person}`)));
  return Object.fromEntries(Object.entries(otherTexts).filter(([field]) => fields.has(field)));
}

const byLanguage = <T>(languages: readonly Language[], make: (language: Language) => T): Record<string, T> =>
  Object.fromEntries(languages.map((language) => [language, make(language)]));

function wordingOf(
  { file }: Questionnaire,
  questions: readonly VisibleQuestion[],
  language: Language,
): z.infer<typeof partSchema>['wording'][string] {
  const say = (text: Text): string => text[language];
  const sets = new Set(questions.flatMap(({ question }) => setsOf(question)));
  const options = (set: string): [string, string][] =>
    (file.optionSets[set] ?? []).map(({ code, label }) => [code, say(label)]);
  return {
    questions: Object.fromEntries(questions.map(({ key, question }) => [key, say(question.label)])),
    optionSets: Object.fromEntries([...sets].map((set) => [set, Object.fromEntries(options(set))])),
  };
}

/** The fields of the immutable record made from a finalised intake. */
export const toFinalisedFields = (frozen: FinalisedIntake, site: string | null): Record<string, Value> => ({
  placement: { site },
  intake: frozen.intake,
  health: frozen.health,
  onlyHere: frozen.onlyHere,
});
