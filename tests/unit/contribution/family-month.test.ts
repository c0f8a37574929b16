import { describe, expect, it } from 'vitest';
import { assessMonth } from '../../../shared/contribution/assess-month.ts';
import type { DatedPolicy } from '../../../shared/contribution/dated-policy.ts';
import {
  familyMonth,
  isNobodyThere,
  type DatedFamily,
  type DatedMember,
} from '../../../shared/contribution/family-month.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { parametersOf } from './facts.ts';

const member = (id: string, over: Partial<DatedMember> = {}): DatedMember => ({
  id,
  birthDate: isoDate('1985-05-20'),
  role: 'adult',
  unaccompanied: false,
  from: isoDate('2024-01-10'),
  to: null,
  inCare: [],
  exclusions: [],
  ...over,
});
const policy: DatedPolicy = {
  municipality: '0344',
  incomeBasis: 'net',
  extraGrounds: [],
  collectsFrom: null,
  overrides: [],
};
const family = (over: Partial<DatedFamily> = {}): DatedFamily => ({
  month: isoMonth('2025-11'),
  members: [member('a1'), member('a2')],
  receptions: [{ from: isoDate('2024-01-10'), reception: 'municipal', catered: false }],
  incomes: [],
  policy,
  ...over,
});
const income = (memberId: string, month: string, amount: number, startedOn: string | null = null) => ({
  memberId,
  kind: 'employment' as const,
  month: isoMonth(month),
  amountCents: cents(amount),
  startedOn: startedOn === null ? null : isoDate(startedOn),
});
function unitsOf(given: DatedFamily) {
  const result = familyMonth(given);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.units;
}
const amountsOf = (given: DatedFamily) =>
  unitsOf(given).map(({ grownChild, facts }) => {
    const result = assessMonth(facts, parametersOf(given.month));
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return { grownChild, allowance: result.value.allowanceCents, contribution: result.value.contributionCents };
  });
const idsOf = (given: DatedFamily) => unitsOf(given).map(({ facts }) => facts.members.map(({ id }) => id));

describe('who counts on the first of the month', () => {
  it('somebody from the first day to the last one, both included', () => {
    const to = (month: string, from: string, until: string | null) =>
      idsOf(
        family({
          month: isoMonth(month),
          members: [member('a1'), member('a2', { from: isoDate(from), to: until === null ? null : isoDate(until) })],
        }),
      )[0];
    expect(to('2025-11', '2025-11-01', null)).toEqual(['a1', 'a2']);
    expect(to('2025-11', '2025-11-02', null)).toEqual(['a1']);
    expect(to('2025-11', '2025-01-01', '2025-11-01')).toEqual(['a1', 'a2']);
    expect(to('2025-11', '2025-01-01', '2025-10-31')).toEqual(['a1']);
  });

  it('a child born on the second counts from the next month', () => {
    const born = member('m1', { role: 'child', birthDate: isoDate('2025-11-02'), from: isoDate('2025-10-01') });
    const of = (month: string) => idsOf(family({ month: isoMonth(month), members: [member('a1'), born] }))[0];
    expect(of('2025-11')).toEqual(['a1']);
    expect(of('2025-12')).toEqual(['a1', 'm1']);
  });

  it('one person with two overlapping periods counts once', () => {
    const twice = [member('a1'), member('a1', { from: isoDate('2025-06-01') })];
    expect(idsOf(family({ members: twice }))).toEqual([['a1']]);
  });

  it('of two periods that hold the later one stands', () => {
    const inCare = [{ from: isoDate('2025-06-01'), to: null }];
    const periods = [member('a1', { from: isoDate('2025-06-01'), inCare }), member('a1')];
    for (const members of [periods, periods.toReversed()])
      expect(amountsOf(family({ members }))[0]?.allowance).toBe(6266);
  });

  it('who has Dutch nationality is left out, and does not make the family larger', () => {
    const dutch = member('a2', {
      exclusions: [{ reason: 'dutch-nationality', from: isoDate('2025-10-15'), to: null }],
    });
    const members = [member('a1'), dutch, member('m1', { role: 'child', birthDate: isoDate('2015-05-20') })];
    const result = familyMonth(family({ members }));
    expect(result).toMatchObject({ value: { leftOut: [{ memberId: 'a2', reason: 'dutch-nationality' }] } });
    expect(amountsOf(family({ members }))[0]?.allowance).toBe(58755);
    expect(amountsOf(family({ members, month: isoMonth('2025-10') }))[0]?.allowance).toBe(79509);
  });

  it('care counts from the first of the month after admission', () => {
    const inCare = member('a1', { inCare: [{ from: isoDate('2025-10-20'), to: isoDate('2025-11-20') }] });
    const of = (month: string) => amountsOf(family({ month: isoMonth(month), members: [inCare] }))[0]?.allowance;
    expect([of('2025-10'), of('2025-11'), of('2025-12')]).toEqual([31484, 6266, 31484]);
  });
});

