import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { generateMunicipality, type DemoMunicipality } from '../../shared/demo/demo-site.ts';
import { toImportRows } from '../../shared/demo/import-rows.ts';
import { toCsv } from '../../shared/exchange/csv.ts';
import { isoDate, type IsoDate } from '../../shared/kernel/dates.ts';

export const seed = 1;

/** Today by the clock of the laptop: nobody in the list arrives later than that. */
export const today = (): IsoDate => isoDate(new Intl.DateTimeFormat('en-CA').format(new Date()));

export type ListFiles = { readonly demo: DemoMunicipality; readonly csv: string; readonly xlsx: string };

/** The invented municipality as the two files that a municipality would send. */
export async function writeLists(folder: string, residents = 400, families = 170): Promise<ListFiles> {
  const demo = generateMunicipality({ seed, residents, families, sites: 3, day: today() });
  const { headers, rows } = toImportRows(demo);
  const table = [headers, ...rows];
  const csv = path.join(folder, 'bewoners.csv');
  const xlsx = path.join(folder, 'bewoners.xlsx');
  await writeFile(csv, toCsv(table));
  // Everything as text: a number would lose the zero that a BSN or a month begins with.
  const cells = table.map((row) => row.map((value) => ({ value, type: String })));
  await writeXlsxFile(cells).toFile(xlsx);
  return { demo, csv, xlsx };
}
