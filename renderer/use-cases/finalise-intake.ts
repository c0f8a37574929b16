import type { NotFoundError, SaveError } from '../../shared/errors.ts';
import { parseIsoDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  finaliseIntake,
  finalisedIntake,
  toFinalisedFields,
  type FinaliseError,
  type FinaliseInput,
} from '../../shared/questionnaire/finalised-intake.ts';
import {
  answersOf,
  findQuestionnaire,
  otherTextsOf,
  returnIntake,
  type IntakePerson,
} from '../../shared/questionnaire/return-intake.ts';
import { findWithdrawal } from '../../shared/questionnaire/withdrawal.ts';
import { interviewDay } from '../../shared/questionnaire/sittings.ts';
import { readField } from '../../shared/records/field-rule.ts';
import { refKey, type FieldValues, type RecordRef } from '../../shared/records/record.ts';
import { latestDay } from '../../shared/register/partial-date.ts';
import { toResident } from '../../shared/register/resident.ts';
import { toOpened } from './open-record.ts';
import { openRow } from './record-rows.ts';
import { valuesOfRecord } from './resident-summaries.ts';
import { saveRecord } from './save-record.ts';
import type { Vault } from './vault.ts';

/** The finalised interview as a record that nobody can edit, and the draft marked with it: one save. */
export async function finaliseReturnIntake(
  vault: Vault,
  intakeId: string,
  languages: FinaliseInput['languages'],
): Promise<Result<RecordRef, FinaliseError | SaveError | NotFoundError>> {
  const draftRef: RecordRef = { kind: 'returnIntake', id: intakeId };
  const draft = vault.memory.records.get(refKey(draftRef));
  if (draft === undefined) return err({ type: 'not-found' });
  const opened = toOpened(draft);
  const { values } = opened;
  const { fields } = returnIntake;
  const about = readField(values, 'about', fields.about);
  const version = readField(values, 'questionnaire', fields.questionnaire)?.version;
  const questionnaire = version === undefined ? undefined : findQuestionnaire(version);
  // Consent may have been taken back on another laptop since the page was opened.
  if (findWithdrawal(values) !== undefined) return err({ type: 'not-found' });
  if (about === undefined || questionnaire?.ok !== true) return err({ type: 'not-found' });

  const persons: IntakePerson[] = [];
  for (const id of about.residents) persons.push({ id, birthDate: await birthDateOf(vault, id) });
  const frozen = finaliseIntake(questionnaire.value, {
    answers: answersOf(values, interviewDay(values) ?? vault.clock.today(), persons),
    otherTexts: otherTextsOf(values),
    languages,
    user: vault.user.id,
    draft: intakeId,
    territoryListVersion: null,
    priorForwardFrom: priorForwardFrom(vault, values),
  });
  if (!frozen.ok) return frozen;
  const ref: RecordRef = { kind: 'finalisedIntake', id: vault.random.newId() };
  const site = readField(values, 'placement', fields.placement)?.site ?? null;
  const saved = await saveRecord(vault, {
    records: [
      {
        ref,
        edits: Object.entries(toFinalisedFields(frozen.value, site)).map(([field, value]) => ({
          field,
          value,
          base: [],
        })),
      },
      {
        ref: draftRef,
        edits: [
          { field: 'status', value: 'finalised', base: opened.baseOf('status') },
          { field: 'finalisedAs', value: ref.id, base: opened.baseOf('finalisedAs') },
        ],
      },
    ],
    action: 'finalise',
    purpose: null,
  });
  return saved.ok ? ok(ref) : saved;
}

async function birthDateOf(vault: Vault, id: string): Promise<IsoDate | null> {
  const row = await vault.store.read({ kind: 'resident', id });
  const opened = row && (await openRow(vault.cipher, row));
  if (opened?.ok !== true) return null;
  const { birthDate } = toResident(id, valuesOfRecord(opened.value.record));
  return birthDate === null ? null : (latestDay(birthDate) ?? null);
}

/** The day from which the interview before this one may be forwarded; null without one. */
function priorForwardFrom(vault: Vault, values: FieldValues): IsoDate | null {
  const prior = readField(values, 'answer.prior_intake_ref', returnIntake.fields.answer);
  const record =
    typeof prior === 'string' ? vault.memory.records.get(refKey({ kind: 'finalisedIntake', id: prior })) : undefined;
  const intake = record && readField(valuesOfRecord(record), 'intake', finalisedIntake.fields.intake);
  return parseIsoDate(intake?.forwardFrom ?? '') ?? null;
}
