import { describe, expect, it } from 'vitest';
import { aResidentId, aSiteId } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { findRollCall, notSeenSince, sightingOf } from '../../../shared/reception/roll-call.ts';
import type { FieldValues } from '../../../shared/records/record.ts';

const values: FieldValues = {
  placement: { site: aSiteId },
  call: { site: aSiteId, day: '2026-11-24' },
  'round.k1': { rooms: { a1: '09:05', a2: '09:10' } },
  [`mark.${aResidentId}`]: { state: 'not-seen', at: '09:06' },
  'entry.e1': { room: 'a2', at: '09:12', reason: 'nobody reached for a week' },
};
const call = (id: string, over: FieldValues = {}) => {
  const found = findRollCall(id, { ...values, ...over });
  if (found === undefined) throw new Error('a roll-call');
  return found;
};

describe('a roll-call', () => {
  it('is read from its record, nothing while its day is not known or when it is deleted', () => {
    expect(call('c').entries).toEqual([
      { room: 'a2', at: '09:12', reason: 'nobody reached for a week', field: 'entry.e1' },
    ]);
    expect(call('c', { finished: { at: '10:00' } }).finishedAt).toBe('10:00');
    expect(findRollCall('c', { ...values, call: null })).toBeUndefined();
    expect(findRollCall('c', { ...values, _deleted: true })).toBeUndefined();
    expect(call('c', { 'round.k1': { rooms: { a1: '24:00' } } }).rounds).toEqual([]);
  });

  it('takes who has no mark as expected once the room was gone round', () => {
    const at = (room: string | null, onLeave = false) => sightingOf([call('c')], { resident: 'x', room, onLeave });
    expect(at('a1')).toEqual({ state: 'present', at: '09:05', record: 'c', field: 'round.k1' });
    expect(at('a1', true)?.state).toBe('announced');
    expect(at('a3')).toBeNull();
    expect(at(null)).toBeNull();
    expect(sightingOf([], { resident: 'x', room: 'a1', onLeave: false })).toBeNull();
  });

  it('believes the latest mark of two laptops, in any order', () => {
    const later = call('d', { [`mark.${aResidentId}`]: { state: 'present', at: '09:30' } });
    const who = { resident: aResidentId, room: 'a1', onLeave: false };
    expect(sightingOf([call('c'), later], who)).toMatchObject({ state: 'present', record: 'd' });
    expect(sightingOf([later, call('c')], who)).toMatchObject({ state: 'present', record: 'd' });
    expect(sightingOf([call('c'), call('e')], who)).toMatchObject({ record: 'e' });
    expect(sightingOf([call('e'), call('c')], who)).toMatchObject({ record: 'e' });
  });

  it('believes a mark of somebody over a round of their room, also a later one', () => {
    const round = call('d', { 'round.k1': { rooms: { a1: '23:00' } }, [`mark.${aResidentId}`]: null });
    const who = { resident: aResidentId, room: 'a1', onLeave: false };
    expect(sightingOf([call('c'), round], who)).toMatchObject({ state: 'not-seen', at: '09:06', record: 'c' });
    expect(sightingOf([round], who)).toMatchObject({ state: 'present', at: '23:00' });
  });
});

it('counts the roll-calls on end without a sight, and days without a roll-call not at all', () => {
  const days = [
    { day: isoDate('2026-11-24'), state: null },
    { day: isoDate('2026-11-21'), state: 'not-seen' as const },
    { day: isoDate('2026-11-23'), state: 'not-seen' as const },
    { day: isoDate('2026-11-20'), state: 'present' as const },
    { day: isoDate('2026-11-19'), state: 'not-seen' as const },
  ];
  expect(notSeenSince(days)).toEqual({ from: '2026-11-21', calls: 2 });
  expect(notSeenSince(days.slice(3))).toBeNull();
  expect(notSeenSince([])).toBeNull();
});
