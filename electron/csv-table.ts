import Papa from 'papaparse';
import { hasFormula, trimRows, type Table, type TableEncoding } from './table.ts';

const maxCells = 4_000_000;

/** A delimited text; what cannot be read for sure is refused, never guessed into wrong names. */
export function readCsv(bytes: Uint8Array, wanted: TableEncoding): Table {
  const decoded = decode(bytes, wanted);
  if (decoded === undefined) return { refused: 'encoding', detail: wanted };
  const { text, encoding } = decoded;
  if (text.includes('\0')) return { refused: 'not-a-table', detail: '' };
  if (text.trim() === '') return { refused: 'empty', detail: '' };
  const { data, errors, meta } = Papa.parse<string[]>(text, {
    delimiter: guessDelimiter(text),
    skipEmptyLines: false,
  });
  const fault = errors.find(({ type }) => type === 'Quotes');
  if (fault !== undefined) return { refused: 'not-a-table', detail: String((fault.row ?? 0) + 1) };
  const rows = trimRows(data.map((row) => row.map((cell) => cell.trim())));
  if (rows.length === 0) return { refused: 'empty', detail: '' };
  if (rows.reduce((cells, row) => cells + row.length, 0) > maxCells) return { refused: 'too-big', detail: '' };
  const formula = rows.findIndex((row) => row.some(hasFormula));
  if (formula >= 0) return { refused: 'formula', detail: String(formula + 1) };
  return { rows, format: 'csv', encoding, delimiter: meta.delimiter };
}

/** The sign that parts most of the first lines into as many cells as the first one; a comma when none does. */
function guessDelimiter(text: string): string {
  const lines = text
    .slice(0, 100_000)
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
  const scores = [';', ',', '\t'].map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const [cells = 0] = counts;
    return { delimiter, cells, alike: cells === 0 ? 0 : counts.filter((count) => count === cells).length };
  });
  const [best] = scores.sort((a, b) => b.alike - a.alike || b.cells - a.cells);
  return best === undefined || best.alike === 0 ? ',' : best.delimiter;
}

function decode(bytes: Uint8Array, wanted: TableEncoding): { text: string; encoding: string } | undefined {
  if (wanted !== 'auto') return decodeAs(bytes, wanted);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, 'utf-16be');
  return decodeAs(bytes, 'utf-8') ?? decodeAs(bytes, looksCyrillic(bytes) ? 'windows-1251' : 'windows-1252');
}

/** Takes a byte order mark off. */
function decodeAs(bytes: Uint8Array, encoding: string): { text: string; encoding: string } | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}

/** Cyrillic words are runs of high bytes; in Dutch or French words accented letters stand alone. */
function looksCyrillic(bytes: Uint8Array): boolean {
  let high = 0;
  let beside = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    high += 1;
    if ((bytes[at - 1] ?? 0) >= 0xc0 || (bytes[at + 1] ?? 0) >= 0xc0) beside += 1;
  }
  return beside * 2 > high;
}
