import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDatedFamily } from '../../../shared/contribution/register-facts.ts';
import { toMunicipalSettings } from '../../../shared/contribution/municipal-policy.ts';
import { firstDayOf, isoDate, isoMonth, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { findDoubleMemberships, membersOn, toFamily, type Family } from '../../../shared/register/family.ts';
import {
  countsFrom,
  planJoin,
  planOneFamily,
  planSplit,
  type PlannedRecord,
} from '../../../shared/register/household.ts';
import { toResident } from '../../../shared/register/resident.ts';

const day = isoDate('2026-11-10');
const base: FieldValues = {
  placement: { site: null },
  label: 'Kovalenko',
  'member.a.2026-02-01': { to: null, relation: 'main-person' },
  'member.b.2026-02-01': { to: null, relation: 'partner' },
  'member.c.2026-11-10': { to: '2026-12-31', relation: 'child' },
  'reception.2026-02-01': { reception: 'municipal', catered: true },
};
const other: FieldValues = {
  label: 'Tkachuk',
  'member.d.2026-03-01': { to: null, relation: 'main-person' },
  'member.a.2025-01-01': { to: '2025-12-31', relation: 'other-relative' },
};

function applied(start: Readonly<Record<string, FieldValues>>, plan: readonly PlannedRecord[]): Record<string, Family> {
  const after: Record<string, FieldValues> = { ...start };
  for (const { ref, edits } of plan) {
    const values = { ...after[ref.id], ...Object.fromEntries(edits.map(({ field, value }) => [field, value])) };
    after[ref.id] = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  }
  return Object.fromEntries(Object.entries(after).map(([id, values]) => [id, toFamily(id, values)]));
}
const namesOn = (family: Family | undefined, on: IsoDate) =>
  family === undefined
    ? []
    : membersOn(family, on)
        .map(({ resident }) => resident)
        .sort();
const fresh = {
  ...{ id: 'new', label: 'Bondar', site: null },
  reception: { reception: 'private', catered: false },
} as const;
const movers = [
  { resident: 'b', relation: 'main-person' },
  { resident: 'c', relation: 'child' },
] as const;

describe('a split', () => {
  const after = applied({ f: base }, planSplit(toFamily('f', base), movers, day, fresh));

  it('lets some go from a day on, and leaves the days before as they were', () => {
    expect(namesOn(after.f, isoDate('2026-11-09'))).toEqual(['a', 'b']);
    expect(namesOn(after.f, day)).toEqual(['a']);
    expect(namesOn(after.new, day)).toEqual(['b', 'c']);
    expect(namesOn(after.new, isoDate('2027-01-01'))).toEqual(['b']);
    expect(after.new?.receptions).toEqual([{ from: day, reception: 'private', catered: false }]);
    expect(after.f?.receptions).toEqual(toFamily('f', base).receptions);
    expect(findDoubleMemberships(Object.values(after))).toEqual([]);
  });

  it('gives the amounts the old household to the end of the month and both from the next first', () => {
    const residents = ['a', 'b', 'c'].map((id) =>
      toResident(id, {
        birthDate: id === 'c' ? '2018-01-01' : '1985-01-01',
        arrival: { date: '2026-02-01', from: null },
      }),
    );
    const policy = { rows: [], settings: toMunicipalSettings('p', {}) };
    const of = (family: Family, month: string) => {
      const dated = toDatedFamily({
        ...{ month: isoMonth(month), family, residents, site: { cateredByDefault: false } },
        policy: policy as never,
      });
      if (!dated.ok) throw new Error(dated.error.type);
      return {
        members: dated.value.members.map(({ id, role }) => `${id} ${role}`).sort(),
        reception: dated.value.receptions.filter(({ from }) => from <= firstDayOf(isoMonth(month))).at(-1)?.reception,
      };
    };
    const [old, split] = [after.f, after.new] as [Family, Family];
    expect(of(old, '2026-11').members).toEqual(['a adult', 'b adult']);
    expect(of(split, '2026-11').members).toEqual([]);
    expect(countsFrom(day)).toBe('2026-12-01');
    expect(of(old, '2026-12')).toEqual({ members: ['a adult'], reception: 'municipal' });
    expect(of(split, '2026-12')).toEqual({ members: ['b adult', 'c child'], reception: 'private' });
    expect(of(split, '2027-01').members).toEqual(['b adult']);
  });

  it('counts at once from a first of the month', () => {
    expect(countsFrom(isoDate('2026-12-01'))).toBe('2026-12-01');
    expect(countsFrom(isoDate('2026-12-31'))).toBe('2027-01-01');
  });
});

it('a join brings the members of both together from a day on, nobody twice', () => {
  const [into, leaving] = [toFamily('f', base), toFamily('g', other)];
  const plan = planJoin(into, leaving, [{ resident: 'd', relation: 'grandparent' }], day);
  const after = applied({ f: base, g: other }, plan);
  expect(namesOn(after.f, isoDate('2026-11-09'))).toEqual(['a', 'b']);
  expect(namesOn(after.g, isoDate('2026-11-09'))).toEqual(['d']);
  expect(namesOn(after.f, day)).toEqual(['a', 'b', 'c', 'd']);
  expect(namesOn(after.g, day)).toEqual([]);
  expect(namesOn(after.g, isoDate('2025-06-01'))).toEqual(['a']);
});

it('one answer to somebody in two families takes the days out of the other one only', () => {
  const days = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-05-01', '2026-08-01'].map(isoDate);
  const span = fc
    .tuple(fc.constantFrom(...days), fc.option(fc.constantFrom(...days)))
    .map(([from, to]) => ({ from, to: to !== null && to < from ? null : to }));
  fc.assert(
    fc.property(span, span, fc.boolean(), fc.constantFrom(...days), (one, two, first, on) => {
      const values = (of: typeof one): FieldValues => ({ [`member.x.${of.from}`]: { to: of.to, relation: 'partner' } });
      const start = { f: values(one), g: values(two) };
      const families = [toFamily('f', start.f), toFamily('g', start.g)];
      const [double] = findDoubleMemberships(families);
      if (double === undefined) return;
      const kept = first ? 'f' : 'g';
      const after = applied(start, planOneFamily(double, families, kept));
      expect(findDoubleMemberships(Object.values(after))).toEqual([]);
      const was = families.find(({ id }) => id === kept);
      expect(namesOn(after[kept], on)).toEqual(namesOn(was, on));
      const isThere = families.some((family) => namesOn(family, on).length > 0);
      expect(Object.values(after).some((family) => namesOn(family, on).length > 0)).toBe(isThere);
    }),
    { seed: 20261124, numRuns: 300 },
  );
});
