import { describe, expect, it } from 'vitest';
import { guessMapping, type ImportColumn } from '../../../shared/exchange/columns.ts';
import { factColumns, factHeaders } from '../../../shared/exchange/fact-columns.ts';
import { makeListComparer } from '../../../shared/exchange/list-diff.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { aResident, aResidentId } from '../../../shared/demo/builders.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { checkRows, planImport } from '../../fakes/whole-list.ts';

type Cells = Partial<Record<ImportColumn, string>>;
const sumy = 'UA59000000000057109';
const findTerritory = (text: string) => (text === 'Sumy' ? sumy : undefined);
const who: Cells = { family: 'Kovalenko', given: 'Yuliia', birthDate: '1985-03-12', vNumber: '2812345678' };

function read(
  cells: Cells,
  more: { readonly findTerritory?: (text: string) => string | undefined } = { findTerritory },
) {
  const row = { ...who, ...cells };
  const columns = Object.keys(row) as ImportColumn[];
  const options = { today: isoDate('2026-11-25'), incomeMonth: isoMonth('2026-11'), municipality: '0344', ...more };
  const rows = [columns.map((column) => row[column] ?? '')];
  return { ...checkRows(rows, guessMapping(columns), options), columns, rows };
}
const factsIn = (cells: Cells, more?: Parameters<typeof read>[1]) => {
  const { lines, problems } = read(cells, more);
  expect(problems).toEqual([]);
  return lines[0]?.resident ?? {};
};
const problemsIn = (cells: Cells) => read(cells).problems.map(({ column, problem }) => [column, problem]);

function against(cells: Cells, present: FieldValues) {
  const { lines, problems, columns, rows } = read(cells);
  expect(problems).toEqual([]);
  const mapping = guessMapping(columns);
  const comparer = makeListComparer({
    isGiven: (_line, column) => (rows[0]?.[mapping[column] ?? -1] ?? '') !== '',
    freshKey: () => 'fresh',
  });
  lines.forEach(comparer.add);
  comparer.visit({ id: aResidentId, values: aResident(present).values, baseOf: () => null });
  const [outcome] = comparer.finish().outcomes;
  if (outcome === undefined || outcome.type === 'new' || outcome.type === 'doubt') return { type: outcome };
  const { differences, edits } = outcome.person;
  return {
    type: outcome.type,
    said: differences.map(({ column, before, after }) => [column, before, after]),
    saved: Object.fromEntries(edits.map(({ field, value }) => [field, value])),
  };
}
const guardian = {
  ...{ guardianKind: 'court', guardianName: 'A. Jansen', organisation: 'Nidos' },
  ...{ contact: '030 1', reference: 'Z', to: null },
};
const brp = { from: '2024-06-01', to: null, municipality: '0344', reason: null, destination: null };

describe('what a list says with days', () => {
  it('has a heading for every column in three languages, and no heading for two', () => {
    for (const column of factColumns) {
      expect(factHeaders[column].length).toBeGreaterThanOrEqual(3);
      for (const header of factHeaders[column]) expect(guessMapping([header])).toEqual({ [column]: 0 });
    }
  });

  it('is read in the words of a list', () => {
    const facts = factsIn({
      ...{ unaccompanied: 'ja', guardianKind: 'Nidos', guardianName: 'A. Jansen', guardianFrom: '01-03-2026' },
      ...{ departureDate: '01-11-2026', departureReason: 'naar een ander land', departureCountry: 'PL' },
      ...{ brpFrom: '01-06-2024', brpUntil: '30-10-2026', brpReason: 'verhuisd' },
      ...{ protectionStatus: 'overgang', asylumFrom: '20-05-2024', interpreterNeeded: 'nee' },
    });
    expect(facts).toMatchObject({
      unaccompanied: true,
      interpreterNeeded: false,
      'guardian.2026-03-01': { guardianKind: 'institution', guardianName: 'A. Jansen', to: null },
      departure: { date: '2026-11-01', reason: 'other-country', destination: 'PL' },
      'brp.first': { from: '2024-06-01', to: '2026-10-30', municipality: '0344', reason: 'moved' },
      protection: { status: 'transition', proofType: null, validUntil: null },
      'asylum.2024-05-20': { state: 'filed', reference: null },
    });
  });

  it.each<[string, Cells, string]>([
    ['its own day', { residenceFrom: '2019-04-01', residenceUntil: '2022-02-27' }, '2019-04-01'],
    ['the day of leaving it', { residenceUntil: '2022-02-27' }, '2022-02-27'],
    ['the day of leaving Ukraine', { leftUkraineOn: '2022-03-01' }, '2022-03-01'],
  ])('keeps a last residence under %s', (_, cells, day) => {
    const facts = factsIn({ ...cells, residenceOblast: 'Sumy', residenceRaion: 'Romny' });
    expect(facts[`lastResidence.${day}`]).toMatchObject({ oblast: sumy, raion: 'Romny' });
  });

  it('passes over a last residence where it may not be kept', () => {
    const facts = factsIn({ residenceOblast: 'Sumy', residenceRaion: 'Romny', residenceFrom: '2019-04-01' }, {});
    expect(Object.keys(facts).filter((field) => field.startsWith('lastResidence'))).toEqual([]);
  });

  it.each<[Cells, readonly unknown[]]>([
    [{ residenceOblast: 'Sumy' }, [['residenceFrom', 'day-missing']]],
    [{ residenceOblast: 'Limburg' }, [['residenceOblast', 'unknown-word']]],
    [{ residenceRaion: 'Romny' }, [['residenceOblast', 'kind-missing']]],
    [{ brpUntil: '2026-01-01' }, [['brpFrom', 'day-missing']]],
    [{ departureReason: 'overleden' }, [['departureDate', 'day-missing']]],
    [{ arrivedFrom: 'Lviv' }, [['arrivalDate', 'day-missing']]],
    [{ asylumState: 'ingetrokken' }, [['asylumFrom', 'day-missing']]],
    [{ guardianName: 'A. Jansen' }, [['guardianKind', 'kind-missing']]],
    [{ guardianKind: 'buurman' }, [['guardianKind', 'unknown-word']]],
    [{ unaccompanied: 'onbekend' }, [['unaccompanied', 'unknown-word']]],
    [{ brpFrom: '2026-02-01', brpUntil: '2026-01-01' }, [['brpUntil', 'period-ends-before-start']]],
  ])('%j has the problems %j', (cells, problems) => {
    expect(problemsIn(cells)).toEqual(problems);
  });

  it('gives nobody a bed who has left', () => {
    const { lines } = read({ site: 'A', room: '1', bed: 'a', departureDate: '2026-11-01' });
    const { saves } = planImport(lines, {
      ...{ sites: [], municipality: { code: '0344', name: 'X' }, today: isoDate('2026-11-25') },
      ...{ newId: () => crypto.randomUUID(), isTaken: () => false },
    });
    expect(saves.flatMap(({ records }) => records.map(({ ref }) => ref.kind)).sort()).toEqual([
      'family',
      'resident',
      'site',
    ]);
  });
});

