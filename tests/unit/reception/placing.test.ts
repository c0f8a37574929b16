import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSite, aSiteId } from '../../../shared/demo/builders.ts';
import { addDays, isoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { findDoubleBookings, staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import { suggestBeds, type Wish } from '../../../shared/reception/bed-suggestions.ts';
import {
  findClosedStays,
  findSharers,
  isHard,
  objectionsTo,
  planPlacing,
  planResolution,
  planSharing,
  planSwap,
  type PlacingContext,
  type Sleeper,
  type StayPlan,
} from '../../../shared/reception/placing.ts';
import { toSite } from '../../../shared/reception/site.ts';
import type { FieldValues } from '../../../shared/records/record.ts';

const day = isoDate('2026-03-01');
const family = '5a5a5a5a-0000-4000-8000-0000000000f1';
const rooms: FieldValues = {
  'room.a2': { building: 'a', name: '2', floor: 1 },
  'bed.a2-1': { room: 'a2', name: '1', outOfService: null },
  'bed.a2-2': { room: 'a2', name: '2', outOfService: null },
  'room.a3': { building: 'a', name: '3', floor: 1 },
  'bed.a3-1': { room: 'a3', name: '1', outOfService: null },
};
const siteWith = (values: FieldValues = {}) => toSite(aSiteId, aSite({ ...rooms, ...values }).values);
const stay = (resident: string, bed: string, over: Partial<BedStay> = {}): BedStay => ({
  id: `${resident}-${bed}`,
  site: aSiteId,
  bed,
  resident,
  from: isoDate('2026-02-01'),
  until: null,
  void: false,
  shared: false,
  ...over,
});
const people: Record<string, Sleeper> = {
  olena: { id: 'olena', sex: 'F', family },
  child: { id: 'child', sex: 'M', family },
  taras: { id: 'taras', sex: 'M', family: null },
  iryna: { id: 'iryna', sex: 'F', family: null },
  sasha: { id: 'sasha', sex: 'unknown', family: null },
};
const context = (stays: readonly BedStay[], values: FieldValues = {}): PlacingContext => ({
  site: siteWith(values),
  stays,
  sleeperOf: (id) => people[id],
});
const objections = (known: PlacingContext, resident: string, bed: string, until: IsoDate | null = null) =>
  objectionsTo(known, { bed, resident, from: day, until });
const types = (...args: Parameters<typeof objections>) => objections(...args).map(({ type }) => type);

describe('what speaks against a bed', () => {
  it('is nothing for a free bed, and never the own former stay', () => {
    expect(objections(context([stay('iryna', 'a1-1')]), 'iryna', 'a1-1')).toEqual([]);
    expect(types(context([]), 'iryna', 'none')).toEqual(['not-in-use']);
  });

  it('looks at every night that is asked for, also those that are planned for another', () => {
    const planned = context([stay('taras', 'a1-1', { from: isoDate('2026-03-10') })]);
    expect(objections(planned, 'olena', 'a1-1')).toEqual([{ type: 'taken', resident: 'taras', from: '2026-03-10' }]);
    expect(types(planned, 'olena', 'a1-1', isoDate('2026-03-10'))).toEqual([]);
  });

  it('knows when a bed is out of service, reserved or given up', () => {
    const closed = { 'closed.a1-1.2026-03-05': { reason: 'leak', until: '2026-03-08' } };
    expect(types(context([], closed), 'iryna', 'a1-1', isoDate('2026-03-05'))).toEqual([]);
    expect(types(context([], closed), 'iryna', 'a1-1')).toEqual(['out-of-service']);
    const reserved = { 'reserved.a1-1.2026-03-01': { until: '2026-03-03', reason: 'hospital', family } };
    expect(types(context([], reserved), 'iryna', 'a1-1')).toEqual(['reserved']);
    expect(types(context([], reserved), 'olena', 'a1-1')).toEqual([]);
    expect(types(context([], { 'use.room.a1': { from: null, until: '2026-03-01' } }), 'iryna', 'a1-1')).toEqual([
      'not-in-use',
    ]);
    const used = context([], { 'use.room.a1': { from: '2026-03-01', until: '2026-03-10' } });
    expect(types(used, 'iryna', 'a1-1', isoDate('2026-03-10'))).toEqual([]);
    expect(types(used, 'iryna', 'a1-1', isoDate('2026-03-11'))).toEqual(['not-in-use']);
    expect(types(used, 'iryna', 'a1-1')).toEqual(['not-in-use']);
  });

  it('keeps strangers of the other sex apart, and households where the site says so', () => {
    const known = [stay('taras', 'a1-1')];
    expect(types(context(known), 'iryna', 'a1-2')).toEqual(['mixed-room']);
    expect(types(context([stay('child', 'a1-1')]), 'olena', 'a1-2')).toEqual([]);
    const elsewhere = '5a5a5a5a-0000-4000-8000-00000000005e';
    expect(types(context([stay('taras', 'a1-1', { site: elsewhere })]), 'iryna', 'a1-2')).toEqual([]);
    expect(types(context([stay('taras', 'a1-1', { until: day })]), 'iryna', 'a1-2')).toEqual([]);
    expect(types(context([stay('taras', 'a1-1', { from: addDays(day, 1) })]), 'iryna', 'a1-2')).toEqual([]);
    const rules = {
      'rules.2026-03-01': { oneHouseholdPerRoom: true, womenOnlyRooms: true, absenceCount: 'both-days' },
    };
    expect(types(context([stay('iryna', 'a1-1')], rules), 'olena', 'a1-2')).toEqual(['other-household']);
    const women = { ...rules, 'traits.room.a1.2026-01-01': { traits: ['women-only'] } };
    expect(types(context([], women), 'taras', 'a1-2')).toEqual(['women-only']);
    expect(types(context([], women), 'iryna', 'a1-2')).toEqual([]);
    expect(types(context([], women), 'sasha', 'a1-2')).toEqual(['women-only']);
    expect(types(context([stay('taras', 'a2-1')]), 'sasha', 'a2-2')).toEqual([]);
    const before = { 'rules.2026-03-02': rules['rules.2026-03-01'] };
    expect(types(context([stay('iryna', 'a1-1')], before), 'olena', 'a1-2')).toEqual([]);
  });
});

describe('suggestions', () => {
  const wish = (over: Partial<Wish> = {}): Wish => ({
    resident: 'olena',
    from: day,
    until: null,
    stepFree: false,
    household: ['olena', 'child'],
    ...over,
  });
  const suggested = (known: PlacingContext, over: Partial<Wish> = {}) =>
    suggestBeds(known, wish(over)).map(({ bed, reasons }) => [bed.key, reasons[0]?.type]);

  it('keep a family together', () => {
    expect(suggested(context([stay('child', 'a2-1')]))[0]).toEqual(['a2-2', 'family-in-room']);
    expect(suggested(context([stay('child', 'a3-1')]))[0]).toEqual(['a2-1', 'room-for-family']);
    expect(suggested(context([]))[0]).toEqual(['a1-1', 'room-for-family']);
    const reserved = { 'reserved.a3-1.2026-02-20': { until: '2026-03-09', reason: 'arrives soon', family } };
    expect(suggested(context([], reserved))[0]).toEqual(['a3-1', 'reserved-for-family']);
  });

  it('respect sex, reservations and stairs, and never offer the bed somebody is in', () => {
    const alone = { resident: 'iryna', household: ['iryna'] };
    expect(suggested(context([stay('taras', 'a1-1'), stay('olena', 'a2-1')]), alone)).toEqual([
      ['a2-2', 'same-sex'],
      ['a3-1', 'empty-room'],
    ]);
    expect(suggested(context([]), { ...alone, stepFree: true }).map(([key]) => key)).toEqual(['a1-1']);
    const accessible = { 'traits.bed.a3-1.2026-01-01': { traits: ['accessible'] } };
    expect(suggested(context([], accessible), alone).at(-1)?.[0]).toBe('a3-1');
    expect(suggested(context([], accessible), { ...alone, stepFree: true })[0]).toEqual(['a1-1', 'ground-floor']);
    expect(suggested(context([stay('iryna', 'a3-1')]), alone).map(([key]) => key)).not.toContain('a3-1');
  });
});

const apply = (stays: readonly BedStay[], plan: StayPlan): readonly BedStay[] => [
  ...stays.map((one) => {
    const end = plan.ends.find((ended) => ended.stay.id === one.id);
    if (end === undefined) return one;
    return end.until <= one.from ? { ...one, void: true } : { ...one, until: end.until };
  }),
  ...plan.begins.map((begun, at) => ({ ...begun, id: `new${String(at)}`, void: false, shared: false })),
];
const bedOf = (stays: readonly BedStay[], resident: string, on: IsoDate) =>
  staysOn(stays, on)
    .filter((one) => one.resident === resident)
    .map(({ bed }) => bed);

describe('changes of place', () => {
  it('swap two residents from a day on and leave the past alone', () => {
    const a = stay('olena', 'a1-1');
    const b = stay('taras', 'a2-1', { until: isoDate('2026-04-01') });
    const after = apply([a, b], planSwap([a, b], a, b, day));
    expect([bedOf(after, 'olena', day), bedOf(after, 'taras', day)]).toEqual([['a2-1'], ['a1-1']]);
    expect(bedOf(after, 'olena', isoDate('2026-02-28'))).toEqual(['a1-1']);
    expect(bedOf(after, 'olena', isoDate('2026-04-01'))).toEqual([]);
    expect(findDoubleBookings(after, () => undefined)).toEqual([]);
  });
  it('lets a household share a bed on purpose, and nobody else', () => {
    const mother = stay('olena', 'a1-1');
    const place = { bed: 'a1-1', resident: 'child', from: day, until: null };
    expect(findSharers(context([mother]), place)).toEqual([mother]);
    expect(
      findSharers(context([mother, stay('taras', 'a1-1', { from: isoDate('2026-04-01') })]), place),
    ).toBeUndefined();
    expect(findSharers(context([stay('taras', 'a1-1')]), { ...place, resident: 'iryna' })).toBeUndefined();
    expect(findSharers(context([]), place)).toBeUndefined();
    const plan = planSharing(planPlacing([mother], aSiteId, place), [mother]);
    const after = [{ ...mother, shared: true }, ...apply([], plan).map((one) => ({ ...one, shared: true }))];
    expect(plan.begins[0]?.shared).toBe(true);
    expect(findDoubleBookings(after, () => family)).toEqual([]);
  });

  it('keep a planned stay that begins after the new one has ended', () => {
    const later = stay('olena', 'a2-1', { from: isoDate('2026-05-01') });
    const place = { bed: 'a1-1', resident: 'olena', from: day, until: isoDate('2026-05-01') };
    expect(planPlacing([later], aSiteId, place).ends).toEqual([]);
    expect(planPlacing([later], aSiteId, { ...place, until: null }).ends).toHaveLength(1);
  });

  const anyStay = fc.record({
    bed: fc.constantFrom('a1-1', 'a1-2', 'a2-1'),
    resident: fc.constantFrom('olena', 'taras', 'iryna'),
    from: fc.nat(12),
    nights: fc.option(fc.integer({ min: 1, max: 6 })),
  });
  const drawn = (facts: { bed: string; resident: string; from: number; nights: number | null }, at: number) => {
    const from = addDays(day, facts.from);
    const until = facts.nights === null ? null : addDays(from, facts.nights);
    return stay(facts.resident, facts.bed, { id: `s${String(at)}`, from, until });
  };

  it('never make a double booking where nothing hard spoke against it', () => {
    fc.assert(
      fc.property(fc.array(anyStay, { maxLength: 6 }), anyStay, (facts, wanted) => {
        const clean = facts.map(drawn).reduce<BedStay[]>((kept, one) => {
          const next = [...kept, one];
          return findDoubleBookings(next, () => undefined).length === 0 ? next : kept;
        }, []);
        const { bed, resident, from, until } = drawn(wanted, 99);
        const place = { bed, resident, from, until };
        if (objectionsTo(context(clean), place).some(isHard)) return;
        const after = apply(clean, planPlacing(clean, aSiteId, place));
        expect(findDoubleBookings(after, () => undefined)).toEqual([]);
        expect(bedOf(after, resident, from)).toEqual([bed]);
      }),
      { seed: 20261124 },
    );
  });

  it('settle a double booking without taking a night that only one of the two has', () => {
    fc.assert(
      fc.property(anyStay, anyStay, fc.boolean(), (first, second, keepsFirst) => {
        const pair = [drawn(first, 0), drawn({ ...second, bed: first.bed, resident: 'other' }, 1)] as const;
        const booking = findDoubleBookings(pair, () => undefined)[0];
        if (booking === undefined) return;
        const [kept, other] = keepsFirst ? pair : [pair[1], pair[0]];
        const after = apply(pair, planResolution(booking, kept, other));
        expect(findDoubleBookings(after, () => undefined)).toEqual([]);
        for (let at = 0; at < 25; at++) {
          const night = addDays(day, at);
          const hadKept = staysOn([kept], night).length > 0;
          const hadOther = staysOn([other], night).length > 0;
          expect(bedOf(after, kept.resident, night).length).toBe(hadKept ? 1 : 0);
          expect(bedOf(after, other.resident, night).length).toBe(hadOther && !hadKept ? 1 : 0);
        }
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });

  it('settle it in two ways at once without losing a stay, a double bed or a place nobody disputed', () => {
    fc.assert(
      fc.property(anyStay, anyStay, (first, second) => {
        const pair = [drawn(first, 0), drawn({ ...second, bed: first.bed, resident: 'other' }, 1)] as const;
        const booking = findDoubleBookings(pair, () => undefined)[0];
        if (booking === undefined) return;
        // Two laptops, each of which knows only the booking: the one keeps the first stay, the other the second.
        const [one, other] = [planResolution(booking, pair[0], pair[1]), planResolution(booking, pair[1], pair[0])];
        const after = apply(apply(pair, one), { ...other, begins: [] }).concat(
          other.begins.map((begun, at) => ({ ...begun, id: `other${String(at)}`, void: false, shared: false })),
        );
        for (const { id } of pair) expect(after.map((kept) => kept.id)).toContain(id);
        const told = findDoubleBookings(after, () => undefined);
        for (let at = 0; at < 25; at++) {
          const night = addDays(day, at);
          const sleepers = staysOn(after, night);
          // What is left of one bed for two, or of two beds for one, is asked about once more.
          if (new Set(sleepers.map(({ bed }) => bed)).size < sleepers.length) expect(told.length).toBeGreaterThan(0);
          const had = pair.map((kept) => staysOn([kept], night).length > 0);
          if (had[0] !== had[1]) {
            const resident = (had[0] === true ? pair[0] : pair[1]).resident;
            expect(bedOf(after, resident, night)).toEqual([first.bed]);
          }
        }
      }),
      { seed: 20261125, numRuns: 300 },
    );
  });

  it('begin nothing again where both stays end on one day', () => {
    const until = isoDate('2026-04-01');
    const [kept, other] = [stay('olena', 'a1-1', { until }), stay('taras', 'a1-1', { until })];
    const [booking] = findDoubleBookings([kept, other], () => undefined);
    expect(planResolution(booking!, kept, other).begins).toEqual([]);
    const longer = { ...other, until: addDays(until, 1) };
    expect(planResolution(booking!, kept, longer).begins).toMatchObject([{ from: until, until: addDays(until, 1) }]);
  });

  it('leave a stay on a closed bed and name it', () => {
    const site = siteWith({
      'closed.a1-1.2026-03-05': { reason: 'leak', until: null },
      'use.bed.a2-1': { from: null, until: '2026-03-01' },
    });
    const stays = [stay('olena', 'a1-1'), stay('taras', 'a2-1'), stay('iryna', 'a3-1')];
    expect(findClosedStays(site, stays, day).map(({ resident }) => resident)).toEqual(['olena', 'taras']);
    const ended = stays.map((one) => ({ ...one, until: day }));
    expect(findClosedStays(site, ended, day)).toEqual([]);
  });
});
