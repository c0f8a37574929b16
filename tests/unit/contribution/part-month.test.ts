import { describe, expect, it } from 'vitest';
import { assessMonth, type MonthFacts } from '../../../shared/contribution/assess-month.ts';
import { familyMonth, type DatedFamily } from '../../../shared/contribution/family-month.ts';
import { proRata } from '../../../shared/contribution/part-month.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { factsOf, household, parametersOf, stepAmount, withOverrides, type Case } from './facts.ts';

const single: Case = { month: '2025-10', members: household('1+0'), incomes: { a1: 0 } };
const arrival = { which: 'first', days: 20, of: 31 } as const;
const departure = { which: 'last', days: 12, of: 31 } as const;

function assessed(given: Case, more: Partial<MonthFacts>) {
  const result = assessMonth({ ...factsOf(given), ...more }, parametersOf(given.month));
  if (!result.ok) throw new Error(result.error.type);
  return result.value;
}

describe('a month of arrival', () => {
  it('is left to a person while the municipality has settled nothing, between nothing and the whole month', () => {
    const open = assessed(single, { partMonth: arrival });
    expect(open.toJudge).toEqual({
      of: 'allowance',
      from: 0,
      to: 31_484,
      step: 31_484,
      taper: 20_312,
      partMonth: true,
    });
    expect(open.warnings).toContain('weak-parameter');
    const judged = assessed(
      { ...single, judgement: { allowanceCents: cents(20_000), reason: 'drie weken' } },
      { partMonth: arrival },
    );
    expect(judged).toMatchObject({ allowanceCents: 20_000, toJudge: null });
    expect(stepAmount(judged, 'judgement')).toBe(20_000);
  });

  it.each([
    ['full', 31_484],
    // 314.84 × 20 / 31 = 203.122…
    ['pro_rata', 20_312],
  ])('is %s where the municipality settled it: %i', (mode, amount) => {
    const found = assessed({ ...single, policy: withOverrides({ 'month.first': mode }) }, { partMonth: arrival });
    expect(found).toMatchObject({ allowanceCents: amount, contributionCents: 0, toJudge: null });
    const step = found.steps.find(({ rule }) => rule === 'part-month');
    expect(step).toMatchObject({
      amount,
      inputs: { which: 'first', days: 20, of: 31, mode, whole: 31_484 },
      source: 'gemeenteblad 1',
      confidence: 'M',
    });
  });
});

describe('a month of departure', () => {
  const earner: Case = { ...single, incomes: { a1: 200_000 } };

  it('is a whole one, by days or set by a person, as the municipality settled; the thresholds stay', () => {
    const by = (mode: string) =>
      assessed({ ...earner, policy: withOverrides({ 'month.last': mode }) }, { partMonth: departure });
    expect(by('full').contributionCents).toBe(24_422);
    // 244.22 × 12 / 31 = 94.537…
    expect(by('pro_rata').contributionCents).toBe(9_454);
    expect(by('pro_rata').thresholds).toEqual(by('full').thresholds);
    expect(by('manual').toJudge).toMatchObject({ of: 'contribution', to: 24_422, step: 24_422, taper: 9_454 });
  });
});

it('half a cent goes up', () => {
  expect(proRata(cents(1), { days: 15, of: 30 })).toBe(1);
  expect(proRata(cents(31_484), { days: 31, of: 31 })).toBe(31_484);
});

describe('which month is one in part', () => {
  const family = (member: Partial<DatedFamily['members'][number]>, month: string, last?: string): DatedFamily => ({
    month: isoMonth(month),
    members: [
      {
        id: 'a1',
        from: isoDate('2025-10-12'),
        to: null,
        birthDate: isoDate('1985-05-20'),
        role: 'adult',
        unaccompanied: false,
        inCare: [],
        exclusions: [],
        ...member,
      },
    ],
    receptions: [{ from: isoDate('2025-10-01'), reception: 'municipal', catered: false }],
    incomes: [],
    policy: {
      municipality: '0344',
      incomeBasis: 'net',
      extraGrounds: [],
      collectsFrom: null,
      overrides:
        last === undefined
          ? []
          : [{ param: 'month.last', value: last, reason: 'r', source: 's', from: isoDate('2025-01-01'), to: null }],
    },
  });
  const partOf = (given: DatedFamily) => {
    const found = familyMonth(given);
    return found.ok ? found.value.units[0]?.facts.partMonth : found.error.type;
  };
  const arrivedOn = isoDate('2025-10-12');

  it('that of the arrival, its day included; who only changes families has no month twice', () => {
    expect(partOf(family({ arrivedOn }, '2025-10'))).toEqual({ which: 'first', days: 20, of: 31 });
    expect(partOf(family({ arrivedOn }, '2025-11'))).toBeUndefined();
    expect(partOf(family({ arrivedOn: isoDate('2025-01-05') }, '2025-10'))).toBe('no-members');
    expect(partOf(family({}, '2025-10'))).toBe('no-members');
    expect(
      partOf(family({ arrivedOn: isoDate('2025-11-01'), from: isoDate('2025-11-01') }, '2025-11')),
    ).toBeUndefined();
  });

  it('that of the departure only where the municipality settled it', () => {
    const left = { arrivedOn, to: isoDate('2025-12-09'), leftAfter: isoDate('2025-12-09') };
    expect(partOf(family(left, '2025-12'))).toBeUndefined();
    expect(partOf(family(left, '2025-12', 'pro_rata'))).toEqual({ which: 'last', days: 9, of: 31 });
    expect(partOf(family(left, '2025-11', 'pro_rata'))).toBeUndefined();
  });
});
