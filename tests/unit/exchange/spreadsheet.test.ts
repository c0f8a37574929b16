import { describe, expect, it } from 'vitest';
import { guessMapping, type ImportColumn } from '../../../shared/exchange/columns.ts';
import { maxSurplusColumns, readHeaders, type ImportCheck } from '../../../shared/exchange/spreadsheet.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { checkRows } from '../../fakes/whole-list.ts';

const options = { today: isoDate('2026-11-24'), incomeMonth: isoMonth('2026-11'), municipality: '0363' };

/** Checks rows given as cells by column. */
function check(...rows: Partial<Record<ImportColumn, string>>[]): ImportCheck {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row) as ImportColumn[]))];
  const mapping = Object.fromEntries(columns.map((column, at) => [column, at]));
  return checkRows(
    rows.map((row) => columns.map((column) => row[column] ?? '')),
    mapping,
    options,
  );
}
const problemsOf = (...rows: Parameters<typeof check>) =>
  check(...rows).problems.map(({ line, column, problem, otherLine }) => [
    line,
    column,
    problem,
    ...(otherLine === undefined ? [] : [otherLine]),
  ]);

describe('headers', () => {
  it.each([
    [
      'Dutch',
      ['Achternaam', 'Voornaam', 'Achternaam (Cyrillisch)', 'Geboortedatum', 'BSN', 'V-nummer', 'E-mail'],
      ['family', 'given', 'familyCyrillic', 'birthDate', 'bsn', 'vNumber', 'email'],
    ],
    ['English', ['Last name', 'FIRST NAME', 'Date of birth ', 'Phone'], ['family', 'given', 'birthDate', 'phone']],
    [
      'Ukrainian',
      ['Прізвище', 'Імʼя', 'По батькові', 'Дата народження', 'Стать'],
      ['familyCyrillic', 'givenCyrillic', 'patronymicCyrillic', 'birthDate', 'sex'],
    ],
  ])('are recognised in %s', (_, headers, columns) => {
    expect(guessMapping(headers)).toEqual(Object.fromEntries(columns.map((column, at) => [column, at])));
  });

  it('leave out what they do not know; the first of two counts', () => {
    expect(guessMapping(['Schoenmaat', 'BSN', 'bsn', ''])).toEqual({ bsn: 1 });
  });

  it('refuse a list that is none', () => {
    const surplus = (count: number) => ['Achternaam', ...Array.from({ length: count }, (_, at) => `x${String(at)}`)];
    expect(readHeaders(['Achternaam'], 0)).toEqual({ ok: false, error: { type: 'empty-table' } });
    expect(readHeaders(['', ' '], 4)).toEqual({ ok: false, error: { type: 'empty-table' } });
    expect(readHeaders(['a', 'b'], 4)).toEqual({ ok: false, error: { type: 'no-known-column' } });
    expect(readHeaders(surplus(maxSurplusColumns), 4).ok).toBe(true);
    expect(readHeaders(surplus(30), 4)).toEqual({
      ok: false,
      error: { type: 'too-many-columns', columns: 31, known: 1 },
    });
  });
});

describe('a right line', () => {
  it('gives the fields of a resident', () => {
    const { lines, problems } = check({
      household: 'H1',
      relation: 'Kind',
      family: "Solov'ianenko",
      givenCyrillic: 'Юлія',
      birthDate: '12-03-1985',
      sex: 'v',
      nationality: 'Oekraïense',
      bsn: '9999.93.653',
      vNumber: '2812345678',
      documentType: 'paspoort',
      documentNumber: 'FA123456',
      documentValidUntil: '1-5-2031',
      arrivalDate: '46000',
      brpFrom: '01-02-2026',
      site: 'Kade',
      building: 'A',
      room: '001',
      bed: '2',
      phone: '+31 6 1234 5678, 020-1234567',
      email: 'a@b.nl',
      languages: 'Oekraïens; en',
      incomeKind: 'Loon',
      incomeAmount: '1.234,56',
      incomeMonth: '10-2026',
    });
    expect(problems).toEqual([]);
    expect(lines).toEqual([
      {
        line: 2,
        household: 'H1',
        relation: 'child',
        place: { site: 'Kade', building: 'A', room: '001', bed: '2' },
        resident: {
          name: {
            family: "Solov'ianenko",
            given: '',
            patronymic: '',
            familyCyrillic: '',
            givenCyrillic: 'Юлія',
            patronymicCyrillic: '',
          },
          birthDate: '1985-03-12',
          sex: 'F',
          nationality: ['UA'],
          nationalityGroup: 'ua',
          bsn: '999993653',
          vNumber: '2812345678',
          'document.first': {
            type: 'passport',
            number: 'FA123456',
            issuingCountry: 'UA',
            validUntil: '2031-05-01',
            seenOn: null,
          },
          arrival: { date: '2025-12-09', from: null },
          'brp.first': { from: '2026-02-01', to: null, municipality: '0363', reason: null, destination: null },
          phones: ['+31 6 1234 5678', '020-1234567'],
          emails: ['a@b.nl'],
          languages: ['uk', 'en'],
          'income.employment.2026-10': { amountCents: 123_456, evidence: 'none' },
        },
      },
    ]);
  });

  it('may hold a name only; - and spaces are empty; empty lines are passed over', () => {
    const { lines, problems } = check({ given: ' ' }, { given: 'Olha', bsn: '-' }, { given: '' });
    expect(problems).toEqual([]);
    expect(lines).toMatchObject([{ line: 3, household: null, relation: null, place: null }]);
    expect(Object.keys(lines[0]?.resident ?? {})).toEqual(['name']);
  });

  it('takes the mark of an exported cell off again', () => {
    expect(check({ given: 'Olha', phone: "'+31 6 1" }).lines[0]?.resident.phones).toEqual(['+31 6 1']);
  });
});

