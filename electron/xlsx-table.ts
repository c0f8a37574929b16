import { readSheet } from 'read-excel-file/universal';
import { hasFormula, trimRows, type Table } from './table.ts';
import { readArchive, type Archive } from './xlsx-archive.ts';

/** The first sheet of a workbook as text; dates as yyyy-mm-dd, numbers as they stand in the file. */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  const archive = await readArchive(bytes);
  if (archive === 'too-big') return { refused: 'too-big', detail: '' };
  if (archive === 'unreadable') return { refused: 'unreadable', detail: '' };
  // OpenDocument is a zip as well.
  if (archive.has('content.xml')) return { refused: 'old-excel', detail: '' };
  if (!archive.has('xl/workbook.xml')) return { refused: 'not-a-table', detail: '' };
  const formula = firstFormula(archive);
  if (formula !== undefined) return { refused: 'formula', detail: formula };
  try {
    const data = await readSheet(new Blob([Uint8Array.from(bytes)]), { parseNumber: (text) => text, trim: true });
    const rows = trimRows(data.map((row) => row.map(toText)));
    if (rows.length === 0) return { refused: 'empty', detail: '' };
    const typed = rows.findIndex((row) => row.some(hasFormula));
    if (typed >= 0) return { refused: 'formula', detail: String(typed + 1) };
    return { rows, format: 'xlsx', encoding: 'utf-8', delimiter: '' };
  } catch {
    return { refused: 'unreadable', detail: '' };
  }
}

function toText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' ? cell : typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}

/** The row of the first calculated cell: its value is what was last shown, which may be of another day. */
function firstFormula(archive: Archive): string | undefined {
  const sheets = [...archive].filter(([name]) => /^xl\/worksheets\/[^/]+\.xml$/.test(name));
  const first = sheets.filter(([name]) => name === firstSheet(archive));
  for (const [, xml] of first.length === 1 ? first : sheets) {
    const at = xml.search(/<(\w+:)?f[\s>/]/);
    if (at < 0) continue;
    const cells = [...xml.slice(0, at).matchAll(/<(?:\w+:)?c\s[^>]*?r="[A-Z]{1,3}(\d{1,7})"/g)];
    return cells.at(-1)?.[1] ?? '';
  }
  return undefined;
}

function firstSheet(archive: Archive): string | undefined {
  const relation = /<(?:\w+:)?sheet\s[^>]*?\br?:?id="([^"]+)"/.exec(archive.get('xl/workbook.xml') ?? '')?.[1];
  for (const [tag] of (archive.get('xl/_rels/workbook.xml.rels') ?? '').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const target = /\bTarget="([^"]+)"/.exec(tag)?.[1];
    if (target === undefined || /\bId="([^"]+)"/.exec(tag)?.[1] !== relation) continue;
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  }
  return undefined;
}
