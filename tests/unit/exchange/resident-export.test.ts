import { describe, expect, it } from 'vitest';
import { aResident } from '../../../shared/demo/builders.ts';
import { residentCells, sensitivityOf } from '../../../shared/exchange/resident-export.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { toResident } from '../../../shared/register/resident.ts';

const nowhere = { household: '', relation: '', site: '', building: '', room: '', bed: '', status: '' };
const cells = (values: FieldValues, wordOf: (list: string, code: string) => string = (_list, code) => code) => {
  const { id, values: all } = aResident(values);
  return residentCells(toResident(id, all), nowhere, wordOf);
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

  it('come from the compartment that has to be asked for', () => {
    expect((['bsn', 'incomeAmount', 'incomeKind', 'family'] as const).map(sensitivityOf)).toEqual([
      'bsn',
      'finance',
      'finance',
      null,
    ]);
  });
});
