import { describe, expect, it } from 'vitest';
import { aResident } from '../../../shared/demo/builders.ts';
import { residentCells, sensitivityOf } from '../../../shared/exchange/resident-export.ts';
import type { FieldValues } from '../../../shared/records/record.ts';

const nowhere = {
  ...{ household: '', relation: '', site: '', building: '', room: '', bed: '', status: '' },
  ...{ safetyRegion: '', shelter: '' },
};
const cells = (values: FieldValues, wordOf: (list: string, code: string) => string = (_list, code) => code) => {
  return residentCells(aResident(values), nowhere, { wordOf, territoryOf: (code) => `territory ${code}` });
};
const pay = (amountCents: number) => ({ amountCents, evidence: 'payslip' });

describe('the cells of a resident', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [50, '0.50'],
    [123_456, '1234.56'],
  ])('write %s cents as %s', (amount, text) => {
    expect(cells({ 'income.employment.2026-10': pay(amount) }).incomeAmount).toBe(text);
  });

  it('have the income of the last month, and nothing where there is none', () => {
    const two = { 'income.employment.2026-10': pay(100), 'income.pension.2026-09': pay(200) };
    expect(cells(two)).toMatchObject({ incomeKind: 'employment', incomeMonth: '2026-10', incomeAmount: '1.00' });
    expect(cells({})).toMatchObject({ incomeKind: '', incomeMonth: '', incomeAmount: '' });
  });

  it('have the day of leaving Ukraine', () => {
    expect(cells({ leftUkraineOn: '2022-03-01' }).leftUkraineOn).toBe('2022-03-01');
    expect(cells({}).leftUkraineOn).toBe('');
  });

  it('have a word only where it is read as the same code again', () => {
    expect(cells({ sex: 'F' }, () => 'vrouw').sex).toBe('vrouw');
    expect(cells({ sex: 'F' }, () => 'man').sex).toBe('F');
    expect(cells({ sex: 'F' }, () => 'something else').sex).toBe('F');
  });

  it('have what is kept with days: the last registration, residence, application and guardian', () => {
    const guardian = { guardianName: null, organisation: 'Nidos', contact: null, reference: null, to: null };
    const brp = { municipality: '0363', to: null, reason: null, destination: null };
    const found = cells({
      'brp.b': { ...brp, from: '2026-02-10', to: '2026-10-01', reason: 'moved', destination: 'DE' },
      'brp.a': { ...brp, from: '2024-02-10', to: '2025-01-01' },
      'lastResidence.2020-01-01': { oblast: 'UA59000000000057109', raion: 'Sumskyi', to: '2022-03-01' },
      'asylum.2026-03-01': { state: 'suspended', reference: 'Z1' },
      'guardian.2026-02-01': { ...guardian, guardianKind: 'companion', to: '2026-03-01' },
      'guardian.2026-03-02': { ...guardian, guardianKind: 'institution' },
      unaccompanied: true,
      departure: { date: '2026-11-01', reason: 'other-country', destination: 'PL' },
    });
    expect(found).toMatchObject({
      ...{ brpFrom: '2026-02-10', brpUntil: '2026-10-01', brpReason: 'moved', brpCountry: 'DE' },
      ...{ residenceOblast: 'territory UA59000000000057109', residenceRaion: 'Sumskyi', residenceUntil: '2022-03-01' },
      ...{ asylumFrom: '2026-03-01', asylumState: 'suspended', asylumReference: 'Z1' },
      ...{ unaccompanied: 'yes', guardianKind: 'institution', guardianOrganisation: 'Nidos', guardianUntil: '' },
      ...{ departureDate: '2026-11-01', departureReason: 'other-country', departureCountry: 'PL' },
    });
  });

  it('come from the compartment that has to be asked for', () => {
    expect((['bsn', 'incomeAmount', 'incomeKind', 'family'] as const).map(sensitivityOf)).toEqual([
      'bsn',
      'finance',
      'finance',
      null,
    ]);
  });
});
