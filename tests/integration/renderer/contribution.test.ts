import { describe, expect, it } from 'vitest';
import { recompute, toContributionDecision } from '../../../shared/contribution/decision.ts';
import { decisionReference, restsOn, standingDecisions } from '../../../shared/contribution/decisions-of.ts';
import { isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { useWorkspace } from '../../../renderer/stores/workspace-store.ts';
import { aHilversumFamily, familyId, motherId, policyId } from '../../fakes/contribution-family.ts';
import { memoryServices, testUser, type MemoryServices } from '../../fakes/memory-services.ts';

const october = isoMonth('2025-10');
const income = (services: MemoryServices, amountCents: number) =>
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents, evidence: 'payslip' } },
  );
const decisionsOn = (services: MemoryServices) =>
  standingDecisions(
    [...useWorkspace.getState().records.values()]
      .filter(({ kind }) => kind === 'contributionDecision')
      .map(({ id }) => toContributionDecision(id, services.valuesIn({ kind: 'contributionDecision', id }))),
    { familyId, grownChild: null },
    october,
  );

describe('a family on a site in October 2025', () => {
  it('has the published thresholds of one adult with two children', async () => {
    const services = aHilversumFamily(memoryServices());
    const assessed = await services.assess(familyId, october);
    if (!assessed.ok) throw new Error(assessed.error.type);
    const [unit] = assessed.value;
    expect(unit?.result).toMatchObject({
      ok: true,
      value: {
        allowanceCents: 75_933,
        contributionCents: 0,
        thresholds: { withdrawFrom: 87_323, fullContributionFrom: 115_408 },
      },
    });
    expect(unit?.members.map(({ name }) => name).sort()).toEqual(['Andrii Bondar', 'Daryna Bondar', 'Iryna Bondar']);
  });

  it('cannot be worked out before net or gross was chosen, before 2022-04, or without a record', async () => {
    const services = aHilversumFamily(memoryServices());
    const errorIn = async (id: string, month: string) => {
      const assessed = await services.assess(id, isoMonth(month));
      return assessed.ok ? 'ok' : assessed.error.type;
    };
    expect(await errorIn(familyId, '2022-03')).toBe('no-parameters');
    expect(await errorIn(familyId, '2022-04')).toBe('no-members');
    expect(await errorIn(policyId, '2025-10')).toBe('not-found');
    services.put({ kind: 'municipalPolicy', id: policyId }, { _deleted: true });
    expect(await errorIn(familyId, '2025-10')).toBe('income-basis-missing');
  });
});

describe('a decision', () => {
  it('keeps what it rests on, and is worked out again to the cent', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 200_000);
    const decided = await services.decide(familyId, october, null, null, null);
    if (!decided.ok) throw new Error(decided.error.type);
    const [decision] = decisionsOn(services);
    expect(decision?.receipt).toMatchObject({
      familyId,
      replaces: null,
      decidedBy: testUser,
      assessment: { allowanceCents: 0, contributionCents: 24_422, zone: 'full' },
    });
    expect(recompute(decision!.receipt).ok).toBe(true);
    expect(services.log).toContain('save decide');
    expect(decisionReference(decided.value.id, october)).toMatch(/^2025-10-[0-9A-F]{6}$/);
  });

  it('is never edited: a correction takes its place and the first one stays', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 200_000);
    const first = await services.decide(familyId, october, null, null, null);
    if (!first.ok) throw new Error(first.error.type);
    const edited = await services.save({
      records: [
        { ref: first.value, edits: [{ field: 'decision', value: decisionsOn(services)[0]!.receipt, base: [] }] },
      ],
      action: 'edit',
      purpose: null,
    });
    expect(edited.ok).toBe(false);

    const assessed = await services.assess(familyId, october);
    expect(assessed.ok && restsOn(decisionsOn(services)[0]!.receipt, assessed.value[0]!.facts)).toBe(true);
    income(services, 0);
    const again = await services.assess(familyId, october);
    expect(again.ok && restsOn(decisionsOn(services)[0]!.receipt, again.value[0]!.facts)).toBe(false);
    const second = await services.decide(familyId, october, null, null, null);
    if (!second.ok) throw new Error(second.error.type);
    expect(decisionsOn(services).map(({ id, receipt }) => [id, receipt.replaces])).toEqual([
      [second.value.id, first.value.id],
    ]);
    expect(services.valuesIn(first.value)['decision']).toMatchObject({ assessment: { contributionCents: 24_422 } });
  });

  it('is refused without the judgement that the rules leave to a person, and outside its room', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 100_000);
    const decide = async (contribution: number | null, reason = 'maatwerk') => {
      const judgement = contribution === null ? null : { contributionCents: cents(contribution), reason };
      const decided = await services.decide(familyId, october, null, judgement, null);
      return decided.ok ? 'ok' : decided.error.type;
    };
    expect(await decide(null)).toBe('judgement-missing');
    expect(await decide(5_000, ' ')).toBe('judgement-without-reason');
    expect(await decide(24_423)).toBe('judgement-outside-room');
    expect(decisionsOn(services)).toEqual([]);
    expect(await decide(5_000)).toBe('ok');
    expect(decisionsOn(services)[0]?.receipt.assessment.contributionCents).toBe(5_000);
  });

  it('of two laptops on the same month both stand', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 200_000);
    const first = await services.decide(familyId, october, null, null, null);
    if (!first.ok) throw new Error(first.error.type);
    const { receipt } = decisionsOn(services)[0]!;
    services.put({ kind: 'contributionDecision', id: services.newId() }, { decision: { ...receipt } });
    expect(decisionsOn(services)).toHaveLength(2);
  });
});