describe('what a list changes about facts', () => {
  const kept = { 'guardian.2026-03-01': guardian };

  it('is nothing where it says the same, or nothing', () => {
    expect(against({ guardianKind: 'court', guardianFrom: '2026-03-01', guardianContact: '' }, kept)).toMatchObject({
      type: 'same',
    });
    // Without a day it is about the guardian who is there.
    expect(against({ guardianKind: 'court', guardianName: 'A. Jansen' }, kept)).toMatchObject({ type: 'same' });
    expect(against({ unaccompanied: 'nee' }, {})).toMatchObject({ type: 'same' });
  });

  it.each<[string, Cells, FieldValues, readonly unknown[], FieldValues]>([
    [
      'a cell of a guardian, and leaves the rest',
      { guardianKind: 'court', guardianFrom: '2026-03-01', guardianContact: '030 2', guardianUntil: '2026-10-01' },
      kept,
      [
        ['guardianContact', '030 1', '030 2'],
        ['guardianUntil', '', '2026-10-01'],
      ],
      { 'guardian.2026-03-01': { ...guardian, contact: '030 2', to: '2026-10-01' } },
    ],
    [
      'another start into another guardian, without going over the first',
      { guardianKind: 'Nidos', guardianFrom: '2026-09-01' },
      kept,
      [
        ['guardianFrom', '2026-03-01', '2026-09-01'],
        ['guardianKind', 'court', 'institution'],
      ],
      {
        'guardian.2026-09-01': {
          ...{ guardianKind: 'institution', guardianName: null, organisation: null },
          ...{ contact: null, reference: null, to: null },
        },
      },
    ],
    [
      'the end of a registration',
      { brpFrom: '2024-06-01', brpUntil: '2026-10-30', brpReason: 'moved' },
      { 'brp.k': brp },
      [
        ['brpUntil', '', '2026-10-30'],
        ['brpReason', '', 'moved'],
      ],
      { 'brp.k': { ...brp, to: '2026-10-30', reason: 'moved' } },
    ],
    [
      'a departure',
      { departureDate: '2026-11-01' },
      {},
      [['departureDate', '', '2026-11-01']],
      { departure: { date: '2026-11-01', reason: 'unknown', destination: null } },
    ],
    ['a yes', { unaccompanied: 'ja' }, {}, [['unaccompanied', 'no', 'yes']], { unaccompanied: true }],
  ])('turns %s', (_, cells, present, said, saved) => {
    expect(against(cells, present)).toEqual({ type: 'changed', said, saved });
  });

  it('is in doubt about who has left, unless the list says so too', () => {
    const departure = { date: '2026-11-01', reason: 'other-country', destination: 'PL' };
    expect(against({}, { departure })).toMatchObject({ type: { type: 'doubt', reason: 'departed' } });
    expect(against({ departureDate: '2026-11-01' }, { departure })).toMatchObject({ type: 'same' });
  });
});
