import { expect, it } from 'vitest';
import { factProblems } from '../../../shared/contribution/fact-problems.ts';
import { overrideFieldId, toMunicipalSettings } from '../../../shared/contribution/municipal-policy.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { toResident } from '../../../shared/register/resident.ts';

const member = (to: string | null, relation = 'child') => ({ to, relation });
const family = (id: string, values: Record<string, Value>) => toFamily(id, values);
const resident = (values: Record<string, Value>) => ({ ...toResident('bohdan', values), values });
const problems = (
  own: Record<string, Value>,
  other: Record<string, Value> = {},
  values: Record<string, Value> = {},
) => {
  const families = [family('f1', own), family('f2', other)];
  return factProblems({ family: families[0]!, families, residents: [resident(values)] });
};

it('finds nothing in facts that fit', () => {
  const own = { 'member.bohdan.2024-01-01': member('2024-06-30'), 'member.bohdan.2024-07-01': member(null) };
  const other = { 'member.bohdan.2022-01-01': member('2023-12-31') };
  const values = {
    'careStay.2025-01-01': { to: '2025-01-31' },
    'careStay.2025-06-01': { to: null },
    'income.employment.2025-10': { amountCents: 1, evidence: 'payslip' },
  };
  expect(problems(own, other, values)).toEqual([]);
});

it('names the days on which two periods of one person meet', () => {
  const own = { 'member.bohdan.2024-01-01': member('2024-08-31'), 'member.bohdan.2024-07-01': member(null) };
  expect(problems(own)).toEqual([
    { type: 'overlap', field: 'member', resident: 'bohdan', from: '2024-07-01', to: '2024-08-31' },
  ]);
  const values = { 'careStay.2025-01-01': { to: null }, 'careStay.2025-06-01': { to: null } };
  expect(problems({}, {}, values)).toEqual([
    { type: 'overlap', field: 'careStay', resident: 'bohdan', from: '2025-06-01', to: null },
  ]);
});

it('names the days between two periods', () => {
  const own = { 'member.bohdan.2024-01-01': member('2024-06-30'), 'member.bohdan.2024-07-03': member(null) };
  expect(problems(own)).toEqual([
    { type: 'gap', field: 'member', resident: 'bohdan', from: '2024-07-01', to: '2024-07-02' },
  ]);
});

it('names the other household of a child in two, only for the household that is asked about', () => {
  const own = { 'member.bohdan.2024-01-01': member(null) };
  const other = { 'member.bohdan.2025-03-01': member('2025-04-30') };
  const double = {
    type: 'two-families',
    field: 'member',
    resident: 'bohdan',
    otherFamily: 'f2',
    from: '2025-03-01',
    to: '2025-04-30',
  };
  expect(problems(own, other)).toEqual([double]);
  const third = family('f3', {});
  const families = [family('f1', own), family('f2', other), third];
  expect(factProblems({ family: third, families, residents: [] })).toEqual([]);
});

it.each(['income.employment', 'income.employment.2025-13', 'income.lottery.2025-10'])(
  'names an income without a kind and month that can be read: %s',
  (field) => {
    const values = { [field]: { amountCents: 1, evidence: 'payslip' } };
    expect(problems({}, {}, values)).toEqual([{ type: 'income-without-month', field, resident: 'bohdan' }]);
  },
);

it('an emptied income is no problem', () => {
  expect(problems({}, {}, { 'income.employment': null })).toEqual([]);
});

it('names what a policy holds and this version cannot use', () => {
  const override = { to: null, value: 70, reason: 'r', source: 's' };
  const day = isoDate('2026-01-01');
  const settings = toMunicipalSettings('p1', {
    placement: { site: null },
    municipality: { code: '0344', name: 'Utrecht' },
    [overrideFieldId('clothing', day)]: { ...override, value: 7000 },
    'override.clothes.2026-01-01': override,
    'override.clothing.2026-02-30': override,
    [overrideFieldId('threshold.factor', day)]: { ...override, value: 115 },
    'basis.2026-01-01': { incomeBasis: 'after-tax', reason: 'r' },
    'grounds.2026-01-01': null,
  });
  expect(settings.overrides).toHaveLength(1);
  expect(settings.unreadable).toEqual([
    'basis.2026-01-01',
    'override.clothes.2026-01-01',
    'override.clothing.2026-02-30',
    'override.threshold-factor.2026-01-01',
  ]);
});
