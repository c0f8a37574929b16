import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatedPolicy } from '../../../shared/contribution/dated-policy.ts';
import { dueItems, isOpen } from '../../../shared/follow-up/due.ts';
import { findFollowUp, followUpsOf, type FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { instalmentsOf, openAmount } from '../../../shared/follow-up/instalments.ts';
import { lastDayOfTerm, termOn } from '../../../shared/follow-up/terms.ts';
import { addMonths, isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { toFamily } from '../../../shared/register/family.ts';

const familyId = 'fa300000-0000-4000-8000-000000000001';
const id = (at: number) => `0a000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const policy: DatedPolicy = {
  municipality: '0402',
  incomeBasis: 'net',
  extraGrounds: [],
  collectsFrom: null,
  overrides: [],
};
function item(at: number, type: string, day: string, values: FieldValues = {}): FollowUp {
  const about = { type, familyId, grownChild: null, day, month: null, decision: null };
  const found = findFollowUp(id(at), { about, ...values });
  if (found === undefined) throw new Error('unreadable');
  return found;
}
const due = (
  followUps: readonly FollowUp[],
  today: string,
  own = policy,
  families: Parameters<typeof dueItems>[0]['families'] = [],
) => dueItems({ followUps, families, today: isoDate(today), policyOf: () => own });

describe('terms', () => {
  it('count plain days, also over a weekend and the turn of the year', () => {
    // 20 December 2025 is a Saturday; no source says that it moves.
    expect(lastDayOfTerm(policy, 'term.income_request', isoDate('2025-12-06'))).toBe('2025-12-20');
    expect(lastDayOfTerm(policy, 'term.objection', isoDate('2025-12-06'))).toBe('2026-01-17');
    expect(lastDayOfTerm(policy, 'term.arrival_information', isoDate('2024-02-20'))).toBe('2024-03-06');
  });

  it('are those of the municipality where it settled one, and say how sure they are where it did not', () => {
    const override = { param: 'term.objection', value: 84, reason: 'commissie', source: '', to: null } as const;
    const own = { ...policy, overrides: [{ ...override, from: isoDate('2026-01-01') }] };
    expect(termOn(own, 'term.objection', isoDate('2026-01-01'))).toMatchObject({ days: 84, confidence: null });
    expect(termOn(own, 'term.objection', isoDate('2025-12-31'))).toMatchObject({ days: 42, confidence: 'nv' });
  });
});

describe('what is due', () => {
  it('is overdue the day after the last day, and comes first', () => {
    const items = [
      item(1, 'objection', '2025-11-01'),
      item(2, 'request', '2025-11-01'),
      item(3, 'arrear', '2025-01-01', { arrear: { amountCents: 100 } }),
    ];
    expect(due(items, '2025-11-15').map(({ type, isOverdue }) => [type, isOverdue])).toEqual([
      ['request', false],
      ['objection', false],
      ['arrear', false],
    ]);
    expect(due(items, '2025-11-16')[0]).toMatchObject({ type: 'request', due: '2025-11-15', isOverdue: true });
  });

  it('ends with an answer or an outcome', () => {
    const answered = { closed: { day: '2025-11-03', reason: 'loonstrook' } };
    const outcome = { outcome: { day: '2025-11-20', outcome: 'rejected', reason: 'klopt', decision: null } };
    expect(
      due([item(1, 'request', '2025-11-01', answered), item(2, 'objection', '2025-11-01', outcome)], '2026-06-01'),
    ).toEqual([]);
  });

  it('never lets anything follow from an arrear', () => {
    const arrear = item(1, 'arrear', '2020-01-01', { arrear: { amountCents: 100 } });
    expect(due([arrear], '2030-01-01')).toEqual([expect.objectContaining({ due: null, isOverdue: false })]);
    const paid = item(1, 'arrear', '2020-01-01', {
      arrear: { amountCents: 100 },
      'paid.a': { day: '2020-02-01', amountCents: 100 },
    });
    expect(due([paid], '2030-01-01')).toEqual([]);
  });

  it('tells of the end of a hardship decision four weeks before', () => {
    const hardship = item(1, 'hardship', '2025-01-01', {
      hardship: { amountCents: 5000, until: '2025-12-31', reason: 'schuld', evidence: 'loonstrook' },
    });
    expect(due([hardship], '2025-12-02')).toEqual([]);
    expect(due([hardship], '2025-12-03')).toHaveLength(1);
    expect(due([hardship], '2025-12-31')).toEqual([expect.objectContaining({ due: '2025-12-31', isOverdue: false })]);
    expect(isOpen(hardship, isoDate('2026-01-01'))).toBe(false);
  });

  it('asks for information of a household that came, until somebody recorded that it was given', () => {
    const resident = 'ee500000-0000-4000-8000-000000000001';
    const family = toFamily(familyId, {
      label: 'Bondar',
      [`member.${resident}.2025-11-01`]: { to: null, relation: 'main-person' },
    });
    expect(due([], '2025-11-17', policy, [family])).toEqual([
      { type: 'information', id: null, familyId, grownChild: null, due: '2025-11-16', isOverdue: true },
    ]);
    expect(due([], '2025-11-16', policy, [family])).toMatchObject([{ isOverdue: false }]);
    expect(due([], '2025-10-31', policy, [family])).toEqual([]);
    expect(due([], '2025-12-31', policy, [family])).toHaveLength(1);
    expect(due([], '2026-01-01', policy, [family])).toEqual([]);
    expect(due([], '2026-03-01', policy, [family])).toEqual([]);
    const given = item(1, 'information', '2025-11-01', { closed: { day: '2025-11-05', reason: 'folder' } });
    expect(due([given], '2025-11-17', policy, [family])).toEqual([]);
  });

  it('belongs to one family of the law', () => {
    const all = [item(1, 'request', '2025-11-01'), item(2, 'request', '2025-11-02')];
    expect(followUpsOf(all, { familyId, grownChild: null }).map((one) => one.day)).toEqual([
      '2025-11-02',
      '2025-11-01',
    ]);
    expect(followUpsOf(all, { familyId, grownChild: id(9) })).toEqual([]);
  });
});

describe('an arrangement', () => {
  const arrangement = (over: FieldValues = {}) =>
    item(1, 'arrangement', '2025-11-01', {
      arrangement: { firstMonth: '2025-12', totalCents: 10_000, instalments: 3, reason: 'verzoek' },
      ...over,
    });

  it('spreads the total to the cent, the first parts with the odd cents', () => {
    expect(instalmentsOf(arrangement()).map(({ month, due: day, amountCents }) => [month, day, amountCents])).toEqual([
      ['2025-12', '2025-12-31', 3334],
      ['2026-01', '2026-01-31', 3333],
      ['2026-02', '2026-02-28', 3333],
    ]);
  });

  it('moves over a pause, shrinks by a waiver and is filled by payments', () => {
    const changed = arrangement({
      'pause.a': { from: '2026-01', to: '2026-02', reason: 'ziek' },
      'waiver.a': { day: '2026-01-05', amountCents: 1000, reason: 'hardheid' },
      'paid.a': { day: '2025-12-30', amountCents: 3500 },
    });
    expect(instalmentsOf(changed).map(({ month, amountCents, paidCents }) => [month, amountCents, paidCents])).toEqual([
      ['2025-12', 3000, 3000],
      ['2026-03', 3000, 500],
      ['2026-04', 3000, 0],
    ]);
    expect(openAmount(changed)).toBe(5500);
    expect(due([changed], '2026-01-01')).toEqual([expect.objectContaining({ due: '2026-03-31', isOverdue: false })]);
  });

  it('always adds up, in months that follow each other and are not paused', () => {
    const months = fc.integer({ min: 0, max: 30 }).map((ahead) => addMonths(isoMonth('2025-12'), ahead));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500_000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.tuple(months, months), { maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 3 }),
        (totalCents, instalments, pauses, waivers) => {
          const one = arrangement({
            arrangement: { firstMonth: '2025-12', totalCents, instalments, reason: 'x' },
            ...Object.fromEntries(
              pauses.map(([a, b], at) => [`pause.${at}`, { from: a < b ? a : b, to: a < b ? b : a, reason: 'x' }]),
            ),
            ...Object.fromEntries(
              waivers.map((amountCents, at) => [`waiver.${at}`, { day: '2025-12-01', amountCents, reason: 'x' }]),
            ),
          });
          const parts = instalmentsOf(one);
          const waived = waivers.reduce((sum, value) => sum + value, 0);
          expect(parts.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(Math.max(0, totalCents - waived));
          expect(openAmount(one)).toBe(Math.max(0, totalCents - waived));
          const inOrder = parts.map(({ month }) => month);
          expect([...new Set(inOrder)].sort()).toEqual(inOrder);
          for (const { from, to } of one.pauses)
            expect(inOrder.some((month) => from <= month && month <= to)).toBe(false);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
