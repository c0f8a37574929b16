import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessMapping, importColumns, type ImportColumn } from '../../../shared/exchange/columns.ts';
import { makeListComparer, type ListDiff } from '../../../shared/exchange/list-diff.ts';
import { generateMunicipality } from '../../../shared/demo/demo-site.ts';
import { toImportRows } from '../../../shared/demo/import-rows.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { aResident } from '../../../shared/demo/builders.ts';
import { checkRows, planImport } from '../../fakes/whole-list.ts';

const today = isoDate('2026-11-24');
const options = { today, incomeMonth: isoMonth('2026-11'), municipality: '0344' };
type Person = { readonly id: string; readonly values: FieldValues };

function compare(
  headers: readonly ImportColumn[],
  rows: readonly (readonly string[])[],
  people: readonly Person[],
): ListDiff<string> {
  const mapping = guessMapping(headers);
  const { lines, problems } = checkRows(rows, mapping, options);
  expect(problems).toEqual([]);
  let fresh = 0;
  const comparer = makeListComparer<string>({
    isGiven: (line, column) => (rows[line - 2]?.[mapping[column] ?? -1] ?? '') !== '',
    freshKey: () => `fresh-${String((fresh += 1))}`,
  });
  lines.forEach(comparer.add);
  for (const { id, values } of people) comparer.visit({ id, values, baseOf: (field) => `seen ${field}` });
  return comparer.finish();
}

const values: FieldValues = {
  name: {
    family: 'Bondar',
    given: 'Olena',
    patronymic: '',
    familyCyrillic: 'Бондар',
    givenCyrillic: 'Олена',
    patronymicCyrillic: '',
  },
  birthDate: '1985-03-12',
  bsn: '123456782',
  sex: 'F',
  arrival: { date: '2024-05-01', from: 'Lviv' },
  phones: ['+31 6 12345678'],
};
const olena: Person = { id: 'a', values };
const headers: readonly ImportColumn[] = ['family', 'given', 'birthDate', 'bsn', 'arrivalDate', 'phone'];
const line = (over: Partial<Record<ImportColumn, string>> = {}) => {
  const cells: Partial<Record<ImportColumn, string>> = {
    family: 'Bondar',
    given: 'Olena',
    birthDate: '12-03-1985',
    bsn: '123456782',
    ...over,
  };
  return headers.map((column) => cells[column] ?? '');
};

