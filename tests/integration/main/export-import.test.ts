import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../electron/read-table.ts';
import { texts } from '../../../renderer/i18n/texts.ts';
import { writeTable } from '../../../renderer/use-cases/write-table.ts';
import { headerOf, importColumns } from '../../../shared/exchange/columns.ts';
import { exportFormats, type ExportColumn, type ExportFormat } from '../../../shared/exchange/export-table.ts';
import { makeListComparer } from '../../../shared/exchange/list-diff.ts';
import { residentCells, sensitivityOf, type WordList } from '../../../shared/exchange/resident-export.ts';
import { readHeaders } from '../../../shared/exchange/spreadsheet.ts';
import { generateMunicipality } from '../../../shared/demo/demo-site.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import {
  departureReasons,
  deregistrationReasons,
  protectionStatuses,
  successorTypes,
  yesNoUnknown,
} from '../../../shared/register/codes.ts';
import { factCodes } from '../../../shared/register/fact-codes.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { findCodeLabel, findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import { temporaryFolder } from './main-fixtures.ts';
import { checkRows } from '../../fakes/whole-list.ts';

const today = isoDate('2026-11-24');
const languages = ['nl', 'uk', 'en'] as const;
const nothing = {
  ...{ household: '', relation: '', site: '', building: '', room: '', bed: '', status: '' },
  ...{ safetyRegion: '', shelter: '' },
};
const oblasts = findCodeList('ua_oblast')?.entries ?? [];
const findTerritory = (text: string) =>
  oblasts.find(({ code, label }) => [code, label.nl, label.uk, label.en].includes(text))?.code;
const pause = () => Promise.resolve();

const wordOf = (language: (typeof languages)[number]) => (list: WordList, code: string) => {
  const { register, reception, contributions, facts } = texts[language];
  const lists: Readonly<Record<WordList, Readonly<Record<string, string>>>> = {
    sex: register.sex,
    nationalityGroup: register.nationalityGroup,
    documentType: register.documentType,
    proofType: register.proofType,
    incomeKind: contributions.kind,
    relation: reception.relation,
    protectionStatus: register.protectionStatus,
    successor: facts.code.successor,
    deregistrationReason: register.deregistrationReason,
    departureReason: register.departureReason,
    guardianKind: facts.code.guardianKind,
    asylumState: facts.code.asylumState,
    yesNoUnknown: facts.code.yesNoUnknown,
  };
  return lists[list][code] ?? code;
};
const columnsIn = (language: (typeof languages)[number]) =>
  importColumns.map((key): ExportColumn => ({
    key,
    header: headerOf(key, texts[language].register.importColumn[key]),
    type: key === 'incomeAmount' ? 'number' : 'text',
    sensitive: sensitivityOf(key),
  }));

const nth = <T>(list: readonly T[], at: number): T => list[at % list.length] ?? expect.fail('no codes');

/** Every kind of fact with every code in turn; some people have none. */
function factsFor(at: number): FieldValues {
  if (at % 7 === 6) return {};
  const some = (text: string) => (at % 3 === 0 ? null : `${text} ${String(at)}`);
  return {
    callName: `Y${String(at)}`,
    arrival: { date: '2026-10-20', from: some('Львів') },
    ...(at % 4 === 0
      ? {
          departure: {
            date: '2026-11-01',
            reason: nth(departureReasons, at / 4),
            destination: at % 8 === 0 ? 'PL' : null,
          },
        }
      : {}),
    livedInUkraineOnReferenceDate: nth(yesNoUnknown, at),
    'lastResidence.2019-04-01': {
      oblast: nth(oblasts, at).code,
      raion: some('Place'),
      to: at % 2 === 0 ? null : '2022-02-27',
    },
    'brp.one': {
      from: '2024-06-01',
      ...(at % 2 === 0
        ? { to: null, reason: null, destination: null }
        : { to: '2026-09-01', reason: nth(deregistrationReasons, at), destination: 'DE' }),
      municipality: '0344',
    },
    protection: {
      status: nth(protectionStatuses, at),
      since: at % 2 === 0 ? '2024-05-10' : null,
      proofType: null,
      validUntil: at % 5 === 0 ? null : '2027-03-04',
      successor: at % 3 === 0 ? nth(successorTypes, at / 3) : null,
    },
    'asylum.2024-05-20': { state: nth(factCodes.asylumState, at), reference: some('Z') },
    unaccompanied: at % 2 === 1,
    interpreterNeeded: at % 3 === 1,
    'guardian.2024-06-01': {
      guardianKind: nth(factCodes.guardianKind, at),
      guardianName: some('Oksana'),
      organisation: some('Nidos'),
      contact: null,
      reference: null,
      to: at % 2 === 0 ? null : '2026-08-01',
    },
  };
}

