import { describe, expect, it } from 'vitest';
import { toMunicipalSettings } from '../../../shared/contribution/municipal-policy.ts';
import { policyFileText, readPolicyFile, type PolicyFileContext } from '../../../shared/contribution/policy-file.ts';
import { reachOf, settled, spanOf } from '../../../shared/contribution/settled-entries.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';

const municipality = { code: '0402', name: 'Hilversum' };
const site = '5117b0aa-0000-4000-8000-000000000001';
const values: FieldValues = {
  placement: { site: null },
  municipality,
  'basis.2022-04-01': { incomeBasis: 'net', reason: 'besluit college' },
  'grounds.2025-01-01': { kinds: ['pension', 'other'], excluded: ['bonus'], reason: 'beleidsregel' },
  collectsFrom: { day: '2024-12-01', reason: 'raad' },
  [`catering.${site}.2025-01-01`]: { to: '2025-06-30', catered: true, reason: 'keuken', source: '' },
  'override.clothing.2025-01-01': { to: null, value: 7000, reason: 'hoger', source: 'gemeenteblad 1' },
  'override.threshold-partial_mode.2025-10-01': { to: '2026-12-31', value: 'taper', reason: 'proef', source: '' },
  'amountsChecked.2026-11-01': { reason: 'regeling gelezen', source: 'wetten.overheid.nl' },
};
const settings = toMunicipalSettings('b0110000-0000-4000-8000-000000000001', values);
const context = (over: Partial<PolicyFileContext> = {}): PolicyFileContext => ({
  municipality,
  settings: undefined,
  sites: new Set([site]),
  mayCheck: true,
  today: isoDate('2026-11-25'),
  ...over,
});
const text = policyFileText(settings, municipality);
type File = Record<string, Record<string, unknown>[]>;
const read = (given: string, over: Partial<PolicyFileContext> = {}) => readPolicyFile(toUtf8(given), context(over));
/** The file with a change, as `problem line path` of everything that is said of it. */
function problems(change: (file: File) => void, over: Partial<PolicyFileContext> = {}) {
  const file = JSON.parse(text) as File;
  change(file);
  const found = read(JSON.stringify(file, null, 2), over);
  return found.ok ? 'ok' : found.error;
}

