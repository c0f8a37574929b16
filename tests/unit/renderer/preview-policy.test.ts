import { describe, expect, it } from 'vitest';
import { effectRows } from '../../../renderer/features/contributions/effect-rows.ts';
import type { PolicyChange } from '../../../renderer/use-cases/preview-policy.ts';
import { cateringFieldId, overrideFieldId } from '../../../shared/contribution/municipal-policy.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { aHilversumFamily, familyId, motherId, policyId, siteId } from '../../fakes/contribution-family.ts';
import { memoryServices } from '../../fakes/memory-services.ts';

const municipality = { code: '0402', name: 'Hilversum' };
const october = isoDate('2026-10-01');
const change = (over: Partial<PolicyChange>): PolicyChange => ({
  policyId,
  municipality,
  edits: [
    {
      field: overrideFieldId('clothing', october),
      value: { to: null, value: 7000, reason: 'proef', source: 'gemeenteblad 3' },
    },
  ],
  from: october,
  to: null,
  ...over,
});
function preview(given: PolicyChange, stopAfter = Infinity) {
  const services = aHilversumFamily(memoryServices());
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2026-10': { amountCents: 200_000, evidence: 'payslip' } },
  );
  const stop = new AbortController();
  const seen: number[] = [];
  const onProgress = (done: number) => {
    seen.push(done);
    if (seen.length >= stopAfter) stop.abort();
  };
  return { seen, services, found: services.previewPolicy(given, onProgress, stop.signal) };
}

describe('a preview of a change of policy', () => {
  it('names each family and month with the amounts before and after, and saves nothing', async () => {
    const { found, services } = preview(change({}));
    const before = await services.assess(familyId, (await found)!.months[1]!);
    expect(await found).toMatchObject({
      months: ['2026-10', '2026-11', '2026-12'],
      families: 1,
      effects: [
        { familyId, month: '2026-11', before: { allowance: 75933 }, after: { allowance: 78135 } },
        { familyId, month: '2026-12', before: { allowance: 75933 }, after: { allowance: 78135 } },
      ],
    });
    expect(before).toMatchObject({ value: [{ result: { value: { allowanceCents: 75933 } } }] });
  });

  it('sees meals on a site and a start of collection', async () => {
    const meals = change({
      edits: [
        {
          field: cateringFieldId(siteId, october),
          value: { to: '2026-10-31', catered: true, reason: 'keuken', source: '' },
        },
      ],
      to: isoDate('2026-10-31'),
    });
    expect((await preview(meals).found)?.effects).toMatchObject([
      { month: '2026-10', before: { contribution: 24422 }, after: { contribution: 49640 } },
    ]);
    const later = change({ edits: [{ field: 'collectsFrom', value: { day: '2026-11-01', reason: 'besluit' } }] });
    const [effect] = (await preview(later).found)?.effects ?? [];
    expect(effect).toMatchObject({ month: '2026-10', after: { contribution: 0 } });
  });

  it('touches nobody when it is of another municipality', async () => {
    const other = change({
      policyId: 'b0110000-0000-4000-8000-000000000009',
      municipality: { code: '0344', name: 'U' },
    });
    expect((await preview(other).found)?.effects).toEqual([]);
  });

  it('can be stopped', async () => {
    const { found, seen } = preview(change({}), 1);
    expect(await found).toBeNull();
    expect(seen).toEqual([1]);
  });

  it('shows months with the same change in one line', async () => {
    const rows = effectRows((await preview(change({})).found)?.effects ?? []);
    expect(rows.map(({ from, to }) => [from, to])).toEqual([['2026-11', '2026-12']]);
  });
});