describe('a wrong line', () => {
  it.each<[Partial<Record<ImportColumn, string>>, readonly unknown[]]>([
    [{ bsn: '999993653' }, ['family', 'name-missing']],
    [{ given: 'O', birthDate: '30-02-1985' }, ['birthDate', 'impossible-date']],
    [{ given: 'O', birthDate: '25-11-2026' }, ['birthDate', 'date-in-future']],
    [{ given: 'O', bsn: '999993654' }, ['bsn', 'bsn-eleven-test']],
    [{ given: 'O', bsn: '12 34' }, ['bsn', 'bsn-not-nine-digits']],
    [{ given: 'O', sex: 'robot' }, ['sex', 'unknown-word']],
    [{ given: 'O', relation: 'buurman' }, ['relation', 'unknown-word']],
    [{ given: 'O', languages: 'uk, Klingon' }, ['languages', 'unknown-word']],
    [{ given: 'O', documentType: 'paspoort' }, ['documentNumber', 'number-missing']],
    [{ given: 'O', incomeKind: 'loon', incomeAmount: '-5' }, ['incomeAmount', 'amount-negative']],
    [{ given: 'O', incomeKind: 'loon', incomeAmount: '1.000.000,01' }, ['incomeAmount', 'amount-above-maximum']],
    [{ given: 'O', incomeKind: 'loon', incomeAmount: 'veel' }, ['incomeAmount', 'amount-not-readable']],
    [{ given: 'O', incomeAmount: '5' }, ['incomeKind', 'income-without-kind']],
    [{ given: '=HYPERLINK("x")' }, ['given', 'formula']],
    [{ given: 'O', phone: '@SUM(A1)' }, ['phone', 'formula']],
    [{ given: 'O', phone: '+cmd|x' }, ['phone', 'formula']],
    [{ given: 'O', bed: '2', site: 'Kade' }, ['bed', 'bed-without-room']],
    [{ given: 'O', birthDate: '01-01-2020', arrivalDate: '31-12-2019' }, ['arrivalDate', 'born-after-arrival']],
  ])('%j', (row, [column, problem]) => {
    const checked = check(row);
    expect(checked.lines).toEqual([]);
    expect(checked.problems.map((found) => [found.column, found.problem])).toContainEqual([column, problem]);
  });

  it('does not repeat what was typed', () => {
    const secret = '999993654';
    expect(JSON.stringify(check({ given: 'O', bsn: secret, sex: secret, birthDate: secret }).problems)).not.toContain(
      secret,
    );
  });

  it('shows all its problems and keeps no other line out', () => {
    expect(problemsOf({ given: 'O', bsn: '1', birthDate: 'x' }, { given: 'P', bsn: '' })).toEqual([
      [2, 'birthDate', 'impossible-date'],
      [2, 'bsn', 'bsn-not-nine-digits'],
    ]);
  });

  it('is the second with a number or a bed', () => {
    const bed = { site: 'Kade', room: '1', bed: '2' };
    expect(problemsOf({ given: 'O', bsn: '999993653' }, { given: 'P', bsn: '9999 93653' })).toEqual([
      [3, 'bsn', 'number-twice', 2],
    ]);
    expect(problemsOf({ given: 'O', documentNumber: 'fa1' }, { given: 'P', documentNumber: 'FA 1' })).toEqual([
      [3, 'documentNumber', 'number-twice', 2],
    ]);
    expect(problemsOf({ given: 'O', ...bed }, { given: 'P', ...bed, bed: '3' }, { given: 'Q', ...bed })).toEqual([
      [4, 'bed', 'bed-twice', 2],
    ]);
  });

  it('takes no number from a line that does not go in', () => {
    expect(problemsOf({ given: 'O', bsn: '999993653', birthDate: 'x' }, { given: 'P', bsn: '999993653' })).toEqual([
      [2, 'birthDate', 'impossible-date'],
    ]);
  });

  it('has cells far beyond its columns', () => {
    const long = ['Olha', ...Array.from({ length: 40 }, () => 'x')];
    expect(checkRows([long], { given: 0 }, options).problems).toEqual([
      { line: 2, column: null, problem: 'too-many-cells' },
    ]);
  });
});