describe('a child that becomes of age', () => {
  const grown = member('c1', { role: 'child', birthDate: isoDate('2007-11-15') });
  const members = [member('a1'), member('a2'), grown];

  it('D-10: is a family of one from the next month, and the family of the parents is one smaller', () => {
    expect(amountsOf(family({ month: isoMonth('2025-11'), members }))).toEqual([
      { grownChild: null, allowance: 79509, contribution: 0 },
    ]);
    expect(amountsOf(family({ month: isoMonth('2025-12'), members }))).toEqual([
      { grownChild: null, allowance: 62968, contribution: 0 },
      { grownChild: 'c1', allowance: 31484, contribution: 0 },
    ]);
  });

  it('is one in the same month when the birthday is the first', () => {
    const first = member('c1', { role: 'child', birthDate: isoDate('2007-11-01') });
    expect(idsOf(family({ members: [member('a1'), first] }))).toEqual([['a1'], ['c1']]);
  });

  it('D-16: pays for itself beside the maximum of the family', () => {
    const incomes = ['a1', 'a2', 'c1'].map((id) => income(id, '2025-12', 500_000));
    expect(amountsOf(family({ month: isoMonth('2025-12'), members, incomes }))).toEqual([
      { grownChild: null, allowance: 0, contribution: 48844 },
      { grownChild: 'c1', allowance: 0, contribution: 24422 },
    ]);
  });

  it('is not touched by a judgement on the family', () => {
    const judgement = { contributionCents: cents(0), reason: 'onevenredige gevolgen' };
    const units = unitsOf(family({ month: isoMonth('2025-12'), members, judgement }));
    expect(units.map(({ facts }) => facts.judgement)).toEqual([judgement, undefined]);
  });
});

describe('what changes during a month acts from the next one', () => {
  it('D-14: a job from 12 March leaves the allowance of March', () => {
    const job = {
      incomes: [income('a1', '2025-03', 80_000, '2025-03-12'), income('a1', '2025-04', 150_000, '2025-03-12')],
    };
    const of = (month: string) => amountsOf(family({ month: isoMonth(month), members: [member('a1')], ...job }))[0];
    expect(of('2025-03')).toMatchObject({ allowance: 31484, contribution: 0 });
    expect(of('2025-04')).toMatchObject({ allowance: 0, contribution: 10500 });
  });

  it('a job that began on the first counts at once', () => {
    const incomes = [income('a1', '2025-11', 150_000, '2025-11-01')];
    expect(amountsOf(family({ members: [member('a1')], incomes }))[0]?.contribution).toBe(24422);
  });

  it('only the income of the month itself counts', () => {
    const incomes = [income('a1', '2025-10', 150_000), income('a1', '2025-12', 150_000)];
    expect(unitsOf(family({ incomes }))[0]?.facts.incomes).toEqual([]);
  });

  it('a change of reception counts from the next first, whatever the order of the entries', () => {
    const receptions = [
      { from: isoDate('2025-10-02'), reception: 'private', catered: false },
      { from: isoDate('2024-01-10'), reception: 'municipal', catered: true },
    ] as const;
    const of = (month: string) => unitsOf(family({ month: isoMonth(month), receptions }))[0]?.facts;
    expect(of('2025-10')).toMatchObject({ reception: 'municipal', catered: true });
    expect(of('2025-11')).toMatchObject({ reception: 'private', catered: false });
  });
});

