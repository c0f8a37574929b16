import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import {
  bedNightItems,
  residentNightItems,
  sameNumberItems,
  type StayFacts,
} from '../../../shared/sync/constraints.ts';

const day = (offset: number) => addDays(isoDate('2026-11-01'), offset);
const stay = (id: string, over: Partial<StayFacts> = {}): StayFacts => ({
  id,
  bed: 'site/12',
  resident: `resident-${id}`,
  family: `family-${id}`,
  from: day(0),
  until: day(5),
  void: false,
  shared: false,
  ...over,
});
const keys = (items: readonly { readonly key: string; readonly reason: string }[]) =>
  items.map(({ key, reason }) => `${key} ${reason}`);
const bed = (capacity: number) => ({ id: 'site/12', capacity, closed: [] });

describe('C1 bed-night', () => {
  it('is one item for two families in one bed, whoever came first', () => {
    expect(keys(bedNightItems([stay('b'), stay('a')], [bed(2)]))).toEqual(['C1:a,b two-families']);
    expect(keys(bedNightItems([stay('c'), stay('b'), stay('a')], [bed(1)]))).toEqual(['C1:a,b,c two-families']);
  });

  it('does not count the night of leaving, void stays, other beds or a stay without nights', () => {
    const free = [
      stay('a'),
      stay('b', { from: day(5), until: null }),
      stay('c', { void: true }),
      stay('d', { bed: 'site/13' }),
      stay('e', { from: day(2), until: day(2) }),
    ];
    expect(bedNightItems(free, [bed(1)])).toEqual([]);
    expect(keys(bedNightItems([stay('a', { until: null }), stay('b', { from: day(400) })], []))).toEqual([]);
    expect(keys(bedNightItems([stay('a', { until: null }), stay('b', { from: day(400), until: null })], []))).toEqual([
      'C1:a,b two-families',
    ]);
  });

  it('lets one family share what it says it shares, or what the bed holds', () => {
    const family = { family: 'one' };
    expect(keys(bedNightItems([stay('a', family), stay('b', family)], [bed(1)]))).toEqual(['C1:a,b over-capacity']);
    expect(bedNightItems([stay('a', family), stay('b', family)], [bed(2)])).toEqual([]);
    const shared = { family: 'one', shared: true };
    expect(bedNightItems([stay('a', shared), stay('b', shared)], [bed(1)])).toEqual([]);
    expect(bedNightItems([stay('a', shared), stay('b', family)], [bed(1)])).toHaveLength(1);
    expect(bedNightItems([stay('a', { shared: true }), stay('b', { shared: true })], [bed(1)])).toHaveLength(1);
  });

  it('tells groups of different nights apart', () => {
    const stays = [
      stay('a', { until: day(9) }),
      stay('b', { until: day(3) }),
      stay('c', { from: day(4), until: day(8) }),
    ];
    expect(keys(bedNightItems(stays, [bed(1)]))).toEqual(['C1:a,b two-families', 'C1:a,c two-families']);
  });

  it('names a stay on a closed bed', () => {
    const closed = { ...bed(1), closed: [{ from: day(4), until: null }] };
    expect(keys(bedNightItems([stay('a')], [closed]))).toEqual(['C1:a,site/12 bed-closed']);
    expect(bedNightItems([stay('a', { until: day(4) })], [closed])).toEqual([]);
  });
});

it('C2: one resident in two beds in one night, not in one bed twice', () => {
  const one = { resident: 'r', family: 'f' };
  expect(keys(residentNightItems([stay('a', one), stay('b', { ...one, bed: 'site/13' })]))).toEqual([
    'C2:a,b two-beds',
  ]);
  expect(residentNightItems([stay('a', one), stay('b', one)])).toEqual([]);
  expect(residentNightItems([stay('a', one), stay('b', { ...one, bed: 'x', from: day(5), until: null })])).toEqual([]);
});

it('C4: two residents with one number, and the number stays out of the item', () => {
  const numbers = [
    { resident: 'b', kind: 'bsn', number: '111222333' },
    { resident: 'a', kind: 'bsn', number: '111222333' },
    { resident: 'a', kind: 'bsn', number: '111222333' },
    { resident: 'c', kind: 'v-number', number: '111222333' },
  ] as const;
  const items = sameNumberItems(numbers);
  expect(keys(items)).toEqual(['C4:a,b same-bsn']);
  expect(JSON.stringify(items)).not.toContain('111222333');
});

it('does not depend on the order of what it is given', () => {
  const anyStay = fc
    .tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 3 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }))
    .map(([from, length, resident, bedNo, family]) => ({ from, length, resident, bedNo, family }));
  fc.assert(
    fc.property(
      fc
        .array(anyStay, { maxLength: 10 })
        .map((list) =>
          list.map(({ from, length, resident, bedNo, family }, at) =>
            stay(`s${String(at)}`, {
              from: day(from),
              until: length === 6 ? null : day(from + length),
              resident: `r${String(resident)}`,
              bed: `b${String(bedNo)}`,
              family: `f${String(family)}`,
            }),
          ),
        )
        .chain((stays) => fc.tuple(fc.constant(stays), fc.shuffledSubarray(stays, { minLength: stays.length }))),
      ([stays, shuffled]) => {
        expect(bedNightItems(shuffled, [])).toEqual(bedNightItems(stays, []));
        expect(residentNightItems(shuffled)).toEqual(residentNightItems(stays));
      },
    ),
    { seed: 51, numRuns: 100 },
  );
});
