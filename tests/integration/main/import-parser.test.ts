import { fork } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { readTable } from '../../../electron/read-table.ts';
import type { Table, TableEncoding } from '../../../electron/table.ts';
import { temporaryFolder } from './main-fixtures.ts';
import { makeWorkbook, makeZip, type ZipPart } from './zip-fixture.ts';

function read(content: string | Uint8Array, encoding: TableEncoding = 'auto', name = 'list.csv'): Promise<Table> {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  return readTable(file, encoding);
}
/** Text in one of the old one-byte encodings. */
function inOldEncoding(text: string, encoding: 'windows-1251' | 'windows-1252'): Buffer {
  const decoder = new TextDecoder(encoding);
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]));
  return Buffer.from([...text].map((character) => codes.get(character) ?? expect.fail(`no ${character}`)));
}

const cyrillic = 'Прізвище;Імʼя\nШевченко;Оксана\nЇжакевич;Ґалаґан\n'.replaceAll('ʼ', '’');

describe('a delimited list', () => {
  it.each([
    ['semicolons', 'a;b\n1;2\n', ';'],
    ['commas', 'a,b\r\n1,2\r\n', ','],
    ['tabs', 'a\tb\n1\t2\n', '\t'],
  ])('with %s', async (_, text, delimiter) => {
    expect(await read(text)).toEqual({
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
      format: 'csv',
      encoding: 'utf-8',
      delimiter,
    });
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${cyrillic}`), 'utf-8'],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${cyrillic}`, 'utf16le'), 'utf-16le'],
    ['windows-1251', inOldEncoding(cyrillic, 'windows-1251'), 'windows-1251'],
  ])('in %s', async (_, bytes, encoding) => {
    expect(await read(bytes)).toMatchObject({
      rows: cyrillic
        .trim()
        .split('\n')
        .map((line) => line.split(';')),
      encoding,
    });
  });

  it('in windows-1252 is not taken for Cyrillic', async () => {
    const text = 'Naam;Plaats\nZoë Coördinator;Grou\nAndré Müller;’s-Gravenhage\n';
    expect(await read(inOldEncoding(text, 'windows-1252'))).toMatchObject({
      encoding: 'windows-1252',
      rows: [{}, ['Zoë Coördinator', 'Grou'], ['André Müller', '’s-Gravenhage']],
    });
  });

  it('can be read again in another encoding, and is refused where it cannot be that one', async () => {
    const bytes = inOldEncoding(cyrillic, 'windows-1251');
    expect(await read(bytes, 'windows-1252')).toMatchObject({ encoding: 'windows-1252' });
    expect(await read(bytes, 'utf-8')).toEqual({ refused: 'encoding', detail: 'utf-8' });
  });

  it('keeps quoted delimiters, line breaks and empty lines between; drops empty lines at the end', async () => {
    expect(await read('a;b\n"x;y";"1\n2"\n\n p ; ""q"" \n;;\n\n')).toMatchObject({
      rows: [['a', 'b'], ['x;y', '1\n2'], [''], ['p', '""q""']],
    });
  });

  it('may have thirty columns too many, or one only', async () => {
    const wide = Array.from({ length: 50 }, (_, at) => `c${at}`);
    expect(await read(`${wide.join(';')}\n`)).toMatchObject({ rows: [wide] });
    expect(await read('name\nA\nB\n')).toMatchObject({ rows: [['name'], ['A'], ['B']] });
  });

  it('takes phone numbers, amounts and dashes for text, not for formulas', async () => {
    const row = ['+31 6 12345678', '-5,00', '-', '+', '@home', '- geen', '-geen', 'a=b'];
    expect(await read(`${row.join(';')}\n`)).toMatchObject({ rows: [row] });
  });
});

describe('a list that is refused', () => {
  const cases: [string, string | Uint8Array, string, string][] = [
    ['an empty file', '', 'empty', ''],
    ['only blanks', ' \n;;\n ', 'empty', ''],
    ['only a byte order mark', '\ufeff', 'empty', ''],
    ['a formula', 'a;b\nx;=HYPERLINK("http://example.org")\n', 'formula', '2'],
    ['a formula in fullwidth', 'a;b\nx;y\nx;＝1+1\n', 'formula', '3'],
    ['a command', "a\n@SUM(1+1)*cmd|' /C calc'!A0\n", 'formula', '2'],
    ['a quote that never ends', 'a;b\nx;"y\nz;1\n', 'not-a-table', '2'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not-a-table', ''],
    ['a PDF', '%PDF-1.7\n…', 'not-a-table', ''],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'old-excel', ''],
    [
      'OpenDocument',
      makeZip([
        { name: 'mimetype', content: 'x' },
        { name: 'content.xml', content: '<x/>' },
      ]),
      'old-excel',
      '',
    ],
    ['a zip of something else', makeZip([{ name: 'a.txt', content: 'x' }]), 'not-a-table', ''],
    ['a zip without its end', makeWorkbook('<row/>').subarray(0, 300), 'unreadable', ''],
  ];
  it.each(cases)('%s', async (_, content, refused, detail) => {
    expect(await read(content)).toEqual({ refused, detail });
  });

  it('200 MB, without reading them', async () => {
    const file = path.join(temporaryFolder(), 'large.csv');
    writeFileSync(file, 'a;b\n');
    truncateSync(file, 200_000_000);
    const before = process.memoryUsage().rss;
    expect(await readTable(file, 'auto')).toEqual({ refused: 'too-big', detail: '' });
    expect(process.memoryUsage().rss - before).toBeLessThan(20_000_000);
  });
});

