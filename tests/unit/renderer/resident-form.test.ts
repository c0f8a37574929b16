import { describe, expect, it } from 'vitest';
import { controlOf, toEdits, toFieldValues, toFormValues } from '../../../renderer/features/residents/resident-form.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { checkResident } from '../../../shared/register/check-resident.ts';
import { toResident } from '../../../shared/register/resident.ts';

const id = '11111111-1111-4111-8111-111111111111';
const stored = {
  placement: { site: null },
  name: {
    family: 'Honta',
    given: 'Olena',
    patronymic: '',
    familyCyrillic: 'Ґонта',
    givenCyrillic: 'Олена',
    patronymicCyrillic: '',
  },
  birthDate: '1985-03-00',
  sex: 'F',
  nationality: ['UA', 'PL'],
  nationalityGroup: 'ua',
  bsn: '123456782',
  'document.first': {
    type: 'passport',
    number: 'FA000001',
    issuingCountry: 'UA',
    validUntil: '2030-01-01',
    seenOn: '2026-01-02',
  },
  'brp.first': { from: '2026-01-05', to: null, municipality: '0344', reason: null, destination: null },
  phones: ['+31 6 0000 0001', '+380 00 000 0001'],
} as const;
const before = toResident(id, stored);
const base = () => [];

describe('the form of a resident', () => {
  it('changes nothing when nothing was typed', () => {
    const values = toFieldValues(toFormValues(before), before, 'k1');
    expect(toEdits(values, stored, base)).toEqual([]);
    expect(checkResident(values, isoDate('2026-11-24'))).toEqual([]);
  });

  it('edits only the field that was typed', () => {
    const form = { ...toFormValues(before), vNumber: ' 2812345678 ' };
    expect(toEdits(toFieldValues(form, before, 'k1'), stored, base)).toEqual([
      { field: 'vNumber', value: '2812345678', base: [] },
    ]);
  });

  it('empties a field with null', () => {
    const form = { ...toFormValues(before), bsn: '' };
    expect(toEdits(toFieldValues(form, before, 'k1'), stored, base)).toEqual([{ field: 'bsn', value: null, base: [] }]);
  });

  it('writes down a first document and registration, and never over one that is there', () => {
    const { 'document.first': document, 'brp.first': brp, ...bare } = stored;
    const typed = {
      documentType: 'passport',
      documentNumber: 'FB000002',
      brpFrom: isoDate('2026-02-03'),
      brpMunicipality: '0344',
    } as const;
    const newcomer = toResident(id, bare);
    const first = toEdits(toFieldValues({ ...toFormValues(newcomer), ...typed }, newcomer, 'k1'), bare, base);
    expect(first.map(({ field }) => field)).toEqual(['document.k1', 'brp.k1']);
    expect(first.map(({ value }) => value)).toEqual([
      { ...document, number: 'FB000002', issuingCountry: null, validUntil: null, seenOn: null },
      { ...brp, from: '2026-02-03' },
    ]);
    expect(toEdits(toFieldValues({ ...toFormValues(before), ...typed }, before, 'k1'), stored, base)).toEqual([]);
  });

  it('keeps wrong text so that the check can name it at its control', () => {
    const form = { ...toFormValues(before), birthDate: '31-02-1985', bsn: '123456789' };
    const problems = checkResident(toFieldValues(form, before, 'k1'), isoDate('2026-11-24'));
    expect(problems.map(({ field, part, problem }) => [controlOf(field, part), problem])).toEqual([
      ['birthDate', 'impossible-date'],
      ['bsn', 'bsn-eleven-test'],
    ]);
  });

  it('puts every problem of a group at a control that exists', () => {
    const controls = Object.keys(toFormValues(before));
    const fields = [
      'name',
      'document.first',
      'brp.first',
      'arrival',
      'protection',
      'placement',
      'birthDate',
      'vNumber',
    ];
    for (const field of fields) {
      for (const part of [null, 'family', 'number', 'validUntil', 'to', 'municipality', 'date', 'from']) {
        if (field === 'name' && part !== 'family' && part !== null) continue;
        expect(controls).toContain(controlOf(field, part));
      }
    }
  });
});