describe('policy of the municipality', () => {
  it('values hold from and to their days', () => {
    const override = {
      param: 'eb.accommodation',
      value: 20000,
      from: isoDate('2025-11-01'),
      to: isoDate('2025-11-30'),
      reason: 'raadsbesluit',
      source: 'gemeenteblad',
    } as const;
    const of = (month: string) =>
      unitsOf(family({ month: isoMonth(month), policy: { ...policy, overrides: [override] } }))[0]?.facts.policy
        .overrides.length;
    expect([of('2025-10'), of('2025-11'), of('2025-12')]).toEqual([0, 1, 0]);
  });

  it('the later of two values stands, whatever their order', () => {
    const since = (from: string, value: number) =>
      ({
        param: 'eb.accommodation',
        value,
        from: isoDate(from),
        to: null,
        reason: 'besluit',
        source: 'gemeenteblad',
      }) as const;
    const values = [since('2025-11-01', 20000), since('2025-10-01', 10000)];
    for (const overrides of [values, values.toReversed()]) {
      const incomes = [income('a1', '2025-11', 500_000)];
      const given = family({ members: [member('a1')], policy: { ...policy, overrides }, incomes });
      expect(amountsOf(given)[0]?.contribution).toBe(20000);
    }
  });

  it('collects from its own first day', () => {
    const nijkerk = { ...policy, collectsFrom: isoDate('2024-12-01') };
    const of = (month: string) =>
      amountsOf(
        family({
          month: isoMonth(month),
          members: [member('a1')],
          policy: nijkerk,
          incomes: [income('a1', month, 500_000)],
        }),
      )[0];
    expect(of('2024-11')).toMatchObject({ allowance: 0, contribution: 0 });
    expect(of('2024-12')).toMatchObject({ allowance: 0, contribution: 10500 });
  });
});

describe('facts that make no month', () => {
  it.each([
    ['income-basis-missing', { policy: { ...policy, incomeBasis: null } }],
    ['no-reception', { receptions: [{ from: isoDate('2025-11-02'), reception: 'municipal', catered: false }] }],
    ['no-reception', { receptions: [{ from: isoDate('2025-11-01'), reception: 'none', catered: false }] }],
  ] as const)('%s', (type, over) => {
    expect(familyMonth(family(over))).toEqual({ ok: false, error: { type, month: '2025-11' } });
  });

  it('nobody there is told apart from somebody to whom nothing is given', () => {
    const errorOf = (over: Partial<DatedFamily>) => {
      const found = familyMonth(family(over));
      return found.ok ? null : found.error;
    };
    const later = errorOf({ members: [member('a1', { from: isoDate('2025-11-02') })] });
    expect(later).toEqual({ type: 'no-members', month: '2025-11', leftOut: [] });
    expect(isNobodyThere(later!)).toBe(true);
    const exclusions = [{ from: isoDate('2025-01-01'), to: null, reason: 'dutch-nationality' as const }];
    const excluded = errorOf({ members: [member('a1', { exclusions })] });
    expect(excluded).toMatchObject({ type: 'no-members', leftOut: [{ memberId: 'a1' }] });
    expect(isNobodyThere(excluded!)).toBe(false);
    expect(isNobodyThere({ type: 'no-reception' })).toBe(false);
  });

  it('an income of nobody in this family, or below nothing', () => {
    expect(familyMonth(family({ incomes: [income('z9', '2025-11', 1)] }))).toEqual({
      ok: false,
      error: { type: 'income-of-stranger', memberId: 'z9' },
    });
    expect(familyMonth(family({ incomes: [income('a1', '2025-11', -1)] }))).toEqual({
      ok: false,
      error: { type: 'negative-income', memberId: 'a1', kind: 'employment' },
    });
  });
});