describe('a policy file', () => {
  it('that is written out and read in gives what was settled, field by field', () => {
    const found = read(text);
    const fields = found.ok ? Object.fromEntries(found.value.map(({ after }) => [after.field, after.value])) : {};
    const again = toMunicipalSettings(settings.id, { ...fields, municipality, placement: { site: null } });
    expect(again).toEqual(settings);
    expect(policyFileText(again, municipality)).toBe(text);
  });

  it('changes nothing where it is settled like that, and only what differs otherwise', () => {
    expect(read(text, { settings })).toEqual({ ok: true, value: [] });
    const found = read(text.replace('"value": 7000', '"value": 7100'), { settings });
    expect(found.ok && found.value.map(({ before, after }) => [before?.value['value'], after])).toMatchObject([
      [7000, { field: 'override.clothing.2025-01-01', from: '2025-01-01', to: null, value: { value: 7100 } }],
    ]);
  });

  it('with nothing settled is a file too', () => {
    expect(read(policyFileText(undefined, municipality), { settings })).toEqual({ ok: true, value: [] });
  });

  it.each<[string, (file: File) => void, unknown]>([
    [
      'unknown key',
      (file) => (file['overrides']![0]!['colour'] = 1),
      { type: 'unknown-key', key: 'colour', path: 'overrides[0].colour' },
    ],
    [
      'unknown key of the file',
      (file) => Object.assign(file, { extra: [] }),
      { type: 'unknown-key', key: 'extra', path: 'extra' },
    ],
    [
      'missing key',
      (file) => delete file['overrides']![1]!['reason'],
      { type: 'missing-key', key: 'reason', path: 'overrides[1].reason' },
    ],
    [
      'missing section',
      (file) => delete (file as Record<string, unknown>)['catering'],
      { type: 'missing-key', key: 'catering', path: 'catering' },
    ],
    [
      'missing value',
      (file) => delete file['overrides']![0]!['value'],
      { type: 'missing-key', key: 'value', path: 'overrides[0].value' },
    ],
    [
      'wrong type',
      (file) => (file['catering']![0]!['catered'] = 'yes'),
      { type: 'wrong-type', wanted: 'yes-no', path: 'catering[0].catered' },
    ],
    [
      'text for a number',
      (file) => (file['overrides']![0]!['reason'] = 3),
      { type: 'wrong-type', wanted: 'text', path: 'overrides[0].reason' },
    ],
    [
      'group for a list',
      (file) => Object.assign(file, { grounds: {} }),
      { type: 'wrong-type', wanted: 'list', path: 'grounds' },
    ],
    [
      'no date',
      (file) => (file['grounds']![0]!['from'] = '2025-02-30'),
      { type: 'not-a-date', found: '2025-02-30', path: 'grounds[0].from' },
    ],
    [
      'euros for cents',
      (file) => (file['overrides']![0]!['value'] = 70.5),
      { type: 'not-cents', least: 0, path: 'overrides[0].value' },
    ],
    [
      'an amount as text',
      (file) => (file['overrides']![0]!['value'] = '7000'),
      { type: 'not-cents', path: 'overrides[0].value' },
    ],
    [
      'a word nobody knows',
      (file) => (file['overrides']![1]!['value'] = 'sloping'),
      { type: 'not-a-choice', found: 'sloping', path: 'overrides[1].value' },
    ],
    [
      'an unknown parameter',
      (file) => (file['overrides']![0]!['param'] = 'rent'),
      { type: 'not-a-choice', found: 'rent', path: 'overrides[0].param' },
    ],
    [
      'a kind of pay that always counts',
      (file) => (file['grounds']![0]!['kinds'] = ['employment']),
      { type: 'not-a-choice', found: 'employment', path: 'grounds[0].kinds[0]' },
    ],
    [
      'no reason',
      (file) => (file['incomeBasis']![0]!['reason'] = '  '),
      { type: 'text-empty', path: 'incomeBasis[0].reason' },
    ],
    [
      'a long reason',
      (file) => (file['incomeBasis']![0]!['reason'] = 'x'.repeat(501)),
      { type: 'too-long', most: 500, path: 'incomeBasis[0].reason' },
    ],
    [
      'an end before the beginning',
      (file) => (file['catering']![0]!['to'] = '2024-12-31'),
      { type: 'ends-before-begin', path: 'catering[0].to' },
    ],
    [
      'a site of somebody else',
      (file) => (file['catering']![0]!['site'] = 'b'),
      { type: 'unknown-site', path: 'catering[0].site' },
    ],
    [
      'the same twice',
      (file) => file['overrides']!.push({ ...file['overrides']![0]!, value: 1 }),
      { type: 'stands-twice', path: 'overrides[2]' },
    ],
    [
      'a check of tomorrow',
      (file) => (file['amountsChecked']![0]!['on'] = '2026-11-26'),
      { type: 'in-future', path: 'amountsChecked[0].on' },
    ],
    [
      'another municipality',
      (file) => Object.assign(file, { municipality: { code: '0344', name: 'Utrecht' } }),
      { type: 'other-municipality', code: '0344', name: 'Utrecht' },
    ],
    ['a newer version', (file) => Object.assign(file, { version: 2, more: 1 }), { type: 'newer-version', version: 2 }],
    ['something else', (file) => Object.assign(file, { format: 'onderdak-letters' }), { type: 'other-format' }],
  ])('refuses %s and names it', (_, change, expected) => {
    expect(problems(change)).toMatchObject([expected]);
  });

  it('names the line of each, and all of them at once', () => {
    const found = problems((file) => {
      file['overrides']![0]!['value'] = 1.5;
      file['incomeBasis']![0]!['from'] = 'soon';
    });
    const lines = text.split('\n');
    const lineOf = (words: string) => lines.findIndex((line) => line.includes(words)) + 1;
    expect(found).toMatchObject([
      { type: 'not-a-date', line: lineOf('"2022-04-01"') },
      { type: 'not-cents', line: lineOf('"value": 7000') },
    ]);
  });

  it('refuses what is no JSON, no UTF-8 or too big', () => {
    expect(read(text.slice(0, -3))).toMatchObject({ error: [{ type: 'not-json', line: text.split('\n').length - 2 }] });
    expect(readPolicyFile(Uint8Array.of(0x7b, 0xff, 0x7d), context())).toMatchObject({ error: [{ type: 'not-utf8' }] });
    expect(read(' '.repeat(1_000_001))).toMatchObject({ error: [{ type: 'too-big', mostKb: 1000 }] });
    expect(read(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toMatchObject({ ok: true });
    for (const other of ['[]', 'null', '3', '{}', '""'])
      expect(read(other)).toMatchObject({ error: [{ type: 'other-format' }] });
  });

  it('lets no two periods of the same thing meet, with what is settled included', () => {
    const later = (file: File) => {
      file['overrides'] = [{ ...file['overrides']![0]!, from: '2026-01-01' }];
    };
    expect(problems(later)).toBe('ok');
    expect(problems(later, { settings })).toMatchObject([
      { type: 'overlap', from: '2025-01-01', path: 'overrides[0]' },
    ]);
    const ended = (file: File) => {
      const [clothing] = file['overrides']!;
      file['overrides'] = [
        { ...clothing, to: '2025-12-31' },
        { ...clothing, from: '2026-01-01' },
      ];
    };
    expect(problems(ended, { settings })).toBe('ok');
  });

  it('leaves it to an administrator that the amounts were checked', () => {
    expect(problems(() => undefined, { mayCheck: false })).toMatchObject([
      { type: 'needs-administrator', path: 'amountsChecked[0]' },
    ]);
    expect(problems(() => undefined, { mayCheck: false, settings })).toBe('ok');
  });
});

describe('the days a change reaches', () => {
  const own = (from: string, to: string | null) =>
    settled.override('clothing', isoDate(from), {
      ...{ to: to === null ? null : isoDate(to), value: 1, reason: 'r', source: '' },
    });
  const collects = (day: string) => settled.collectsFrom({ day: isoDate(day), reason: 'r' });

  it('are those of the entry, with the end that it had', () => {
    expect(reachOf(undefined, own('2026-01-01', '2026-06-30'))).toMatchObject({ from: '2026-01-01', to: '2026-06-30' });
    expect(reachOf(own('2026-01-01', null), own('2026-01-01', '2026-06-30'))).toEqual({ from: '2026-01-01', to: null });
  });

  it('lie between two days of collection', () => {
    expect(reachOf(collects('2025-02-01'), collects('2026-01-01'))).toEqual({ from: '2025-02-01', to: '2025-12-31' });
    expect(reachOf(collects('2026-01-01'), collects('2025-02-01'))).toEqual({ from: '2025-02-01', to: '2025-12-31' });
    expect(reachOf(undefined, collects('2025-02-01'))).toEqual({ from: '2022-04-01', to: '2025-01-31' });
  });

  it('of several run from the first to the last', () => {
    const periods = [own('2026-01-01', '2026-06-30'), own('2025-05-01', '2025-06-30')];
    expect(spanOf(periods)).toEqual({ from: '2025-05-01', to: '2026-06-30' });
    expect(spanOf([...periods, own('2025-06-01', null)])).toEqual({ from: '2025-05-01', to: null });
    expect(spanOf([])).toBeUndefined();
  });
});
