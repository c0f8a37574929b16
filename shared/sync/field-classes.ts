import { contributionDecisionKind } from '../contribution/decision.ts';
import { municipalPolicyKind } from '../contribution/municipal-policy.ts';
import { followUpKind } from '../follow-up/follow-up.ts';
import { letterTextKind } from '../letters/letter-text.ts';
import { finalisedIntake } from '../questionnaire/finalised-intake.ts';
import {
  currentQuestionnaireVersion,
  findQuestionnaire,
  returnIntake,
  ruleOfAnswer,
} from '../questionnaire/return-intake.ts';
import { bedStayKind } from '../reception/bed-stay.ts';
import { nationalSnapshotKind } from '../reception/national-snapshot.ts';
import { siteReportKind } from '../reports/weekly-report.ts';
import { absenceKind } from '../reception/presence.ts';
import { rollCallKind } from '../reception/roll-call.ts';
import { siteKind } from '../reception/site.ts';
import { fieldStem, readField, type KindDefinition } from '../records/field-rule.ts';
import type { RecordKind } from '../records/record.ts';
import { familyKind } from '../register/family.ts';
import { residentKind } from '../register/resident.ts';
import { valuesOf, type ReplicaRecord } from './replica-record.ts';
import type { RuleOf } from './rule-of-field.ts';

/** Class, compartment and sharing of every field of every kind. */
const definitions: Readonly<Record<RecordKind, KindDefinition>> = {
  site: siteKind,
  family: familyKind,
  resident: residentKind,
  bedStay: bedStayKind,
  absence: absenceKind,
  rollCall: rollCallKind,
  contributionDecision: contributionDecisionKind,
  municipalPolicy: municipalPolicyKind,
  returnIntake,
  finalisedIntake,
  nationalSnapshot: nationalSnapshotKind,
  siteReport: siteReportKind,
  letterText: letterTextKind,
  followUp: followUpKind,
};

/** The field rules of a kind. */
export const definitionOf = (kind: RecordKind): KindDefinition => definitions[kind];

/**
 * Rules that depend on more than the kind: of an answer, by the question and the questionnaire its draft was begun
 * with. Undefined for every other kind.
 */
export function ruleOfRecord(record: ReplicaRecord): RuleOf | undefined {
  if (record.kind !== 'returnIntake') return undefined;
  const begun = readField(valuesOf(record, returnIntake).values, 'questionnaire', returnIntake.fields.questionnaire);
  const questionnaire = findQuestionnaire(begun?.version ?? currentQuestionnaireVersion);
  // Answers to a questionnaire this version does not have keep the strictest rule, that of the kind.
  if (!questionnaire.ok) return undefined;
  return (fieldId) => {
    const [, question] = fieldId.split('.');
    return fieldStem(fieldId) === 'answer' && question !== undefined
      ? ruleOfAnswer(questionnaire.value, question)
      : undefined;
  };
}
