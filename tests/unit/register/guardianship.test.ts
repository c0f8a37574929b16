import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aResident, aResidentId } from '../../../shared/demo/builders.ts';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import {
  guardianKinds,
  guardianOn,
  guardiansOf,
  guardianStateOn,
  guardianStates,
} from '../../../shared/register/guardianship.ts';
import { toResident } from '../../../shared/register/resident.ts';

const today = isoDate('2026-11-25');
const facts = (guardianKind: string, more: FieldValues = {}): FieldValues => ({
  guardianKind,
  guardianName: null,
  organisation: null,
  contact: null,
  reference: null,
  to: null,
  ...more,
});
const child = (values: FieldValues) =>
  toResident(aResidentId, aResident({ unaccompanied: true, birthDate: '2012-05-01', ...values }).values);
const stateOf = (values: FieldValues, day = today) => guardianStateOn(child(values), day);

describe('guardians of a child without parents', () => {
  it.each([
    ['institution', 'guardian'],
    ['court', 'guardian'],
    ['foreign', 'guardian'],
    ['companion', 'companion'],
    ['reported', 'reported'],
  ])('%s means %s', (kind, state) => {
    expect(stateOf({ 'guardian.2026-03-01': facts(kind) })).toBe(state);
  });

  it('has every kind in the list of the form', () => {
    expect(guardianKinds.map((kind) => stateOf({ 'guardian.2026-03-01': facts(kind) }))).not.toContain('nobody');
  });

  it('says who it is, with the organisation, and keeps those who are no longer', () => {
    const resident = child({
      'guardian.2026-03-01': facts('companion', { guardianName: 'Oksana Bila', to: '2026-06-30' }),
      'guardian.2026-07-01': facts('institution', { organisation: 'Nidos', guardianName: 'A. Jansen', contact: '030' }),
    });
    expect(resident.guardians).toMatchObject([
      { kind: 'companion', from: '2026-03-01', to: '2026-06-30', name: 'Oksana Bila', organisation: '' },
      { kind: 'institution', from: '2026-07-01', to: null, name: 'A. Jansen', organisation: 'Nidos', contact: '030' },
    ]);
    expect(guardianOn(resident.guardians, isoDate('2026-06-30'))?.kind).toBe('companion');
    expect(guardianOn(resident.guardians, isoDate('2026-07-01'))?.kind).toBe('institution');
    expect(guardianOn(resident.guardians, isoDate('2026-02-28'))).toBeUndefined();
  });

  it('counts the last day, and nobody answers from the day after', () => {
    const values = { 'guardian.2026-03-01': facts('court', { to: '2026-11-25' }) };
    expect(stateOf(values)).toBe('guardian');
    expect(stateOf(values, addDays(today, 1))).toBe('nobody');
  });

  it('keeps both of two that began on one day on two laptops, and the one with authority counts', () => {
    const values = { 'guardian.2026-03-01': facts('court'), 'guardian.2026-03-01.b1': facts('companion') };
    expect(child(values).guardians).toHaveLength(2);
    expect(stateOf(values)).toBe('guardian');
  });

  it('is asked of nobody else: with a parent, or of age', () => {
    expect(stateOf({ unaccompanied: false })).toBeNull();
    expect(stateOf({ birthDate: '2008-11-25' })).toBeNull();
    expect(stateOf({ birthDate: '2008-11-26' })).toBe('nobody');
    expect(stateOf({ birthDate: null })).toBe('nobody');
  });

  it('passes over what this version cannot read', () => {
    expect(guardiansOf({ 'guardian.soon': facts('court'), 'guardian.2026-03-01': { guardianKind: 'wizard' } })).toEqual(
      [],
    );
  });

  it('never loses authority by a fact more', () => {
    const kind = fc.constantFrom(...guardianKinds);
    const one = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.option(fc.integer({ min: 0, max: 300 })), kind);
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), one, fc.integer({ min: 0, max: 400 }), (some, more, at) => {
        const start = isoDate('2026-01-01');
        const day = addDays(start, at);
        const valuesOf = (list: readonly (typeof more)[]) =>
          Object.fromEntries(
            list.map(([from, length, guardianKind], no) => {
              const begins = addDays(start, from);
              const to = length === null ? null : addDays(begins, length);
              return [`guardian.${begins}.k${String(no)}`, facts(guardianKind, { to })];
            }),
          );
        const rank = (list: readonly (typeof more)[]) =>
          guardianStates.indexOf(stateOf(valuesOf(list), day) ?? 'nobody');
        expect(rank([...some, more])).toBeLessThanOrEqual(rank(some));
      }),
      { seed: 20261125, numRuns: 200 },
    );
  });
});

describe('a Ukrainian spelling that was proposed', () => {
  const proposed = { familyCyrillic: 'Коваленко', givenCyrillic: '', patronymicCyrillic: '' };
  it('is marked until the name is written otherwise', () => {
    const { values } = aResident({ proposedSpelling: proposed });
    expect(toResident(aResidentId, values).proposed).toEqual(['familyCyrillic']);
    const other = aResident({ proposedSpelling: { ...proposed, familyCyrillic: 'Ковальенко' } }).values;
    expect(toResident(aResidentId, other).proposed).toEqual([]);
  });
});
