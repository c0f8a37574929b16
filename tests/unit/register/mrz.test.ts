import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import { findCountryOfMrz } from '../../../shared/register/mrz-countries.ts';
import { isWholeMrz, parseMrz, type Mrz } from '../../../shared/register/mrz.ts';

const today = isoDate('2026-11-24');
/** Specimens of ICAO Doc 9303: part 4 (TD3), part 5 (TD1), part 6 (TD2), part 11 appendix D (long numbers). */
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const td1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];
const td2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const longTd1 = ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<'];
const longTd2 = ['I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<', 'D23145890<UTO3407127M95071227349<<<8'];

const anna = { family: 'ERIKSSON', given: 'ANNA MARIA', namesCut: false, issuer: 'UTO', nationality: 'UTO' };
const annaDates = { birthDate: '1974-08-12', sex: 'F', expiry: '2012-04-15', failed: [] };
const peter = {
  family: 'STEVENSON',
  given: 'PETER JOHN',
  namesCut: false,
  issuer: 'UTO',
  nationality: 'UTO',
  documentCode: 'I',
  documentNumber: 'D23145890734',
  birthDate: '1934-07-12',
  sex: 'M',
  expiry: '1995-07-12',
  failed: [],
};
const read = (lines: readonly string[]): Mrz => {
  const result = parseMrz(lines.join('\n'), today);
  if (!result.ok) throw new Error(result.error.type);
  return result.value;
};
const withSign = (lines: readonly string[], line: number, at: number, sign: string) =>
  lines.map((text, index) => (index === line ? text.slice(0, at) + sign + text.slice(at + 1) : text));

describe('published specimens', () => {
  it.each([
    [td3, { ...anna, ...annaDates, format: 'TD3', documentCode: 'P', documentNumber: 'L898902C3' }],
    [td1, { ...anna, ...annaDates, format: 'TD1', documentCode: 'I', documentNumber: 'D23145890' }],
    [td2, { ...anna, ...annaDates, format: 'TD2', documentCode: 'I', documentNumber: 'D23145890' }],
    [longTd1, { ...peter, format: 'TD1' }],
    [longTd2, { ...peter, format: 'TD2' }],
  ])('%#', (lines, expected) => {
    expect(read(lines)).toEqual(expected);
  });
});

describe('as it is typed or scanned', () => {
  it.each([
    ['in small letters, with spaces', td3.join('\n').toLowerCase().replace('<<anna', ' <<  anna'), true],
    ['by a reader that ends each line with Enter', `${td3.join('\r\n')}\r\n`, true],
    ['by a reader that sends one Enter at the end', `${td3.join('')}\n`, true],
    ['by a reader that sends no Enter at all', td3.join(''), false],
  ])('%s', (_, typed, isWhole) => {
    expect(isWholeMrz(typed)).toBe(isWhole);
    expect(parseMrz(typed, today)).toEqual({ ok: true, value: read(td3) });
  });

  it('waits for the last sign of every line', () => {
    const typed = td3.join('\n');
    const whole = [...typed].map((_, at) => isWholeMrz(typed.slice(0, at + 1)));
    expect(whole.indexOf(true)).toBe(typed.length - 1);
  });

  it.each([
    ['P<UTOERIKSSON<<ANNA', 'no-mrz'],
    ['', 'no-mrz'],
    [[td3[0], td3[1]?.slice(1)].join('\n'), 'no-mrz'],
    [`${td1[0] ?? ''}${td1[1] ?? ''}\n${td1[2] ?? ''}`, 'no-mrz'],
    ['З<УТОЕРІКССОН', 'keyboard-layout'],
    [withSign(td3, 1, 3, '.').join('\n'), 'wrong-sign'],
    [withSign(td3, 0, 0, 'V').join('\n'), 'visa'],
  ])('%j is refused as %s', (typed, type) => {
    expect(parseMrz(typed, today)).toMatchObject({ ok: false, error: { type } });
  });
});

describe('check digits', () => {
  it.each([
    [td3, 1, 0, 'M', ['documentNumber', 'composite']],
    [td3, 1, 14, '5', ['birthDate', 'composite']],
    [td3, 1, 22, '3', ['expiry', 'composite']],
    [td3, 1, 30, '9', ['optional', 'composite']],
    [td3, 1, 43, '1', ['composite']],
    [td1, 0, 5, 'E', ['documentNumber', 'composite']],
    [td1, 1, 0, '8', ['birthDate', 'composite']],
    [td1, 1, 8, '2', ['expiry', 'composite']],
    [td2, 1, 35, '0', ['composite']],
    [longTd1, 0, 16, '4', ['documentNumber', 'composite']],
    [longTd2, 1, 29, '4', ['documentNumber', 'composite']],
  ])('%#: a wrong sign is named by its field', (lines, line, at, sign, failed) => {
    expect(read(withSign(lines, line, at, sign)).failed).toEqual(failed);
  });

  it('no single wrong digit in a checked field of a passport goes unseen', () => {
    const checked = [...Array(10).keys(), ...Array.from({ length: 7 }, (_, at) => 13 + at), 21, 22, 23, 24, 25, 26, 27];
    fc.assert(
      fc.property(fc.constantFrom(...checked), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const before = td3[1]?.charAt(at) ?? '';
        fc.pre(/\d/.test(before) && before !== String(digit));
        expect(read(withSign(td3, 1, at, String(digit))).failed.length).toBeGreaterThan(0);
      }),
      { seed: 9303 },
    );
  });

  it('of an empty personal number may be a filler', () => {
    const line = 'L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<';
    for (const check of ['<', '0']) {
      const failed = read([td3[0] ?? '', `${line.slice(0, 42)}${check}${line.slice(43)}8`]).failed;
      expect(failed).not.toContain('optional');
    }
  });
});

describe('dates and names', () => {
  const born = (signs: string) =>
    read([td3[0] ?? '', `${td3[1]?.slice(0, 13) ?? ''}${signs}${td3[1]?.slice(19) ?? ''}`]);
  it.each([
    ['261124', '2026-11-24'],
    ['261125', '1926-11-25'],
    ['85<<<<', '1985-00-00'],
    ['8503<<', '1985-03-00'],
    ['<<<<<<', '0000-00-00'],
    ['850231', null],
  ])('born %s: %s', (signs, date) => {
    expect(born(signs).birthDate).toBe(date);
  });

  it('says that names may be cut off', () => {
    expect(read([`P<UTO${'A'.repeat(20)}<<${'B'.repeat(17)}`, td3[1] ?? '']).namesCut).toBe(true);
  });

  it('finds every country of the register by its three letters', () => {
    const codes = findCodeList('iso3166-1')?.entries.map(({ code }) => code) ?? [];
    const letters = [...Array(26).keys()].map((at) => String.fromCharCode(65 + at));
    const found = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => findCountryOfMrz(a + b + c))));
    expect(codes.filter((code) => !found.includes(code))).toEqual([]);
    expect(['UKR', 'NLD', 'D', 'XXA', 'UTO'].map(findCountryOfMrz)).toEqual(['UA', 'NL', 'DE', 'XX', undefined]);
  });
});