async function readBack(format: ExportFormat, columns: readonly ExportColumn[], rows: readonly (readonly string[])[]) {
  const signal = new AbortController().signal;
  const bytes = await writeTable({ format, columns, sheet: 'x', pause, signal }, rows);
  const file = path.join(temporaryFolder(), `list.${format}`);
  writeFileSync(file, bytes ?? expect.fail('stopped'));
  const table = await readTable(file, 'auto');
  if ('refused' in table) return expect.fail(`${table.refused} ${table.detail}`);
  expect(table.format).toBe(format);
  return table.rows;
}

describe.each(exportFormats)('an export to %s', (format) => {
  it.each(languages)('is the same in every line when it is read in again, in %s', async (language) => {
    const drawn = generateMunicipality({ seed: 11, residents: 120, families: 50, sites: 2, day: today });
    const residents = drawn.residents.map(({ id, values }, at) => ({ id, values: { ...values, ...factsFor(at) } }));
    const columns = columnsIn(language);
    const written = residents.map(({ id, values }) => {
      const territoryOf = (code: string) => findCodeLabel('ua_oblast', code)?.[language] ?? code;
      const cells = residentCells({ id, values }, nothing, { wordOf: wordOf(language), territoryOf });
      return importColumns.map((column) => cells[column]);
    });
    const [headers = [], ...rows] = await readBack(format, columns, written);
    const mapping = readHeaders(headers, rows.length);
    if (!mapping.ok) return expect.fail(mapping.error.type);
    const { lines, problems } = checkRows(rows, mapping.value, {
      today,
      incomeMonth: isoMonth('2026-11'),
      municipality: '0000',
      findTerritory,
    });
    expect(problems).toEqual([]);
    const comparer = makeListComparer({
      isGiven: (line, column) => (rows[line - 2]?.[mapping.value[column] ?? -1] ?? '') !== '',
      freshKey: () => 'fresh',
    });
    lines.forEach(comparer.add);
    for (const { id, values } of residents) comparer.visit({ id, values, baseOf: () => null });
    const { outcomes, gone } = comparer.finish();
    const kinds = outcomes.map((outcome) => (outcome.type === 'doubt' ? outcome.reason : outcome.type));
    expect(kinds).toEqual(residents.map(() => 'same'));
    expect(gone).toEqual([]);
  });

  it('brings back any text as it was and lets nothing calculate', async () => {
    const columns: ExportColumn[] = ['given', 'family'].map((key) => ({
      key,
      header: key,
      type: 'text',
      sensitive: null,
    }));
    const sign = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      "'",
      '"',
      '<',
      '&',
      ';',
      ',',
      ']',
      'a',
      'Щ',
      'ʼ',
      '1',
      '😀',
      '!',
      '(',
    );
    const word = fc.string({ unit: sign, minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(word, word, async (one, two) => {
        const [, row = []] = await readBack(format, columns, [[one, two]]);
        const { lines, problems } = checkRows(
          [row],
          { given: 0, family: 1 },
          {
            today,
            incomeMonth: isoMonth('2026-11'),
            municipality: '0000',
          },
        );
        // Dashes are an empty cell, and an apostrophe before a sign is the mark itself.
        if (/^[\s-]*$/.test(one) || /^[\s-]*$/.test(two) || one.startsWith("'") || two.startsWith("'")) return;
        expect(problems).toEqual([]);
        expect(lines[0]?.resident['name']).toMatchObject({ given: one, family: two });
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});
