import { describe, expect, it } from 'vitest';
import { familyMonth } from '../../../shared/contribution/family-month.ts';
import { toDatedFamily, type RegisteredFamily } from '../../../shared/contribution/register-facts.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { toResident } from '../../../shared/register/resident.ts';

const resident = (id: string, values: Record<string, Value> = {}) =>
  toResident(id, {
    name: { family: 'Kovalenko', given: id },
    birthDate: '1985-05-20',
    nationality: ['UA'],
    ...values,
  });
const member = (relation: string, to: string | null = null) => ({ relation, to });
const registered = (values: Record<string, Value>, over: Partial<RegisteredFamily> = {}): RegisteredFamily => ({
  month: isoMonth('2025-11'),
  family: toFamily('f', values),
  residents: [resident('anna')],
  site: { cateredByDefault: false },
  policy: { municipality: '0344', incomeBasis: 'net', extraGrounds: [], collectsFrom: null, overrides: [] },
  ...over,
});
const alone = { 'member.anna.2024-01-10': member('main-person') };
function read(given: RegisteredFamily) {
  const dated = toDatedFamily(given);
  if (!dated.ok) throw new Error(dated.error.type);
  return dated.value;
}
function monthOf(given: RegisteredFamily) {
  const month = familyMonth(read(given));
  if (!month.ok) throw new Error(month.error.type);
  return month.value;
}

describe('who belongs to the family in the month', () => {
  it('is a child by relation; everybody else is an adult member', () => {
    const family = {
      ...alone,
      'member.bohdan.2024-01-10': member('child'),
      'member.olha.2024-01-10': member('grandparent'),
    };
    const residents = [resident('anna'), resident('bohdan', { birthDate: '2007-11-01' }), resident('olha')];
    expect(read(registered(family, { residents })).members.map(({ id, role }) => [id, role])).toEqual([
      ['anna', 'adult'],
      ['bohdan', 'child'],
      ['olha', 'adult'],
    ]);
    expect(monthOf(registered(family, { residents })).units.map(({ grownChild }) => grownChild)).toEqual([
      null,
      'bohdan',
    ]);
  });

  it('is nobody who has left, is only expected, was deleted or whose membership ended', () => {
    const family = { ...alone, 'member.bohdan.2024-01-10': member('partner') };
    const idsWith = (values: Record<string, Value>, to: string | null = null) =>
      read(
        registered(
          { ...family, 'member.bohdan.2024-01-10': member('partner', to) },
          { residents: [resident('anna'), resident('bohdan', values)] },
        ),
      ).members.map(({ id }) => id);
    const departure = (date: string) => ({ departure: { date, reason: 'own-housing', destination: null } });
    expect(idsWith({})).toEqual(['anna', 'bohdan']);
    expect(idsWith(departure('2025-11-01'))).toEqual(['anna']);
    expect(idsWith(departure('2025-11-02'))).toEqual(['anna', 'bohdan']);
    expect(idsWith({ arrival: { date: '2025-11-02', from: null } })).toEqual(['anna']);
    expect(idsWith({ arrival: { date: '2025-11-01', from: null } })).toEqual(['anna', 'bohdan']);
    expect(idsWith({ _deleted: true })).toEqual(['anna']);
    expect(idsWith({}, '2025-10-31')).toEqual(['anna']);
    expect(idsWith(departure('2026-03-01'), '2025-10-31')).toEqual(['anna']);
  });

  it('comes of age on the latest day a partly known birth date can be', () => {
    const bornIn = (birthDate: string) =>
      monthOf(registered(alone, { residents: [resident('anna', { birthDate })] })).units[0]?.facts.members[0]
        ?.birthDate;
    expect(bornIn('1985-00-00')).toBe('1985-12-31');
    expect(bornIn('1985-02-00')).toBe('1985-02-28');
  });

  it('needs a year of birth, but only of somebody who counts', () => {
    const family = { ...alone, 'member.bohdan.2024-01-10': member('partner', '2025-10-31') };
    const unknown = resident('bohdan', { birthDate: '0000-00-00' });
    expect(toDatedFamily(registered(family, { residents: [resident('anna'), unknown] })).ok).toBe(true);
    expect(toDatedFamily(registered(alone, { residents: [resident('anna', { birthDate: '0000-00-00' })] }))).toEqual({
      ok: false,
      error: { type: 'birth-date-missing', memberId: 'anna' },
    });
  });
});

