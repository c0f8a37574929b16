import { describe, expect, it } from 'vitest';
import type { DatedPolicy } from '../../../shared/contribution/dated-policy.ts';
import { findFollowUp, type FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { monthEffectOf } from '../../../shared/follow-up/month-effect.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';

const unit = { familyId: 'fa300000-0000-4000-8000-000000000001', grownChild: null };
const policy = (values: Readonly<Record<string, string | number>> = {}): DatedPolicy => ({
  municipality: '0402',
  incomeBasis: 'net',
  extraGrounds: [],
  collectsFrom: null,
  overrides: Object.entries(values).map(([param, value]) => ({
    param: param as DatedPolicy['overrides'][number]['param'],
    value,
    reason: 'r',
    source: 's',
    from: isoDate('2025-01-01'),
    to: null,
  })),
});
function followUp(type: FollowUp['type'], day: string, more: FieldValues = {}): FollowUp {
  const about = { type, ...unit, day, month: null, decision: null };
  const found = findFollowUp(`f0110000-0000-4000-8000-${day.replaceAll('-', '').padStart(12, '0')}`, {
    about,
    ...more,
  });
  if (found === undefined) throw new Error('a follow-up that can be read');
  return found;
}
const hardship = (day: string, amountCents: number, until = '2026-03-31', more: FieldValues = {}) =>
  followUp('hardship', day, { hardship: { amountCents, until, reason: 'zorgkosten', evidence: 'nota' }, ...more });
const effect = (items: readonly FollowUp[], month: string, settled = policy()) =>
  monthEffectOf(items, unit, isoMonth(month), settled);
const closed = { closed: { day: '2025-10-05', reason: 'beantwoord' } };

describe('a hardship decision', () => {
  it('acts from the month it begins in to the month of its last day', () => {
    const items = [hardship('2025-10-14', 5_000, '2025-12-01')];
    const acts = (month: string) => effect(items, month).hardship !== undefined;
    expect(['2025-09', '2025-10', '2025-12', '2026-01'].map(acts)).toEqual([false, true, true, false]);
    expect(effect(items, '2025-11').hardship).toEqual({
      contributionCents: 5_000,
      until: '2025-12-01',
      reason: 'zorgkosten',
    });
  });

  it('is the last one of several, of this family, and not one that was ended', () => {
    const items = [hardship('2025-09-01', 5_000), hardship('2025-10-01', 7_000)];
    expect(effect(items, '2025-11').hardship?.contributionCents).toBe(7_000);
    expect(effect([hardship('2025-10-01', 7_000, '2026-03-31', closed)], '2025-11')).toEqual({});
    const other = { ...unit, grownChild: 'ee500000-0000-4000-8000-000000000002' };
    expect(monthEffectOf(items, other, isoMonth('2025-11'), policy())).toEqual({});
  });
});

describe('a request for income that nobody answered', () => {
  const imposes = { no_income_info: 'default_impose' };

  it('acts in the months after its term, which is that of the municipality, and only where that settled it', () => {
    const items = [followUp('request', '2025-10-10')];
    expect(effect(items, '2025-11', policy(imposes))).toEqual({ incomeTermEnded: '2025-10-24' });
    expect(effect(items, '2025-10', policy(imposes))).toEqual({});
    expect(effect(items, '2025-11')).toEqual({});
    expect(effect(items, '2025-11', policy({ ...imposes, 'term.income_request': 28 }))).toEqual({});
    expect(effect(items, '2025-12', policy({ ...imposes, 'term.income_request': 28 }))).toEqual({
      incomeTermEnded: '2025-11-07',
    });
  });

  it('does not once it was answered', () => {
    expect(effect([followUp('request', '2025-09-01', closed)], '2025-11', policy(imposes))).toEqual({});
  });
});