describe('a workbook', () => {
  it('gives text, numbers as they stand, and days', async () => {
    const bytes = await writeExcel([
      [{ value: 'Прізвище' }, { value: 'BSN' }, { value: 'Geboren' }, { value: 'Actief' }, { value: 'Bedrag' }],
      [
        { value: 'Шевченко' },
        { value: 123456782 },
        { value: new Date(Date.UTC(1984, 1, 29)), format: 'dd-mm-yyyy' },
        { value: true },
        { value: 12.5 },
      ],
    ]).toBuffer();
    expect(await read(bytes, 'auto', 'list.xlsx')).toEqual({
      rows: [
        ['Прізвище', 'BSN', 'Geboren', 'Actief', 'Bedrag'],
        ['Шевченко', '123456782', '1984-02-29', 'true', '12.5'],
      ],
      format: 'xlsx',
      encoding: 'utf-8',
      delimiter: '',
    });
  });

  const inline = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const good = `<row r="1">${inline('A1', 'name')}</row><row r="2">${inline('A2', 'Olena')}</row>`;
  const formula = '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>';

  it('with a calculated cell is refused, in the sheet that is read', async () => {
    expect(await read(makeWorkbook(good))).toMatchObject({ rows: [['name'], ['Olena']] });
    expect(await read(makeWorkbook(good + formula))).toEqual({ refused: 'formula', detail: '3' });
    expect(await read(makeWorkbook(good, [], formula))).toMatchObject({ rows: [['name'], ['Olena']] });
    expect(await read(makeWorkbook(`<row r="1">${inline('A1', '=1+1')}</row>`))).toEqual({
      refused: 'formula',
      detail: '1',
    });
  });

  it('without rows is empty', async () => {
    expect(await read(makeWorkbook(''))).toEqual({ refused: 'empty', detail: '' });
  });

  const bomb = new Uint8Array(60_000_000);
  const parts: [string, ZipPart[], string][] = [
    ['a bomb', [{ name: 'xl/media/a.bin', content: bomb }], 'too-big'],
    ['a bomb that says it is small', [{ name: 'xl/media/a.bin', content: bomb, claims: { size: 1000 } }], 'unreadable'],
    ['a size that is too large', [{ name: 'xl/a.xml', content: '<a/>', claims: { size: 300 } }], 'unreadable'],
    ['a gigabyte by its own word', [{ name: 'xl/a.xml', content: '<a/>', claims: { size: 1_000_000_000 } }], 'too-big'],
    ['a name that leads out', [{ name: '../../evil.xml', content: '<a/>' }], 'unreadable'],
    ['a name with backslashes', [{ name: 'xl\\..\\evil.xml', content: '<a/>' }], 'unreadable'],
    ['an absolute name', [{ name: '/etc/passwd', content: 'x' }], 'unreadable'],
    ['a drive', [{ name: 'C:/evil.xml', content: 'x' }], 'unreadable'],
    ['a device name', [{ name: 'xl/NUL.xml', content: 'x' }], 'unreadable'],
    ['a link', [{ name: 'xl/a.xml', content: '/etc/passwd', claims: { mode: 0o120777 } }], 'unreadable'],
    ['a part twice', [{ name: 'xl/workbook.xml', content: '<a/>' }], 'unreadable'],
    ['parts over each other', [{ name: 'xl/a.xml', content: '<a/>', claims: { offset: 0 } }], 'unreadable'],
    ['an entity', [{ name: 'xl/a.xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }], 'unreadable'],
    [
      'a file of this computer',
      [{ name: 'xl/a.xml', content: '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>' }],
      'unreadable',
    ],
    ['250 parts', Array.from({ length: 250 }, (_, at) => ({ name: `xl/${at}.xml`, content: '<a/>' })), 'too-big'],
  ];
  it.each(parts)('with %s is refused', async (_, more, refused) => {
    expect(await read(makeWorkbook(good, more))).toEqual({ refused, detail: '' });
  });
});

it('is read in a process of its own that knows nothing of the app', async () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const file = path.join(temporaryFolder(), 'list.csv');
  writeFileSync(file, 'a;b\n1;2\n');
  const child = fork(path.join(root, 'electron/import-parser.ts'), [], {
    execPath: process.execPath,
    execArgv: ['--import', path.join(root, 'electron/stand-in/utility-child.ts')],
    env: {},
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  onTestFinished(() => {
    child.kill();
  });
  // By its path, and as what was in a sealed file.
  for (const source of [file, Uint8Array.from(Buffer.from('a;b\n1;2\n'))]) {
    const answered = new Promise((resolve) => child.once('message', resolve));
    child.send({ source, encoding: 'auto' });
    expect(await answered).toMatchObject({
      format: 'csv',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
    });
  }
});