describe('who gets nothing and is asked nothing (RooO art. 4)', () => {
  it('also a Dutch national, and whoever was refused protection from that day on', () => {
    const family = { ...alone, 'member.bohdan.2024-01-10': member('partner') };
    const leftOutWith = (values: Record<string, Value>) =>
      monthOf(registered(family, { residents: [resident('anna'), resident('bohdan', values)] })).leftOut;
    const refused = (since: string | null) => ({
      protection: { status: 'rtb-refused', since, proofType: null, validUntil: null, successor: null },
    });
    expect(leftOutWith({ nationality: ['UA', 'NL'] })).toEqual([{ memberId: 'bohdan', reason: 'dutch-nationality' }]);
    expect(leftOutWith(refused('2025-11-01'))).toEqual([{ memberId: 'bohdan', reason: 'protection-refused' }]);
    expect(leftOutWith(refused(null))).toEqual([{ memberId: 'bohdan', reason: 'protection-refused' }]);
    expect(leftOutWith(refused('2025-11-02'))).toEqual([]);
    expect(leftOutWith({})).toEqual([]);
  });
});

describe('how the family lives', () => {
  it('as the site gives it, until a dated entry says otherwise', () => {
    const family = { ...alone, 'reception.2025-11-01': { reception: 'private', catered: false } };
    const receptionIn = (month: string, values: Record<string, Value>, site: RegisteredFamily['site']) => {
      const found = familyMonth(read(registered(values, { month: isoMonth(month), site })));
      return found.ok ? [found.value.units[0]?.facts.reception, found.value.units[0]?.facts.catered] : found.error.type;
    };
    const catered = { cateredByDefault: true };
    expect(receptionIn('2025-10', family, catered)).toEqual(['municipal', true]);
    expect(receptionIn('2025-11', family, catered)).toEqual(['private', false]);
    expect(receptionIn('2025-10', family, null)).toBe('no-reception');
    const sameDay = { ...alone, 'reception.2024-01-10': { reception: 'municipal', catered: true } };
    expect(receptionIn('2025-10', sameDay, { cateredByDefault: false })).toEqual(['municipal', true]);
  });
});

describe('personal facts', () => {
  it('are handed on: unaccompanied, in a care institution, incomes of this month only', () => {
    const anna = resident('anna', {
      birthDate: '2010-05-20',
      unaccompanied: true,
      inCareInstitution: true,
      'income.employment.2025-11': { amountCents: 12_345, evidence: 'payslip' },
      'income.employment.2025-10': { amountCents: 1, evidence: 'payslip' },
      'income.pension.2025-11': { amountCents: 500, evidence: 'none' },
    });
    const [unit] = monthOf(registered(alone, { residents: [anna] })).units;
    expect(unit?.facts.members).toEqual([
      { id: 'anna', birthDate: isoDate('2010-05-20'), unaccompanied: true, inCareInstitution: true },
    ]);
    expect(unit?.facts.incomes).toEqual([
      { memberId: 'anna', kind: 'employment', amountCents: 12_345 },
      { memberId: 'anna', kind: 'pension', amountCents: 500 },
    ]);
  });

  it('of one person with two memberships count once', () => {
    const family = { ...alone, 'member.anna.2025-01-01': member('main-person') };
    const anna = resident('anna', { 'income.employment.2025-11': { amountCents: 12_345, evidence: 'payslip' } });
    const [unit] = monthOf(registered(family, { residents: [anna] })).units;
    expect(unit?.facts.members).toHaveLength(1);
    expect(unit?.facts.incomes).toHaveLength(1);
  });
});
