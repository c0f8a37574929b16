import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isParameterValue,
  municipalSettingNames,
  parameterNames,
  type ParameterRow,
} from '../../shared/contribution/parameter-row.ts';
import { loadParameterFiles, parametersFor, type ParameterName } from '../../shared/contribution/parameters.ts';
import { addMonths, isoMonth } from '../../shared/kernel/dates.ts';
import released from '../fixtures/released-parameters.json' with { type: 'json' };

const folder = join(import.meta.dirname, '../../shared/contribution/parameters');
const names = readdirSync(folder).sort();
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { rows: ParameterRow[] };
const rows = names.flatMap((name) => read(name).rows.map((row) => ({ name, ...row })));

describe('the files', () => {
  it('are named after the day their rows begin, and every one is read by the calculation', () => {
    expect(names.filter((name) => !/^\d{4}-\d{2}\.json$/.test(name))).toEqual([]);
    const unread = rows.filter(({ name, ...row }) => {
      const found = parametersFor(isoMonth(name.slice(0, 7)));
      return !found.ok || JSON.stringify(found.value.rows[row.param]) !== JSON.stringify(row);
    });
    expect(unread.map(({ name, param }) => `${name}: ${param}`)).toEqual([]);
  });

  it('are unchanged once released: decisions rest on them', () => {
    const hash = (name: string) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
    const known: Record<string, string> = released;
    const wrong = [
      ...names.flatMap((name) => {
        if (known[name] === hash(name)) return [];
        return known[name] === undefined
          ? [`${name} is new: add "${name}": "${hash(name)}" to tests/fixtures/released-parameters.json`]
          : [
              `${name} was released and has changed: decisions rest on it. Bring it back and put the change in a new file`,
            ];
      }),
      ...Object.keys(known)
        .filter((name) => !names.includes(name))
        .map((name) => `${name} was released and is gone: decisions rest on it. Bring it back`),
    ];
    expect(wrong).toEqual([]);
  });
});

describe('the rows', () => {
  it('have a possible value, an article, a source and the day of the check', () => {
    const wrong = rows.filter(
      (row) =>
        !isParameterValue(row.param, row.value) ||
        !/^RooO art\. \d/.test(row.article) ||
        !/^https:\/\/[^\s]+/.test(row.source) ||
        row.checkedOn < row.from.slice(0, 4),
    );
    expect(wrong.map(({ name, param }) => `${name}: ${param}`)).toEqual([]);
  });

  it('stand in the order of time without overlap and, from their beginning, without a gap', () => {
    const ended: ParameterName[] = ['host.adult', 'host.minor'];
    const settled: readonly ParameterName[] = municipalSettingNames;
    for (const param of parameterNames.filter((name) => !settled.includes(name))) {
      const own = rows.filter((row) => row.param === param);
      expect(own.length, param).toBeGreaterThan(0);
      own.forEach((row, at) => {
        const next = own[at + 1];
        if (next === undefined) {
          if (!ended.includes(param)) expect(row.to, param).toBeNull();
          return;
        }
        const dayAfter = addMonths(isoMonth((row.to ?? next.from).slice(0, 7)), row.to === null ? 0 : 1);
        expect(`${dayAfter}-01`, `${param} after ${row.from}`).toBe(next.from);
      });
    }
  });

  it('never go down to a weaker factor or contribution by accident: the published course of both', () => {
    const course = (param: ParameterName) =>
      rows.filter((row) => row.param === param).map(({ from, value }) => [from, value]);
    expect(course('eb.accommodation')).toEqual([
      ['2024-07-01', 10500],
      ['2025-10-01', 24422],
    ]);
    expect(course('threshold.factor')).toEqual([
      ['2024-07-01', 10000],
      ['2025-10-01', 11500],
    ]);
    expect(course('clothing')).toEqual([
      ['2022-04-01', 5500],
      ['2022-12-01', 5612],
      ['2023-02-01', 5612],
      ['2023-10-01', 6071],
      ['2024-07-01', 6266],
    ]);
  });
});

describe('parameters of a month', () => {
  it('there are none before the regulation', () => {
    expect(parametersFor(isoMonth('2022-03'))).toEqual({
      ok: false,
      error: { type: 'no-parameters', month: '2022-03' },
    });
  });

  it('a row ends with its last day, an open one goes on', () => {
    const at = (month: string, param: ParameterName) => {
      const found = parametersFor(isoMonth(month));
      return found.ok ? found.value.rows[param]?.value : undefined;
    };
    expect([at('2023-01', 'host.adult'), at('2023-02', 'host.adult')]).toEqual([21500, undefined]);
    expect([at('2023-01', 'host.person'), at('2023-02', 'host.person')]).toEqual([undefined, 9300]);
    expect([at('2024-06', 'eb.accommodation'), at('2024-07', 'eb.accommodation')]).toEqual([undefined, 10500]);
    expect(at('2040-01', 'eb.accommodation')).toBe(24422);
  });
});

describe('a wrong file is a bug that names the place', () => {
  const { name: _, ...known } = rows.find(({ param }) => param === 'clothing')!;
  const row = { ...known, from: '2030-01-01', to: null };
  const load = (over: object, month = '2030-01') =>
    loadParameterFiles({ [month]: { from: '2030-01-01', rows: [{ ...row, ...over }] } });

  it('a right one loads', () => {
    expect(load({})).toHaveLength(1);
  });

  it.each([
    ['euros for cents', { value: 62.66 }],
    ['another unit', { unit: 'basis-points' }],
    ['an unknown parameter', { param: 'clothes' }],
    ['an unknown key', { amount: 6266 }],
    ['no source', { source: '' }],
    ['no article', { article: undefined }],
    ['an impossible day', { checkedOn: '2030-02-30' }],
    ['an end before the beginning', { to: '2029-12-31' }],
    ['another beginning than the file', { from: '2030-02-01' }],
  ])('%s', (_, over) => {
    expect(() => load(over)).toThrow(/2030-01\.json[^]*rows/);
  });

  it('a parameter that stands twice', () => {
    const twice = { from: '2030-01-01', rows: [row, row] };
    expect(() => loadParameterFiles({ '2030-01': twice })).toThrow(
      /2030-01\.json[^]*stands twice[^]*rows\[1\]\.clothing/,
    );
  });

  it('a name that is not the beginning', () => {
    expect(() => load({}, '2030-02')).toThrow('2030-02.json begins on 2030-01-01');
  });

  it('an overlap names file and parameter; an open row stops by itself', () => {
    const two = (to: string | null) => () =>
      loadParameterFiles({
        '2030-03': { from: '2030-03-01', rows: [{ ...row, from: '2030-03-01' }] },
        '2030-01': { from: '2030-01-01', rows: [{ ...row, to }] },
      });
    expect(two('2030-03-01')).toThrow('2030-03.json: clothing overlaps');
    expect(two('2030-02-28')()).toHaveLength(2);
    expect(two(null)()).toHaveLength(2);
  });
});
