import { describe, expect, it } from 'vitest';
import { settingOn } from '../../../shared/contribution/dated-policy.ts';
import {
  amountsCheckedFieldId,
  groundsFieldId,
  lastCheckOf,
  overrideFieldId,
  toDatedPolicy,
  toMunicipalSettings,
} from '../../../shared/contribution/municipal-policy.ts';
import { checkedUntil } from '../../../shared/contribution/parameters.ts';
import { assessMonth } from '../../../shared/contribution/assess-month.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { assess, factsOf, household, parametersOf, policy, stepAmount, withOverrides } from './facts.ts';

const july = isoDate('2026-07-01');
const municipality = { code: '0344', name: 'Utrecht' };

describe('parts of pay', () => {
  const earned = (kind: 'holiday-pay' | 'bonus' | 'expense-allowance', own = policy) =>
    assess({ month: '2025-10', members: household('1+0'), incomes: { a1: 50_000 }, kind, policy: own });

  it('count as income from work, except an allowance for expenses', () => {
    expect(stepAmount(earned('holiday-pay'), 'countable-income')).toBe(50_000);
    expect(stepAmount(earned('bonus'), 'countable-income')).toBe(50_000);
    expect(stepAmount(earned('expense-allowance'), 'countable-income')).toBe(0);
  });

  it('are left out, or counted, where the municipality settled it, and the steps say so', () => {
    const without = earned('holiday-pay', { ...policy, excludedKinds: ['holiday-pay'] });
    expect(stepAmount(without, 'countable-income')).toBe(0);
    expect(without.steps.find(({ rule }) => rule === 'countable-income')?.inputs).toMatchObject({
      'excluded.a1.holiday-pay': 50_000,
    });
    expect(
      stepAmount(earned('expense-allowance', { ...policy, extraGrounds: ['expense-allowance'] }), 'countable-income'),
    ).toBe(50_000);
  });

  it('no municipality can leave out wages themselves', () => {
    const facts = { month: '2025-10', members: household('1+0'), incomes: { a1: 50_000 } };
    const own = { ...policy, excludedKinds: ['employment' as const] };
    expect(stepAmount(assess({ ...facts, policy: own }), 'countable-income')).toBe(50_000);
  });
});

describe('a floor for the contribution', () => {
  const of = (income: number, floor = 50_000) =>
    assess({
      month: '2025-01',
      members: household('1+0'),
      incomes: { a1: income },
      policy: withOverrides({ 'income.floor': floor, 'threshold.partial_mode': 'step' }),
    });

  it('asks nothing up to and with it, and the full contribution above it', () => {
    expect([50_000, 50_001].map((income) => of(income).contributionCents)).toEqual([0, 10_500]);
    expect(of(50_000).steps.find(({ rule }) => rule === 'zone')?.inputs).toMatchObject({ floor: 50_000 });
  });

  it('leaves nothing to judge, and withdraws the allowance as before', () => {
    const manual = assess({
      month: '2025-10',
      members: household('1+0'),
      incomes: { a1: 40_000 },
      policy: withOverrides({ 'income.floor': 50_000 }),
    });
    expect([manual.allowanceCents, manual.contributionCents, manual.toJudge]).toEqual([0, 0, null]);
  });
});

describe('when a threshold is reached only by more', () => {
  it('the very amount lies below it', () => {
    const at = (compare: '>=' | '>') =>
      assess({
        month: '2025-10',
        members: household('1+0'),
        incomes: { a1: 64_292 },
        policy: withOverrides({ 'threshold.compare': compare }),
      }).zone;
    expect([at('>='), at('>')]).toEqual(['full', 'between']);
  });
});

describe('settings without a national row', () => {
  const settings = toMunicipalSettings('p1', {
    municipality,
    [overrideFieldId('bill.offset_months', isoDate('2025-02-01'))]: {
      to: '2025-12-31',
      value: 1,
      reason: 'achteraf',
      source: 'gmb-2025-1147',
    },
    [groundsFieldId(july)]: { kinds: ['pension'], excluded: ['bonus'], reason: 'beleidsregel' },
  });

  it('hold from their first day to their last one', () => {
    const dated = toDatedPolicy([settings], '0344', july);
    const on = (day: string) => settingOn(dated, 'bill.offset_months', isoDate(day));
    expect(['2025-01-31', '2025-02-01', '2025-12-31', '2026-01-01'].map(on)).toEqual([undefined, 1, 1, undefined]);
  });

  it('excluded parts of pay reach the calculation', () => {
    expect(toDatedPolicy([settings], '0344', july).excludedKinds).toEqual(['bonus']);
    expect(toDatedPolicy([settings], '0344', isoDate('2026-06-01')).excludedKinds).toBeUndefined();
  });
});

describe('a month beyond the checked amounts', () => {
  const beyond = factsOf({ month: '2026-06', members: household('1+0') });
  const assessed = (checkedOn: string | null) => {
    const result = assessMonth(
      beyond,
      checkedUntil(parametersOf('2026-06'), checkedOn === null ? null : isoDate(checkedOn)),
    );
    if (!result.ok) throw new Error(result.error.type);
    return result.value;
  };

  it('says which amounts it uses, and until when they were checked', () => {
    const { warnings, amounts } = assessed(null);
    expect(warnings).toContain('amounts-unconfirmed');
    expect(amounts).toEqual({ since: '2025-10-01', confirmedUntil: '2026-04-30' });
  });

  it('loses the warning once somebody checked them on that day or later', () => {
    expect(assessed('2026-05-31').warnings).toContain('amounts-unconfirmed');
    expect(assessed('2026-06-01').warnings).not.toContain('amounts-unconfirmed');
    expect(assessed('2024-01-01').amounts?.confirmedUntil).toBe('2026-04-30');
  });

  it('takes the last check of its own municipality only', () => {
    const check = (id: string, code: string, ...days: string[]) =>
      toMunicipalSettings(id, {
        municipality: { ...municipality, code },
        ...Object.fromEntries(
          days.map((day) => [amountsCheckedFieldId(isoDate(day)), { reason: 'gelezen', source: 'wetten.overheid.nl' }]),
        ),
      });
    const all = [check('p1', '0344', '2026-05-02', '2026-08-01'), check('p2', '0362', '2026-11-01')];
    expect(lastCheckOf(all, '0344')).toBe('2026-08-01');
    expect(lastCheckOf(all, '0518')).toBeNull();
  });
});
