import { describe, expect, it } from 'vitest';
import { familyMonth } from '../../../shared/contribution/family-month.ts';
import { cateringFieldId, cateringsOf, toMunicipalSettings } from '../../../shared/contribution/municipal-policy.ts';
import { toDatedFamily, type RegisteredFamily } from '../../../shared/contribution/register-facts.ts';
import { addMonths, isoDate, isoMonth, type IsoMonth } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { toResident } from '../../../shared/register/resident.ts';
import { assessMonth } from '../../../shared/contribution/assess-month.ts';
import { parametersOf } from './facts.ts';

const site = '0b7f6f1e-1111-4222-8333-444455556666';
const resident = (id: string, values: Record<string, Value> = {}) =>
  toResident(id, {
    name: { family: 'Kovalenko', given: id },
    birthDate: '1985-05-20',
    nationality: ['UA'],
    ...values,
  });
const member = (relation: string, to: string | null = null) => ({ relation, to });
const pay = (amountCents: number, over: Record<string, Value> = {}) => ({ amountCents, evidence: 'payslip', ...over });
const adult = (id = 'anna', values: Record<string, Value> = {}) => resident(id, values);

type Given = {
  readonly members: Record<string, Value>;
  readonly residents: readonly ReturnType<typeof resident>[];
  readonly over?: Partial<RegisteredFamily>;
};
/** Allowance and contribution per family of the law, in euros for the eye, month by month. */
function course({ members, residents, over = {} }: Given, from: string, months: number) {
  return Array.from({ length: months }, (_, at) => {
    const month = addMonths(isoMonth(from), at);
    const given: RegisteredFamily = {
      month,
      family: toFamily('f', members),
      residents,
      site: { cateredByDefault: false },
      policy: {
        municipality: '0344',
        incomeBasis: 'net',
        extraGrounds: [],
        collectsFrom: null,
        overrides: [
          {
            param: 'threshold.partial_mode',
            value: 'step',
            reason: 'beleidsregel',
            source: 'gemeenteblad 1',
            from: isoDate('2024-07-01'),
            to: null,
          },
        ],
      },
      ...over,
    };
    return amountsIn(given, month);
  });
}
function amountsIn(given: RegisteredFamily, month: IsoMonth) {
  const dated = toDatedFamily(given);
  if (!dated.ok) throw new Error(dated.error.type);
  const found = familyMonth(dated.value);
  if (!found.ok) return [found.error.type];
  return found.value.units.map(({ grownChild, facts }) => {
    const result = assessMonth(facts, parametersOf(month));
    if (!result.ok) throw new Error(result.error.type);
    const { allowanceCents, contributionCents } = result.value;
    return [grownChild ?? 'family', allowanceCents / 100, contributionCents / 100];
  });
}
const alone = { 'member.anna.2024-01-10': member('main-person') };

describe('an income with days of its own', () => {
  it('D-14: a job from 12 March acts from 1 April, and is told in March', () => {
    const anna = adult('anna', {
      'income.employment.2025-03': pay(150_000, { startedOn: '2025-03-12' }),
      'income.employment.2025-04': pay(150_000, { startedOn: '2025-03-12' }),
    });
    expect(course({ members: alone, residents: [anna] }, '2025-03', 2)).toEqual([
      [['family', 314.84, 0]],
      [['family', 0, 105]],
    ]);
  });

  it('acts in the month itself when it begins on the first day', () => {
    const anna = adult('anna', { 'income.employment.2025-03': pay(150_000, { startedOn: '2025-03-01' }) });
    expect(course({ members: alone, residents: [anna] }, '2025-03', 1)).toEqual([[['family', 0, 105]]]);
  });

  it('that ended on 10 March still counts in March, and no more in April', () => {
    const ended = pay(150_000, { endedOn: '2025-03-10' });
    const anna = adult('anna', { 'income.employment.2025-03': ended, 'income.employment.2025-04': ended });
    expect(course({ members: alone, residents: [anna] }, '2025-03', 2)).toEqual([
      [['family', 0, 105]],
      [['family', 314.84, 0]],
    ]);
  });

  it('says in the steps why it does not count', () => {
    const anna = adult('anna', { 'income.employment.2025-03': pay(150_000, { startedOn: '2025-03-12' }) });
    const dated = toDatedFamily({
      month: isoMonth('2025-03'),
      family: toFamily('f', alone),
      residents: [anna],
      site: { cateredByDefault: false },
      policy: { municipality: '0344', incomeBasis: 'net', extraGrounds: [], collectsFrom: null, overrides: [] },
    });
    if (!dated.ok) throw new Error(dated.error.type);
    const found = familyMonth(dated.value);
    if (!found.ok) throw new Error(found.error.type);
    const result = assessMonth(found.value.units[0]!.facts, parametersOf('2025-03'));
    expect(result).toMatchObject({ ok: true, value: { zone: 'none', warnings: [] } });
    const step = result.ok ? result.value.steps.find(({ rule }) => rule === 'countable-income') : undefined;
    expect(step?.inputs).toMatchObject({ 'not-yet.anna.employment': 150_000 });
  });
});