describe('a line against the register', () => {
  it('is the same in other capitals, another date notation and with empty cells', () => {
    const { outcomes, gone } = compare(headers, [line({ family: 'BONDAR', phone: '+31612345678' })], [olena]);
    expect(outcomes).toMatchObject([{ type: 'same', person: { id: 'a' } }]);
    expect(gone).toEqual([]);
  });

  it('names the cells that changed, before and after, and what was seen of the field', () => {
    const { outcomes } = compare(headers, [line({ arrivalDate: '02-05-2024', phone: '0201234567' })], [olena]);
    expect(outcomes).toMatchObject([
      {
        type: 'changed',
        person: {
          differences: [
            { column: 'arrivalDate', before: '2024-05-01', after: '2024-05-02' },
            { column: 'phone', before: '+31 6 12345678', after: '+31 6 12345678, 0201234567' },
          ],
          edits: [
            { field: 'arrival', value: { date: '2024-05-02', from: 'Lviv' }, base: 'seen arrival' },
            { field: 'phones', value: ['+31 6 12345678', '0201234567'], base: 'seen phones' },
          ],
        },
      },
    ]);
  });

  it('is found by name in another script with the date of birth where there is no number', () => {
    const inCyrillic = compare(
      ['familyCyrillic', 'givenCyrillic', 'birthDate'],
      [['Бондар', 'Олена', '1985-03-12']],
      [{ id: 'a', values: { ...values, bsn: null, name: { ...(values.name as object), familyCyrillic: '' } } }],
    );
    expect(inCyrillic.outcomes).toMatchObject([{ type: 'changed' }]);
  });

  it('who is in no line is gone, unless they left', () => {
    const left = { ...values, bsn: null, birthDate: '1990-01-01', departure: { date: '2026-01-01', reason: 'other' } };
    const here = { ...left, departure: null };
    const { outcomes, gone } = compare(
      headers,
      [line()],
      [olena, { id: 'b', values: left }, { id: 'c', values: here }],
    );
    expect([outcomes[0]?.type, gone]).toEqual(['same', ['c']]);
  });

  it.each<[string, readonly string[], FieldValues, string]>([
    ['another BSN under one name', line({ bsn: '111222333' }), {}, 'numbers-disagree'],
    ['a BSN of somebody else', line({ family: 'Kravets', birthDate: '01-01-1960' }), {}, 'other-person-with-number'],
    ['a name that is nearly the same', line({ family: 'Bonder', bsn: '' }), { bsn: null }, 'similar'],
    ['somebody who left', line(), { departure: { date: '2026-01-01', reason: 'other' } }, 'departed'],
  ])('is in doubt with %s', (_, cells, over, reason) => {
    const { outcomes } = compare(headers, [cells], [{ id: 'a', values: { ...values, ...over } }]);
    expect(outcomes).toMatchObject([{ type: 'doubt', reason, candidates: [{ id: 'a' }] }]);
  });

  it('is in doubt between two people, and two lines about one person both are', () => {
    const twin = { id: 'b', values: { ...values, bsn: null } };
    expect(compare(headers, [line({ bsn: '' })], [olena, twin]).outcomes).toMatchObject([
      { type: 'doubt', reason: 'two-people', candidates: [{ id: 'a' }, { id: 'b' }] },
    ]);
    expect(compare(headers, [line(), line({ bsn: '' })], [olena]).outcomes).toMatchObject([
      { type: 'doubt', reason: 'two-lines' },
      { type: 'doubt', reason: 'two-lines' },
    ]);
  });

  it('of somebody unknown is new', () => {
    expect(compare(headers, [line()], []).outcomes).toEqual([{ type: 'new' }]);
  });
});

it('a list that was read in is the same when it is read again, also what of it was in when it broke off', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 0, max: 30 }), (seed, kept) => {
      const demo = generateMunicipality({ seed, residents: 30, families: 12, sites: 1, day: today });
      const { headers: written, rows } = toImportRows(demo);
      const mapping = guessMapping(written);
      const { lines, problems } = checkRows(rows, mapping, options);
      expect(problems).toEqual([]);
      let id = 0;
      const { saves } = planImport(lines, {
        sites: [],
        municipality: { code: '0344', name: 'Voorbeeldstad' },
        today,
        newId: () => `00000000-0000-4000-8000-${String((id += 1)).padStart(12, '0')}`,
        isTaken: () => false,
      });
      const people = saves
        .flatMap(({ records }) => records)
        .filter(({ ref }) => ref.kind === 'resident')
        .slice(0, kept)
        .map(({ ref, edits }): Person => ({
          id: ref.id,
          values: Object.fromEntries(edits.map(({ field, value }) => [field, value])),
        }));
      const columns = importColumns.filter((column) => mapping[column] !== undefined);
      const inOrder = rows.map((row) => columns.map((column) => row[mapping[column] ?? -1] ?? ''));
      const { outcomes, gone } = compare(columns, inOrder, people);
      expect(outcomes.filter(({ type }) => type === 'same')).toHaveLength(people.length);
      expect(outcomes.filter(({ type }) => type === 'new')).toHaveLength(30 - people.length);
      expect(gone).toEqual([]);
    }),
    { seed: 7, numRuns: 20 },
  );
});

it('a builder resident is in no list that is about somebody else', () => {
  const other = aResident();
  expect(compare(headers, [line()], [{ id: other.id, values: other.values }]).outcomes[0]?.type).toBe('new');
});
