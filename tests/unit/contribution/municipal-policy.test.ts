import { describe, expect, it } from 'vitest';
import { policyOn } from '../../../shared/contribution/dated-policy.ts';
import {
  basisFieldId,
  groundsFieldId,
  municipalPolicyKind,
  overrideFieldId,
  toDatedPolicy,
  toMunicipalSettings,
} from '../../../shared/contribution/municipal-policy.ts';
import { parameterNames } from '../../../shared/contribution/parameter-row.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { findFieldRule } from '../../../shared/records/field-rule.ts';
import type { Value } from '../../../shared/records/record.ts';

const july = isoDate('2024-07-01');
const october = isoDate('2025-10-01');
const settings = (values: Record<string, Value>, id = 'a') =>
  toMunicipalSettings(id, { municipality: { code: '0402', name: 'Hilversum' }, ...values });
const basis = (incomeBasis: string) => ({ incomeBasis, reason: 'besluit college' });

describe('the choice between net and gross', () => {
  it('holds from its day until the next one, and nothing holds before the first', () => {
    const own = [settings({ [basisFieldId(july)]: basis('gross'), [basisFieldId(october)]: basis('net') })];
    const on = (day: string) => toDatedPolicy(own, '0402', isoDate(day)).incomeBasis;
    expect([on('2024-06-30'), on('2024-07-01'), on('2025-09-30'), on('2025-10-01')]).toEqual([
      null,
      'gross',
      'gross',
      'net',
    ]);
  });

  it('is that of the municipality of the family, never of another one', () => {
    const own = [settings({ [basisFieldId(july)]: basis('net') })];
    expect(toDatedPolicy(own, '0344', october)).toMatchObject({ municipality: '0344', incomeBasis: null });
    expect(toDatedPolicy(own, null, october)).toMatchObject({ municipality: '0402', incomeBasis: 'net' });
    const other = { ...own[0]!, id: 'b', municipality: { code: '0344', name: 'Utrecht' } };
    expect(toDatedPolicy([...own, other], null, october).incomeBasis).toBeNull();
  });

  it('of two laptops that began a record each is found in both, in whatever order they are given', () => {
    const first = settings({ [basisFieldId(july)]: basis('net') }, 'a');
    const second = settings({ [basisFieldId(july)]: basis('gross'), [groundsFieldId(july)]: grounds }, 'b');
    for (const both of [
      [first, second],
      [second, first],
    ]) {
      expect(toDatedPolicy(both, '0402', october)).toMatchObject({ incomeBasis: 'gross', extraGrounds: ['pension'] });
    }
    expect(toDatedPolicy([first, { ...second, deleted: true }], '0402', october)).toMatchObject({ incomeBasis: 'net' });
  });
});

const grounds = { kinds: ['pension'], reason: 'beleidsregel' };
const override = (value: Value, to: string | null = null) => ({ to, value, reason: 'beleid', source: 'gmb-2025-1147' });

describe('what a municipality put before the national rows', () => {
  it('acts within its period, with its reason and source', () => {
    const own = [settings({ [overrideFieldId('threshold.partial_mode', july)]: override('taper', '2025-09-30') })];
    const on = (day: string) =>
      policyOn({ ...toDatedPolicy(own, '0402', isoDate(day)), incomeBasis: 'net' }, isoDate(day))?.overrides;
    expect(on('2025-09-30')).toEqual([
      { param: 'threshold.partial_mode', value: 'taper', reason: 'beleid', source: 'gmb-2025-1147' },
    ]);
    expect(on('2025-10-01')).toEqual([]);
    expect(on('2024-06-30')).toEqual([]);
  });

  it('is left out when it is no possible value of its parameter', () => {
    const own = settings({
      [overrideFieldId('threshold.factor', july)]: override('taper'),
      [overrideFieldId('eb.min_age', july)]: override(12),
      'override.no-such-parameter.2024-07-01': override(1),
      [overrideFieldId('eb.accommodation', july)]: override(10_500),
    });
    expect(own.overrides.map(({ param, value }) => [param, value])).toEqual([['eb.accommodation', 10_500]]);
  });

  it('finds every parameter again under the key of its field', () => {
    for (const param of parameterNames) {
      const field = overrideFieldId(param, july);
      expect(field.split('.')).toHaveLength(3);
      expect(findFieldRule(municipalPolicyKind, field)).toBe(municipalPolicyKind.fields.override);
    }
    expect(new Set(parameterNames.map((param) => overrideFieldId(param, july))).size).toBe(parameterNames.length);
  });

  it('says from which day the municipality collects', () => {
    const own = [settings({ collectsFrom: { day: '2025-02-01', reason: 'gmb-2025-1147' } })];
    expect(toDatedPolicy(own, '0402', october).collectsFrom).toBe('2025-02-01');
    expect(toDatedPolicy([settings({})], '0402', october).collectsFrom).toBeNull();
  });
});

it('refuses a choice without a reason', () => {
  const { basis: rule } = municipalPolicyKind.fields;
  expect(rule.schema.safeParse({ incomeBasis: 'net', reason: ' ' }).success).toBe(false);
  expect(rule.schema.safeParse(basis('net')).success).toBe(true);
  expect(rule.schema.safeParse({ ...basis('net'), incomeBasis: 'both' }).success).toBe(false);
});

it('of what other pages settle in the same record, and look after, nothing is called unreadable', () => {
  const other = {
    'retention.file': { months: 84, source: 'archiefbesluit', resultCode: '1' },
    'protectionEnd.all.2026-03-01': { until: '2027-03-04', act: 'besluit' },
    'lastResidence.2025-01-01': { kept: true, act: 'besluit' },
  };
  expect(settings(other).unreadable).toEqual([]);
  expect(settings({ ...other, 'colour.2025-01-01': 'blue' }).unreadable).toEqual(['colour.2025-01-01']);
});