describe('what changes in a family acts from the first of the next month', () => {
  it('a stay in a care institution, from and to', () => {
    const anna = adult('anna', { 'careStay.2025-10-20': { to: '2025-12-05' } });
    expect(course({ members: alone, residents: [anna] }, '2025-10', 4).map(([first]) => first?.[1])).toEqual([
      314.84, 62.66, 62.66, 314.84,
    ]);
  });

  it('a birth, a departure, a partner who moves in', () => {
    const members = {
      ...alone,
      'member.taras.2025-11-05': member('partner'),
      'member.baby.2025-10-03': member('child'),
    };
    const residents = [
      adult(),
      adult('taras', { departure: { date: '2026-01-15', reason: 'own-housing', destination: null } }),
      resident('baby', { birthDate: '2025-10-03' }),
    ];
    expect(course({ members, residents }, '2025-10', 5).map(([first]) => first?.[1])).toEqual([
      314.84, 587.55, 795.09, 795.09, 587.55,
    ]);
  });

  it('a child of 18 is an own household from the first of the month after the birthday, with an income of its own', () => {
    const members = { ...alone, 'member.bohdan.2024-01-10': member('child') };
    const residents = [
      adult(),
      resident('bohdan', { birthDate: '2007-11-15', 'income.employment.2025-12': pay(250_000) }),
    ];
    expect(course({ members, residents }, '2025-11', 2)).toEqual([
      [['family', 587.55, 0]],
      [
        ['family', 314.84, 0],
        ['bohdan', 0, 244.22],
      ],
    ]);
  });

  it('a child whose 18th birthday is the first of the month is one from that day', () => {
    const members = { ...alone, 'member.bohdan.2024-01-10': member('child') };
    const residents = [adult(), resident('bohdan', { birthDate: '2007-12-01' })];
    expect(course({ members, residents }, '2025-11', 2).map((units) => units.length)).toEqual([1, 2]);
  });

  it('a change of income', () => {
    const anna = adult('anna', {
      'income.employment.2025-10': pay(0),
      'income.employment.2025-11': pay(100_000),
      'income.employment.2025-12': pay(20_000),
    });
    expect(course({ members: alone, residents: [anna] }, '2025-10', 3)).toEqual([
      [['family', 314.84, 0]],
      [['family', 0, 244.22]],
      [['family', 314.84, 0]],
    ]);
  });
});

describe('meals on a site for a period', () => {
  const settings = (values: Record<string, Value>) => [toMunicipalSettings('p1', values)];
  const period = { to: '2025-12-31', catered: true, reason: 'keuken', source: 'gemeenteblad 2' };
  const caterings = cateringsOf(settings({ [cateringFieldId(site, isoDate('2025-11-01'))]: period }), site);
  const food = (members: Record<string, Value>, over: Partial<RegisteredFamily> = {}) =>
    course({ members, residents: [adult()], over: { caterings, ...over } }, '2025-10', 4).map(([first]) => first?.[1]);

  it('stop the food allowance in those months only', () => {
    expect(food(alone)).toEqual([314.84, 62.66, 62.66, 314.84]);
    const first = { [cateringFieldId(site, isoDate('2025-11-01'))]: { ...period, to: '2026-01-01' } };
    const toNewYear = cateringsOf(settings(first), site);
    expect(food(alone, { caterings: toNewYear })).toEqual([314.84, 62.66, 62.66, 62.66]);
  });

  it('go before what a family had from earlier on, and give way to what was entered for it later', () => {
    const own = (from: string) => ({ [`reception.${from}`]: { reception: 'municipal', catered: false } });
    expect(food({ ...alone, ...own('2024-01-10') })).toEqual([314.84, 62.66, 62.66, 314.84]);
    expect(food({ ...alone, ...own('2025-12-01') })).toEqual([314.84, 62.66, 314.84, 314.84]);
  });

  it('do not touch somebody in private reception', () => {
    const privately = { 'reception.2024-01-10': { reception: 'private', catered: false } };
    expect(food({ ...alone, ...privately })).toEqual([392, 392, 392, 392]);
  });

  it('of another site are not those of this one', () => {
    expect(cateringsOf(settings({ [cateringFieldId('other', isoDate('2025-11-01'))]: period }), site)).toEqual([]);
  });
});
