import { describe, expect, it } from 'vitest';
import type { PlanOptions } from '../../../shared/exchange/planned-save.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { makeRecordId } from '../../../shared/kernel/ids.ts';
import { toSite } from '../../../shared/reception/site.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { findFieldRule } from '../../../shared/records/field-rule.ts';
import { checkRows, planImport } from '../../fakes/whole-list.ts';

const today = isoDate('2026-11-24');
const counted = () => {
  let next = 0;
  return () => makeRecordId(Uint8Array.from({ length: 16 }, (_unused, at) => (at === 0 ? (next += 1) : at)));
};
const options = (change: Partial<PlanOptions> = {}): PlanOptions => ({
  sites: [],
  municipality: { code: '0344', name: 'Voorbeeldstad' },
  today,
  newId: counted(),
  isTaken: () => false,
  ...change,
});
const mapping = {
  household: 0,
  relation: 1,
  family: 2,
  given: 3,
  arrivalDate: 4,
  site: 5,
  building: 6,
  room: 7,
  bed: 8,
};
const linesOf = (rows: readonly (readonly string[])[]) =>
  checkRows(rows, mapping, { today, incomeMonth: isoMonth('2026-11'), municipality: '0344' }).lines;

const rows = [
  ['H1', 'hoofdpersoon', 'Honta', 'Olena', '01-03-2026', 'De Haven', 'A', '1', '1'],
  ['H1', 'kind', 'Honta', 'Taras', '01-03-2026', 'De Haven', 'A', '1', '2'],
  ['', '', 'Kravets', 'Iryna', '', 'De Haven', 'A', '2', '1'],
];

describe('planImport', () => {
  it('makes the site with its rooms and beds first, then one save per family', () => {
    const { saves, withoutBed } = planImport(linesOf(rows), options());
    expect(saves.map(({ lines, records }) => [lines, records.map(({ ref }) => ref.kind)])).toEqual([
      [0, ['site']],
      [2, ['resident', 'bedStay', 'resident', 'bedStay', 'family']],
      [1, ['resident', 'bedStay', 'family']],
    ]);
    expect(withoutBed).toEqual([]);
    const fields = saves[0]?.records[0]?.edits.map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining(['name', 'municipality', 'building.a', 'room.a-1', 'bed.a-1-1', 'bed.a-2-1']),
    );
  });

  it('gives only fields that their kinds know, with values that they accept', () => {
    const wrong = planImport(linesOf(rows), options()).saves.flatMap(({ records }) =>
      records.flatMap(({ ref, edits }) =>
        edits.filter(({ field, value }) => {
          const rule = findFieldRule(definitionOf(ref.kind), field);
          return rule === undefined || !rule.schema.safeParse(value).success;
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('puts everybody in one family from the day of arrival, without a day from today', () => {
    const { saves } = planImport(linesOf(rows), options());
    const members = saves.map(({ records }) =>
      records.flatMap(({ ref, edits }) =>
        ref.kind === 'family' ? edits.filter(({ field }) => field.startsWith('member.')) : [],
      ),
    );
    expect(members[1]?.map(({ field, value }) => [field.slice(-10), value])).toEqual([
      ['2026-03-01', { to: null, relation: 'main-person' }],
      ['2026-03-01', { to: null, relation: 'child' }],
    ]);
    expect(members[2]?.map(({ field }) => field.slice(-10))).toEqual([today]);
  });

  it('uses a known site and its known beds, and adds only what is missing', () => {
    const id = makeRecordId(new Uint8Array(16).fill(7));
    const known = toSite(id, {
      name: 'de haven',
      'building.x': { name: 'A' },
      'room.r1': { building: 'x', name: '1', floor: 0 },
      'bed.b1': { room: 'r1', name: '1', outOfService: null },
    });
    const { saves } = planImport(linesOf(rows), options({ sites: [known] }));
    expect(saves[0]?.records[0]?.ref).toEqual({ kind: 'site', id });
    expect(saves[0]?.records[0]?.edits.map(({ field }) => field)).toEqual(['bed.r1-2', 'room.x-2', 'bed.x-2-1']);
    const stay = saves[1]?.records.find(({ ref }) => ref.kind === 'bedStay');
    expect(stay?.edits.find(({ field }) => field === 'stay')?.value).toMatchObject({ site: id, bed: 'b1' });
  });

  it('lets a person in without the bed when somebody is in it already', () => {
    const { saves, withoutBed } = planImport(linesOf(rows), options({ isTaken: (_site, bed) => bed === 'a-1-2' }));
    expect(withoutBed).toEqual([3]);
    expect(saves[1]?.records.map(({ ref }) => ref.kind)).toEqual(['resident', 'bedStay', 'resident', 'family']);
  });
});
