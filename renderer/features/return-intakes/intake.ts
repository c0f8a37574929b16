import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Answers } from '../../../shared/questionnaire/answers.ts';
import type { Evaluation } from '../../../shared/questionnaire/conditions.ts';
import { evaluateIntake, type Questionnaire } from '../../../shared/questionnaire/questionnaire.ts';
import {
  answersOf,
  currentQuestionnaireVersion,
  findQuestionnaire,
  otherTextsOf,
  returnIntake,
  startedOn,
  type IntakeStatus,
} from '../../../shared/questionnaire/return-intake.ts';
import { interviewDay } from '../../../shared/questionnaire/sittings.ts';
import { findWithdrawal, type Withdrawal } from '../../../shared/questionnaire/withdrawal.ts';
import { readField } from '../../../shared/records/field-rule.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import { valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { intakePersons, type Residents } from './person-names.ts';

/** A draft with everything its screens draw, worked out from the record and what is still on its way to it. */
export type Intake = {
  readonly id: string;
  readonly status: IntakeStatus;
  /** The main person first. */
  readonly residents: readonly string[];
  readonly startedOn: IsoDate | undefined;
  readonly finalisedAs: string | undefined;
  /** Consent was taken back: nothing of it is shown or used. */
  readonly withdrawal: Withdrawal | undefined;
  readonly needsAttention: boolean;
  readonly questionnaire: Questionnaire;
  readonly answers: Answers;
  readonly otherTexts: Readonly<Record<string, string>>;
  readonly evaluation: Evaluation;
};

export const intakeValues = (record: ReplicaRecord): FieldValues =>
  valuesOf(record, definitionOf('returnIntake'), ruleOfRecord(record)).values;

/** Ages and rules count as on the day of the interview; `day` is for a draft without one. Undefined when this version of the app does not have the questionnaire it was begun with. */
export function toIntake(id: string, values: FieldValues, residents: Residents, day: IsoDate): Intake | undefined {
  const { fields } = returnIntake;
  const version = readField(values, 'questionnaire', fields.questionnaire)?.version ?? currentQuestionnaireVersion;
  const found = findQuestionnaire(version);
  if (!found.ok) return undefined;
  const questionnaire = found.value;
  const about = readField(values, 'about', fields.about)?.residents ?? [];
  const answers = answersOf(values, interviewDay(values) ?? day, intakePersons(residents, about));
  return {
    id,
    status: readField(values, 'status', fields.status) ?? 'draft',
    residents: about,
    startedOn: startedOn(values),
    finalisedAs: readField(values, 'finalisedAs', fields.finalisedAs),
    withdrawal: findWithdrawal(values),
    needsAttention: readField(values, 'needsAttention', fields.needsAttention) ?? false,
    questionnaire,
    answers,
    otherTexts: otherTextsOf(values),
    evaluation: evaluateIntake(questionnaire, answers),
  };
}
