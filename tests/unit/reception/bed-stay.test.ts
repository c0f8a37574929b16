import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aBedStay, aSite, aSiteId } from '../../../shared/demo/builders.ts';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import {
  countPlaces,
  findBedStay,
  findDoubleBookings,
  staysOn,
  type BedStay,
} from '../../../shared/reception/bed-stay.ts';
import { bedsOfRoom, findBedPlace, toSite } from '../../../shared/reception/site.ts';

const site = toSite(aSiteId, aSite().values);
const stay = (id: string, overrides: Partial<BedStay> = {}): BedStay => ({
  id,
  site: aSiteId,
  bed: 'a1-1',
  resident: `r-${id}`,
  from: isoDate('2026-02-01'),
  until: null,
  void: false,
  shared: false,
  ...overrides,
});
const day = isoDate('2026-03-01');

describe('a stay', () => {
  it('counts its first night and not its last day', () => {
    const stays = [stay('a', { until: day })];
    expect(staysOn(stays, isoDate('2026-01-31'))).toEqual([]);
    expect(staysOn(stays, isoDate('2026-02-01'))).toHaveLength(1);
    expect(staysOn(stays, isoDate('2026-02-28'))).toHaveLength(1);
    expect(staysOn(stays, day)).toEqual([]);
  });

  it('is read from its record, void when voided or deleted', () => {
    const read = (values: Parameters<typeof aBedStay>[0]) => findBedStay(aBedStay().id, aBedStay(values).values);
    expect(read({ until: '2026-04-01' })).toMatchObject({ bed: 'a1-1', until: '2026-04-01', void: false });
    expect(read({ void: { reason: 'typed wrong' } })?.void).toBe(true);
    expect(read({ _deleted: true })?.void).toBe(true);
    expect(read({ stay: null })).toBeUndefined();
  });
});

describe('places', () => {
  const broken = toSite(
    aSiteId,
    aSite({
      'bed.a1-2': { room: 'a1', name: '2', outOfService: { reason: 'leak', from: '2026-02-20', until: '2026-03-05' } },
    }).values,
  );

  it('add up, a double booking occupying one', () => {
    expect(countPlaces(broken, [stay('a'), stay('b')], day)).toEqual({
      realised: 2,
      outOfService: 1,
      occupied: 1,
      available: 0,
    });
  });

  it('have a name for the eye and an order', () => {
    expect(findBedPlace(site, 'a1-2')).toEqual({ building: 'A', room: '1', bed: '2' });
    expect(findBedPlace(site, 'none')).toBeUndefined();
    const many = toSite(aSiteId, aSite({ 'bed.a1-10': { room: 'a1', name: '10', outOfService: null } }).values);
    expect(bedsOfRoom(many, 'a1').map(({ name }) => name)).toEqual(['1', '2', '10']);
  });
});

describe('findDoubleBookings', () => {
  const alone = () => undefined;

  it('finds two people in one bed, with the nights they share (C1)', () => {
    const stays = [stay('b', { from: day }), stay('a', { until: isoDate('2026-03-08') })];
    expect(findDoubleBookings(stays, alone)).toEqual([
      {
        rule: 'bed-night',
        site: aSiteId,
        bed: 'a1-1',
        from: day,
        until: '2026-03-08',
        stays: ['a', 'b'],
        residents: ['r-a', 'r-b'],
      },
    ]);
  });

  it('lets one follow the other on one day', () => {
    expect(findDoubleBookings([stay('a', { until: day }), stay('b', { from: day })], alone)).toEqual([]);
  });

  it('finds a long stay that several short ones fall into', () => {
    const short = (id: string, from: string, until: string) => stay(id, { from: isoDate(from), until: isoDate(until) });
    const found = findDoubleBookings(
      [stay('z'), short('a', '2026-02-03', '2026-02-04'), short('b', '2026-02-10', '2026-02-11')],
      alone,
    );
    expect(found.map(({ stays }) => stays)).toEqual([
      ['a', 'z'],
      ['b', 'z'],
    ]);
  });

  it('takes a bed shared within a family, but only when both stays say so', () => {
    const couple = [stay('a', { shared: true }), stay('b', { shared: true })];
    expect(findDoubleBookings(couple, () => 'family')).toEqual([]);
    expect(findDoubleBookings(couple, alone)).toHaveLength(1);
    expect(findDoubleBookings([couple[0] ?? stay('a'), stay('b')], () => 'family')).toHaveLength(1);
  });

  it('finds one person in two beds (C2), and passes over void stays', () => {
    const two = [stay('a', { resident: 'r' }), stay('b', { resident: 'r', bed: 'a1-2' })];
    expect(findDoubleBookings(two, alone).map(({ rule }) => rule)).toEqual(['resident-night']);
    expect(findDoubleBookings([...two.slice(1), stay('a', { resident: 'r', void: true })], alone)).toEqual([]);
  });

  it('is the same in any order and agrees with a night-by-night count', () => {
    const anyStay = fc.record({
      bed: fc.constantFrom('1', '2'),
      resident: fc.constantFrom('x', 'y', 'z'),
      from: fc.nat(12),
      nights: fc.option(fc.nat(6)),
      void: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyStay, { maxLength: 7 }), (drawn) => {
        const stays = drawn.map((facts, at) => {
          const from = addDays(day, facts.from);
          return stay(`s${String(at)}`, {
            ...facts,
            from,
            until: facts.nights === null ? null : addDays(from, facts.nights),
          });
        });
        const found = findDoubleBookings(stays, alone);
        expect(findDoubleBookings(stays.toReversed(), alone)).toEqual(found);
        const nightly = new Set<string>();
        for (let at = 0; at < 25; at++) {
          const here = staysOn(stays, addDays(day, at));
          for (const a of here) {
            for (const b of here) {
              if (a.id >= b.id) continue;
              if (a.bed === b.bed && a.resident !== b.resident) nightly.add(`bed-night ${a.id} ${b.id}`);
              if (a.resident === b.resident) nightly.add(`resident-night ${a.id} ${b.id}`);
            }
          }
        }
        expect(found.map((booking) => `${booking.rule} ${booking.stays.join(' ')}`)).toEqual([...nightly].sort());
      }),
      { seed: 20261124 },
    );
  });
});
