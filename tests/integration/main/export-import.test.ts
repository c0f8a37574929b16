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
import { toResident } from '../../../shared/register/resident.ts';
import { temporaryFolder } from './main-fixtures.ts';
import { checkRows } from '../../fakes/whole-list.ts';

const today = isoDate('2026-11-24');
const languages = ['nl', 'uk', 'en'] as const;
const nothing = { household: '', relation: '', site: '', building: '', room: '', bed: '', status: '' };
const pause = () => Promise.resolve();

const wordOf = (language: (typeof languages)[number]) => (list: WordList, code: string) => {
  const { register, reception, contributions } = texts[language];
  const lists: Readonly<Record<WordList, Readonly<Record<string, string>>>> = {
    sex: register.sex,
    nationalityGroup: register.nationalityGroup,
    documentType: register.documentType,
    proofType: register.proofType,
    incomeKind: contributions.kind,
    relation: reception.relation,
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
    const { residents } = generateMunicipality({ seed: 11, residents: 120, families: 50, sites: 2, day: today });
    const columns = columnsIn(language);
    const written = residents.map(({ id, values }) => {
      const cells = residentCells(toResident(id, values), nothing, wordOf(language));
      return importColumns.map((column) => cells[column]);
    });
    const [headers = [], ...rows] = await readBack(format, columns, written);
    const mapping = readHeaders(headers, rows.length);
    if (!mapping.ok) return expect.fail(mapping.error.type);
    const { lines, problems } = checkRows(rows, mapping.value, {
      today,
      incomeMonth: isoMonth('2026-11'),
      municipality: '0000',
    });
    expect(problems).toEqual([]);
    const comparer = makeListComparer({
      isGiven: (line, column) => (rows[line - 2]?.[mapping.value[column] ?? -1] ?? '') !== '',
      freshKey: () => 'fresh',
    });
    lines.forEach(comparer.add);
    for (const { id, values } of residents) comparer.visit({ id, values, baseOf: () => null });
    const { outcomes, gone } = comparer.finish();
    const alive = residents.filter(({ values }) => (values['departure'] ?? null) === null).length;
    const kinds = outcomes.map((outcome) => (outcome.type === 'doubt' ? outcome.reason : outcome.type));
    expect(kinds.filter((kind) => kind === 'same')).toHaveLength(alive);
    expect(kinds.filter((kind) => kind === 'departed')).toHaveLength(residents.length - alive);
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
