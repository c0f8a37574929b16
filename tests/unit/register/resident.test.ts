import { describe, expect, it } from 'vitest';
import { aResident, aResidentId } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { checkResident, parseTypedBirthDate, toBsn, warnResident } from '../../../shared/register/check-resident.ts';
import { residentCode, residentKind, toResident } from '../../../shared/register/resident.ts';

const today = isoDate('2026-11-24');
const problemsOf = (overrides: FieldValues) =>
  checkResident(aResident(overrides).values, today).map(({ field, part, problem }) => [field, part, problem]);
const document = { type: 'passport', number: 'FA1', issuingCountry: 'UA', validUntil: null, seenOn: null };

describe('toResident', () => {
  it('reads every field', () => {
    const { values } = aResident({
      'income.employment.2026-11': { amountCents: 120_000, evidence: 'payslip' },
      'income.pension.2026-10': { amountCents: 0, evidence: 'none' },
      'brp.b': { from: '2026-02-10', to: null, municipality: '0363', reason: null, destination: null },
      'brp.a': { from: '2024-02-10', to: '2025-01-01', municipality: '0363', reason: 'moved', destination: null },
      languages: ['uk'],
    });
    expect(toResident(aResidentId, values)).toMatchObject({
      name: { family: 'Kovalenko', givenCyrillic: 'Юлія' },
      bsn: '999993653',
      documents: [{ key: 'passport', number: 'FA123456' }],
      incomes: [
        { kind: 'employment', month: '2026-11', amountCents: 120_000 },
        { kind: 'pension', month: '2026-10', amountCents: 0 },
      ],
      brp: [{ key: 'a' }, { key: 'b' }],
      languages: ['uk'],
      departure: null,
      deleted: false,
    });
  });

  it('never fails: empty, unknown and unreadable values become null, empty or unknown', () => {
    const resident = toResident(aResidentId, {
      birthDate: 12,
      name: 'x',
      'income.gold.2026-11': {},
      later: true,
      sex: 'Q',
    });
    expect(resident).toMatchObject({ birthDate: null, bsn: null, sex: 'unknown', incomes: [], documents: [] });
    expect(resident.name.family).toBe('');
  });

  it('keeps the BSN and money out of the core compartment', () => {
    const { fields } = residentKind;
    expect([fields.bsn, fields.bsnVerified].map(({ compartment }) => compartment)).toEqual(['bsn', 'bsn']);
    expect([fields.income, fields.inCareInstitution].map(({ compartment }) => compartment)).toEqual([
      'finance',
      'finance',
    ]);
  });
});

describe('checkResident', () => {
  it('passes a right resident, and one name only', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ name: { givenCyrillic: 'О' }, bsn: null, arrival: null })).toEqual([]);
  });

  it.each<[FieldValues, readonly unknown[]]>([
    [{ name: null }, ['name', null, 'name-missing']],
    [{ name: { family: ' ', patronymic: 'Serhiivna' } }, ['name', null, 'name-missing']],
    [{ name: { family: 'a'.repeat(101) } }, ['name', 'family', 'text-too-long']],
    [{ birthDate: '1985-02-30' }, ['birthDate', null, 'impossible-date']],
    [{ birthDate: '2026-11-25' }, ['birthDate', null, 'date-in-future']],
    [{ birthDate: '2027-00-00' }, ['birthDate', null, 'date-in-future']],
    [{ bsn: '999993654' }, ['bsn', null, 'bsn-eleven-test']],
    [{ bsn: '000000000' }, ['bsn', null, 'bsn-eleven-test']],
    [{ bsn: '99999365' }, ['bsn', null, 'bsn-not-nine-digits']],
    [{ arrival: { date: '2026-13-01', from: null } }, ['arrival', 'date', 'impossible-date']],
    [{ arrival: { date: '1985-03-11', from: null } }, ['arrival', 'date', 'born-after-arrival']],
    [
      { departure: { date: '2026-01-31', reason: 'unknown', destination: null } },
      ['departure', 'date', 'departure-before-arrival'],
    ],
    [{ 'document.a': { ...document, number: ' ' } }, ['document.a', 'number', 'number-missing']],
    [{ 'document.a': { ...document, seenOn: '2026-11-25' } }, ['document.a', 'seenOn', 'date-in-future']],
    [{ 'document.a': { ...document, type: 'visa' } }, ['document.a', 'type', 'unknown-code']],
    [
      { 'income.employment.2026-11': { amountCents: -1, evidence: 'none' } },
      ['income.employment.2026-11', 'amountCents', 'amount-negative'],
    ],
    [
      { 'income.employment.2026-11': { amountCents: 100_000_001, evidence: 'none' } },
      ['income.employment.2026-11', 'amountCents', 'amount-above-maximum'],
    ],
    [
      { 'income.employment.2026-11': { amountCents: '1', evidence: 'none' } },
      ['income.employment.2026-11', 'amountCents', 'amount-not-whole-cents'],
    ],
    [
      { 'income.employment.2026-11': { amountCents: 1.5, evidence: 'none' } },
      ['income.employment.2026-11', 'amountCents', 'amount-not-whole-cents'],
    ],
    [
      { 'brp.a': { from: '2026-03-01', to: '2026-02-28', municipality: '0363', reason: null, destination: null } },
      ['brp.a', 'to', 'period-ends-before-start'],
    ],
    [{ shoeSize: 41 }, ['shoeSize', null, 'unknown-field']],
    [{ sex: 'Q' }, ['sex', null, 'unknown-code']],
  ])('%j', (overrides, problem) => {
    expect(problemsOf(overrides)).toEqual([problem]);
  });

  it('takes a million euro, and a birth today', () => {
    expect(problemsOf({ 'income.employment.2026-11': { amountCents: 100_000_000, evidence: 'payslip' } })).toEqual([]);
    expect(problemsOf({ birthDate: '2026-11-24', arrival: { date: '2026-11-24', from: null } })).toEqual([]);
  });
});

