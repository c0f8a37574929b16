import { describe, expect, it } from 'vitest';
import { isTouched, touchedMonths, type ShownAmounts } from '../../../shared/contribution/policy-effect.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';

const today = isoDate('2026-11-24');
const months = (from: string, to: string | null = null) =>
  touchedMonths(isoDate(from), to === null ? null : isoDate(to), today);

describe('the months a change acts in', () => {
  it('go from its first day to the present month', () => {
    expect(months('2026-09-01')).toEqual(['2026-09', '2026-10', '2026-11']);
  });

  it('begin in the next month when it begins during one', () => {
    expect(months('2026-09-02')[0]).toBe('2026-10');
  });

  it('end with its last day, and are none when no first of a month lies in it', () => {
    expect(months('2026-03-01', '2026-04-15')).toEqual(['2026-03', '2026-04']);
    expect(months('2026-03-02', '2026-03-31')).toEqual([]);
  });

  it('are three for a change to come, and the last 24 of a long one', () => {
    expect(months('2027-06-01')).toEqual(['2027-06', '2027-07', '2027-08']);
    const long = months('2022-04-01');
    expect([long.length, long[0], long.at(-1)]).toEqual([24, '2024-12', '2026-11']);
  });

  it('do not begin before the regulation', () => {
    expect(months('2020-01-01', '2022-05-31')).toEqual(['2022-04', '2022-05']);
  });
});

describe('a difference somebody would see', () => {
  const shown: ShownAmounts = { allowance: cents(100), contribution: cents(0), zone: 'none', isToJudge: false };

  it('is another amount, zone or judgement, or that there is none', () => {
    expect(isTouched({ before: shown, after: { ...shown } })).toBe(false);
    expect(isTouched({ before: null, after: null })).toBe(false);
    for (const after of [
      null,
      { ...shown, allowance: cents(99) },
      { ...shown, contribution: cents(1) },
      { ...shown, zone: 'full' as const },
      { ...shown, isToJudge: true },
    ])
      expect(isTouched({ before: shown, after })).toBe(true);
  });
});
