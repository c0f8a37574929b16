import { describe, expect, it } from 'vitest';
import { finaliseReturnIntake } from '../../../renderer/use-cases/finalise-intake.ts';
import { shipped, fillIn, interview, person, sampleAnswer } from '../../unit/questionnaire/interviews.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { returnIntake } from '../../../shared/questionnaire/return-intake.ts';
import { valuesOf } from '../../../shared/sync/replica-record.ts';
import { dotOf } from '../../../shared/sync/dots.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

const questionnaire = shipped();
const moduleKeys = new Set(questionnaire.file.modules.flatMap(({ questions }) => questions.map(({ key }) => key)));

/** A conversation of which every answer is there, on two laptops that agree. */
async function twoLaptops() {
  const endpoint = memoryEndpoint();
  const [first, second] = [await aDevice({ seed: 1 }), await aDevice({ seed: 2 })];
  const [resident, draft] = [first.newRef('resident'), first.newRef('returnIntake')];
  await first.save(creating(resident, { ...aResident('Kovalenko'), birthDate: '1985-03-12' }));
  const { values, persons } = fillIn(
    questionnaire,
    interview({ intention: 'stay' }, [person(resident.id, 41, {})]),
    (question) => (moduleKeys.has(question.key) ? undefined : sampleAnswer(questionnaire.file, question)),
  );
  const derived = new Set(['site_id', 'absence_days', 'safety_status', 'resident_ref']);
  const answers = [
    ...Object.entries(values).map(([key, value]) => [key, key, value] as const),
    ...persons.flatMap((one) =>
      Object.entries(one.values).map(([key, value]) => [key, `${key}.${one.id}`, value] as const),
    ),
  ].flatMap(([key, id, value]) => (derived.has(key) || value === undefined ? [] : [[`answer.${id}`, value] as const]));
  const made = await first.save(
    creating(draft, {
      placement: { site: '11111111-1111-4111-8111-111111111111' },
      about: { residents: [resident.id], startedOn: '2026-11-18' },
      questionnaire: { id: 'return-intake', version: 1 },
      ...(Object.fromEntries(answers) as Record<string, Value>),
    }),
  );
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  await first.sync(endpoint.transport);
  await second.sync(endpoint.transport);
  /** Until both have everything. */
  const meet = async () => {
    for (const device of [first, second, first, second]) await device.sync(endpoint.transport);
  };
  return { first, second, draft, meet, answers };
}

async function answer(device: Device, draft: RecordRef, field: string, value: Value): Promise<void> {
  const base = (await device.opsIn(draft)).filter(({ f }) => f === field).map(dotOf);
  const saved = await device.save({
    records: [{ ref: draft, edits: [{ field, value, base }] }],
    action: 'edit',
    purpose: null,
  });
  expect(saved).toMatchObject({ ok: true });
}
const unsettledIn = (device: Device, { id }: RecordRef) => {
  const record = device.vault.memory.records.get(`returnIntake/${id}`);
  return record && valuesOf(record, returnIntake).unsettled;
};

describe('a conversation that is closed on one laptop', () => {
  it('stays as it was closed, and what the other one answered meanwhile stands beside it', async () => {
    const { first, second, draft, meet } = await twoLaptops();
    const closed = await finaliseReturnIntake(first.vault, draft.id, ['nl']);
    if (!closed.ok) return expect.fail(JSON.stringify(closed.error));
    const frozen = await first.valuesIn(closed.value);
    await answer(second, draft, 'answer.intention', 'visit');
    await meet();
    expect(await first.valuesIn(closed.value)).toEqual(frozen);
    for (const device of [first, second]) {
      expect(await device.valuesIn(closed.value)).toMatchObject({ intake: frozen?.['intake'] });
      expect(await device.valuesIn(draft)).toMatchObject({ 'answer.intention': 'visit', finalisedAs: closed.value.id });
    }
    expect(frozen?.['intake']).toMatchObject({ answers: { intention: 'stay' } });
    // Nobody can change it afterwards either.
    expect(
      await second.save({
        records: [{ ref: closed.value, edits: [{ field: 'intake', value: frozen?.['intake'] ?? null, base: [] }] }],
        action: 'edit',
        purpose: null,
      }),
    ).toMatchObject({ ok: false, error: { type: 'immutable-record' } });
  });

  it('and on the other at once stands twice, and a person chooses which one counts (C6)', async () => {
    const { first, second, draft, meet, answers } = await twoLaptops();
    // Answers that never leave a laptop are asked on each.
    for (const [field, value] of answers) await answer(second, draft, field, value);
    const closed = [
      await finaliseReturnIntake(first.vault, draft.id, ['nl']),
      await finaliseReturnIntake(second.vault, draft.id, ['nl']),
    ].map((outcome) => (outcome.ok ? outcome.value : expect.fail(JSON.stringify(outcome.error))));
    await meet();
    for (const device of [first, second]) {
      for (const ref of closed) expect(await device.valuesIn(ref)).toHaveProperty('intake');
      expect(unsettledIn(device, draft)).toContain('finalisedAs');
    }
    expect(unsettledIn(first, draft)).toEqual(unsettledIn(second, draft));
  });
});
