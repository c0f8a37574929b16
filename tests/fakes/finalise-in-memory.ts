import { isoDate } from '../../shared/kernel/dates.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import { finaliseIntake, toFinalisedFields } from '../../shared/questionnaire/finalised-intake.ts';
import { answersOf, findQuestionnaire, otherTextsOf, returnIntake } from '../../shared/questionnaire/return-intake.ts';
import { interviewDay } from '../../shared/questionnaire/sittings.ts';
import { readField } from '../../shared/records/field-rule.ts';
import type { Services } from '../../renderer/services.tsx';
import { testUser, type MemoryServices } from './memory-services.ts';

/** Freezes a draft over records in memory, by the same pure functions as the app. */
export function finaliseInMemory(services: MemoryServices): Services['finaliseIntake'] {
  return async (intakeId, languages) => {
    const draft = { kind: 'returnIntake', id: intakeId } as const;
    const opened = await services.open(draft);
    const questionnaire = findQuestionnaire(1);
    if (!opened.ok || !questionnaire.ok) return err({ type: 'not-found' });
    const { values, baseOf } = opened.value;
    const residents = readField(values, 'about', returnIntake.fields.about)?.residents ?? [];
    const persons = residents.map((id) => {
      const born = services.valuesIn({ kind: 'resident', id })['birthDate'];
      return { id, birthDate: typeof born === 'string' ? isoDate(born) : null };
    });
    const frozen = finaliseIntake(questionnaire.value, {
      answers: answersOf(values, interviewDay(values) ?? services.today(), persons),
      otherTexts: otherTextsOf(values),
      languages,
      user: testUser,
      draft: intakeId,
      territoryListVersion: null,
      priorForwardFrom: null,
    });
    if (!frozen.ok) return frozen;
    const ref = { kind: 'finalisedIntake', id: services.newId() } as const;
    const fields = toFinalisedFields(
      frozen.value,
      readField(values, 'placement', returnIntake.fields.placement)?.site ?? null,
    );
    const saved = await services.save({
      records: [
        { ref, edits: Object.entries(fields).map(([field, value]) => ({ field, value, base: [] })) },
        {
          ref: draft,
          edits: [
            { field: 'status', value: 'finalised', base: baseOf('status') },
            { field: 'finalisedAs', value: ref.id, base: baseOf('finalisedAs') },
          ],
        },
      ],
      action: 'finalise',
      purpose: null,
    });
    return saved.ok ? ok(ref) : saved;
  };
}
