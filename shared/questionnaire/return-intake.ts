import * as z from 'zod';
import { ageOn, parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { err, type Result } from '../kernel/result.ts';
import { defineKind, readField, readFields, type FieldRule } from '../records/field-rule.ts';
import type { FieldValues, Value } from '../records/record.ts';
import type { Answers, AnswerValue } from './answers.ts';
import { findCodeList } from './code-lists.ts';
import { findQuestion, loadQuestionnaire, type Questionnaire, type QuestionnaireError } from './questionnaire.ts';
import { absenceDays } from './rules-journey.ts';
import version1 from './versions/return-intake.1.json' with { type: 'json' };

/** Released questionnaires by version; a new one is a copy with a higher number and a line here. */
const versions: Readonly<Record<number, unknown>> = { 1: version1 };
export const currentQuestionnaireVersion = 1;

const loaded = new Map<number, Result<Questionnaire, QuestionnaireError>>();

/** The questionnaire a draft was begun with; an intake keeps its version for good. Checked once per run. */
export function findQuestionnaire(version: number): Result<Questionnaire, QuestionnaireError | UnknownVersionError> {
  if (!Object.hasOwn(versions, version)) return err({ type: 'unknown-questionnaire', version });
  const known = loaded.get(version) ?? loadQuestionnaire(versions[version]);
  loaded.set(version, known);
  return known;
}
export type UnknownVersionError = { readonly type: 'unknown-questionnaire'; readonly version: number };

const answerSchema = z.union([
  z.string(),
  z.int(),
  z.array(z.string()),
  z.record(z.string(), z.string()),
]) satisfies z.ZodType<AnswerValue>;

export const intakeStatuses = ['draft', 'ready-for-review', 'finalised', 'withdrawn', 'stopped', 'superseded'] as const;
export type IntakeStatus = (typeof intakeStatuses)[number];

const core = { class: 'review', compartment: 'core', sharing: 'central' } as const;

/** Draft of an interview. Answers whose question is not known to this version stay on the device, with the health key. */
export const returnIntake = defineKind('returnIntake', {
  placement: { schema: z.strictObject({ site: z.string().nullable() }), ...core },
  /** Who it is about: resident ids in the order of asking, the main person first; the day it began. */
  about: {
    schema: z.strictObject({ residents: z.array(z.string()).min(1), startedOn: z.iso.date() }),
    ...core,
  },
  questionnaire: { schema: z.strictObject({ id: z.literal('return-intake'), version: z.int().min(1) }), ...core },
  /** `answer.<question>` or `answer.<question>.<resident>`; the real rule is `ruleOfAnswer`. */
  answer: { schema: answerSchema, class: 'review', compartment: 'health', sharing: 'local' },
  /** The text behind 'other', in the language it was typed in. */
  otherText: { schema: z.string().max(120), class: 'review', compartment: 'health', sharing: 'local' },
  status: { schema: z.enum(intakeStatuses), ...core, cautious: ['withdrawn', 'stopped'] },
  /** Id of the finalised intake made from this draft. */
  finalisedAs: { schema: z.string(), ...core },
  /** The one sign that an answer which stays on the device is worrying; it does not say which. */
  needsAttention: { schema: z.boolean(), ...core, cautious: [true] },
  /** `sitting.<day>.<user>`: the opening questions as they were asked again. */
  sitting: { schema: z.record(z.string(), answerSchema), ...core },
  withdrawal: { schema: z.strictObject({ on: z.iso.date(), by: z.string() }), ...core },
  /** `recall.<recipient>`. */
  recall: {
    schema: z.strictObject({ askedOn: z.iso.date(), doneOn: z.iso.date().nullable() }),
    ...core,
  },
});

export const answerField = (key: string, person: string | null): string =>
  person === null ? `answer.${key}` : `answer.${key}.${person}`;

export const otherTextField = (key: string, person: string | null): string =>
  person === null ? `otherText.${key}` : `otherText.${key}.${person}`;

/**
 * How one answer is kept and what of it may leave: by the question's `privacy` and `sync`. Health and confidential
 * answers have the health key. A name typed for a code list that is not shipped is free text, so it stays here.
 */
export function ruleOfAnswer(questionnaire: Questionnaire, questionKey: string): FieldRule {
  const fallback = returnIntake.fields.answer;
  const question = findQuestion(questionnaire.file, questionKey);
  if (question === undefined) return fallback;
  const typed = question.type === 'code' && findCodeList(question.codeList) === undefined;
  const sensitive = question.privacy === 'special' || question.privacy === 'confidential';
  return { ...fallback, compartment: sensitive ? 'health' : 'core', sharing: typed ? 'local' : question.sync };
}

/** A resident as the intake needs it; without a birth date every question about age stays hidden. */
export type IntakePerson = { readonly id: string; readonly birthDate: IsoDate | null };

/**
 * Answers of a draft as they count on `day`: ages of that day, days away worked out, the site and each resident filled
 * in. Without an imported list of territories the status of a place is `unknown` (§12.2).
 */
export function answersOf(
  values: FieldValues,
  day: IsoDate,
  persons: readonly IntakePerson[],
  territoryStatus = 'unknown',
): Answers {
  const stored = readFields(values, 'answer', returnIntake.fields.answer);
  const site = readField(values, 'placement', returnIntake.fields.placement)?.site ?? null;
  const ages = persons.map(({ birthDate }) => (birthDate === null ? undefined : ageOn(birthDate, day)));
  const shared = Object.fromEntries(stored.filter(([id]) => !id.includes('.')));
  const days = absenceDays(shared['absence_from'], shared['absence_to']);
  return {
    day,
    facts: { 'hh.minors': ages.filter((age) => age !== undefined && age < 18).length },
    values: {
      ...(site === null ? {} : { site_id: site }),
      ...shared,
      ...(days === undefined ? {} : { absence_days: days }),
      safety_status: territoryStatus,
    },
    persons: persons.map(({ id }, at) => ({
      id,
      facts: ages[at] === undefined ? {} : { 'person.age': ages[at] },
      values: {
        resident_ref: id,
        ...Object.fromEntries(
          stored.flatMap(([field, value]) => {
            const [key, person] = splitAnswerId(field);
            return person === id ? [[key, value] as const] : [];
          }),
        ),
      },
    })),
  };
}

/** `<question>` and `<resident>` of the variable part of a field id. */
function splitAnswerId(id: string): readonly [key: string, person: string | null] {
  const dot = id.indexOf('.');
  return dot < 0 ? [id, null] : [id.slice(0, dot), id.slice(dot + 1)];
}

/** Texts behind 'other' by the same variable part as their answer (`<question>[.<resident>]`). */
export const otherTextsOf = (values: FieldValues): Readonly<Record<string, string>> =>
  Object.fromEntries(readFields(values, 'otherText', returnIntake.fields.otherText));

/** The fields of a new draft; the status is `draft`. */
export function makeDraft(
  site: string | null,
  residents: readonly string[],
  startedOn: IsoDate,
): Record<string, Value> {
  return {
    placement: { site },
    about: { residents, startedOn },
    questionnaire: { id: 'return-intake', version: currentQuestionnaireVersion },
    status: 'draft',
  };
}

/** The draft a resident already has, so that nobody is interviewed in two at once (§14); undefined without. */
export function findDraftOf(
  resident: string,
  intakes: readonly { readonly id: string; readonly values: FieldValues }[],
): string | undefined {
  return intakes.find(({ values }) => {
    const status = readField(values, 'status', returnIntake.fields.status);
    const about = readField(values, 'about', returnIntake.fields.about);
    return (status === 'draft' || status === 'ready-for-review') && about?.residents.includes(resident) === true;
  })?.id;
}

/** The day a draft was begun; undefined when it was never set. */
export function startedOn(values: FieldValues): IsoDate | undefined {
  const about = readField(values, 'about', returnIntake.fields.about);
  return about === undefined ? undefined : parseIsoDate(about.startedOn);
}