describe('warnResident', () => {
  it.each<[FieldValues, string]>([
    [{ vNumber: '28123' }, 'v-number-form'],
    [{ 'document.o': { ...document, type: 'o-document', number: 'V123AL5O8' } }, 'residence-document-number'],
    [
      { 'brp.a': { from: '2026-03-01', to: null, municipality: '363', reason: null, destination: null } },
      'municipality-code-form',
    ],
    [{ birthDate: '1900-00-00' }, 'very-old'],
  ])('warns of %j and refuses nothing', (overrides, warning) => {
    const { values } = aResident(overrides);
    expect(warnResident(values, today).map((found) => found.warning)).toEqual([warning]);
    expect(checkResident(values, today)).toEqual([]);
  });

  it('knows the published example of a document number', () => {
    const { values } = aResident({ 'document.o': { ...document, type: 'o-document', number: 'V123AL568' } });
    expect(warnResident(values, today)).toEqual([]);
  });

  it.each([
    ['2021-11-26', null, ['left-before-reference-day']],
    ['2021-11-26', 'no', ['left-before-reference-day']],
    ['2021-11-26', 'yes', []],
    ['2021-11-27', null, []],
  ])('left Ukraine on %s with main residence there %s: %j', (leftUkraineOn, lived, warnings) => {
    const { values } = aResident({ leftUkraineOn, livedInUkraineOnReferenceDate: lived });
    const found = warnResident(values, today).filter(({ field }) => field === 'leftUkraineOn');
    expect(found.map(({ warning }) => warning)).toEqual(warnings);
  });
});

it.each([
  ['12345672', '012345672'],
  ['9999 93.653', '999993653'],
  ['x', 'x'],
])('keeps the typed BSN %s as %s', (typed, kept) => {
  expect(toBsn(typed)).toBe(kept);
});

it.each([
  ['12-03-1985', '1985-03-12'],
  ['1.3.1985', '1985-03-01'],
  ['1985', '1985-00-00'],
  ['00-03-1985', '1985-03-00'],
  ['1985-03-12', '1985-03-12'],
  ['30-02-1985', undefined],
  ['12-03-85', undefined],
])('reads the birth date %s as %s', (typed, date) => {
  expect(parseTypedBirthDate(typed)).toBe(date);
});

it('makes a short code of the first 30 bits of the id', () => {
  expect(residentCode('00000000-0000-4000-8000-000000000000')).toBe('OA-000000');
  expect(residentCode('ffffffff-0000-4000-8000-000000000000')).toBe('OA-ZZZZZZ');
  expect(residentCode('00000004-0000-4000-8000-000000000000')).toBe('OA-000001');
});
