import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balances, type MoneyEntry } from '../../../shared/contribution/money-entries.ts';
import { yearAccount, type AccountItem } from '../../../shared/contribution/year-account.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { decidedOn, decisionId, familyA, familyB } from './decided.ts';
import { household, type Case } from './facts.ts';

const at = (month: string, over: Partial<Case> = {}): Case => ({
  month,
  members: household('1+0'),
  incomes: { a1: 130_000 },
  ...over,
});
const until = isoDate('2026-07-15');
const untilMs = Date.parse('2026-07-16T00:00:00Z');

function entry(over: Partial<MoneyEntry> & { readonly amount: number }): MoneyEntry {
  const { amount, ...rest } = over;
  const day = rest.day ?? isoDate('2025-12-05');
  return {
    id: 'e0000000-0000-4000-8000-000000000001',
    familyId: familyA,
    grownChild: null,
    of: 'contribution',
    month: isoMonth('2025-10'),
    isExact: true,
    day,
    recordedOn: day,
    withdrawnOn: null,
    ...rest,
    amountCents: cents(amount),
  };
}
// A owes 244.22 for October and November; B with meals 496.40 for October.
const decisions = [
  decidedOn(1, at('2025-10')),
  decidedOn(2, at('2025-11')),
  decidedOn(3, at('2025-10', { catered: true }), { familyId: familyB }),
];
const months = (entries: readonly MoneyEntry[], day = until) => balances(decisions, entries, day)[0]!.months;

describe('what a household owes for a month', () => {
  it('is the contribution that stands, less what came in and was waived', () => {
    expect(months([entry({ amount: 20_000 }), entry({ amount: 422, of: 'waiver', isExact: false })])).toMatchObject([
      { month: '2025-10', due: 24_422, received: 20_000, waived: 422, open: 4_000 },
      { month: '2025-11', due: 24_422, received: 0, open: 24_422 },
    ]);
  });

  it('goes below zero where more came in, and up again where it went back', () => {
    expect(months([entry({ amount: 30_000 })])[0]!.open).toBe(-5_578);
    expect(months([entry({ amount: 30_000 }), entry({ amount: -5_578 })])[0]!.open).toBe(0);
  });

  it('follows a corrected decision, and keeps a payment where the decision is gone', () => {
    const corrected = decidedOn(4, at('2025-10', { incomes: { a1: 0 } }), { replaces: decisionId(1) });
    const [unit] = balances([...decisions, corrected], [entry({ amount: 24_422 })], until);
    expect(unit!.months[0]).toMatchObject({ due: 0, received: 24_422, open: -24_422 });
    const [alone] = balances([], [entry({ amount: 100 })], until);
    expect(alone!.months).toMatchObject([{ month: '2025-10', due: 0, open: -100 }]);
  });

  it('fills the month of an arrangement first, then the oldest; nothing of it is lost', () => {
    const loose = { isExact: false, month: isoMonth('2025-11') };
    expect(months([entry({ ...loose, amount: 30_000 })]).map(({ received }) => received)).toEqual([5_578, 24_422]);
    expect(months([entry({ ...loose, amount: 60_000 })]).map(({ open }) => open)).toEqual([0, -11_156]);
    expect(months([entry({ isExact: false, month: null, amount: 30_000 })]).map(({ open }) => open)).toEqual([
      0, 18_844,
    ]);
  });

  it('leaves out what was withdrawn, from that day, and what was not known yet', () => {
    const wrong = entry({ amount: 24_422, withdrawnOn: isoDate('2026-02-01') });
    expect(months([wrong])[0]!.received).toBe(0);
    expect(months([wrong], isoDate('2026-01-31'))[0]!.received).toBe(24_422);
    const late = entry({ amount: 24_422, recordedOn: isoDate('2026-03-01') });
    expect(months([late], isoDate('2026-02-28'))[0]!.received).toBe(0);
  });

  it('adds up to the cent and does not depend on the order of the list', () => {
    const anyEntry = fc
      .record({
        amount: fc.integer({ min: -30_000, max: 60_000 }).filter((amount) => amount !== 0),
        of: fc.constantFrom('contribution', 'waiver', 'recovery'),
        isExact: fc.boolean(),
        month: fc.option(fc.constantFrom(isoMonth('2025-10'), isoMonth('2025-11'))),
        day: fc.constantFrom(isoDate('2025-12-05'), isoDate('2025-12-06')),
      })
      .map((one) => entry(one as never));
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), (entries) => {
        const [unit] = balances(decisions, entries, until);
        const sum = (of: MoneyEntry['of']) =>
          entries.filter((one) => one.of === of).reduce((total, { amountCents }) => total + amountCents, 0);
        expect(unit!.total.received).toBe(sum('contribution'));
        expect(unit!.total.waived).toBe(sum('waiver'));
        expect(unit!.total.recovered).toBe(sum('recovery'));
        expect(unit!.total.open).toBe(2 * 24_422 - sum('contribution') - sum('waiver'));
        expect(balances(decisions, [...entries].reverse(), until)[0]!.months).toEqual(unit!.months);
      }),
      { seed: 20261125, numRuns: 400 },
    );
  });
});

describe('the account of a year with money in it', () => {
  const amounts = (entries: readonly MoneyEntry[], over: { year?: number; untilMs?: number } = {}) => {
    const made = yearAccount(decisions, { year: 2025, municipality: '0344', untilMs, ...over }, entries);
    return Object.fromEntries(made.lines.map(({ item, amount, quantity }) => [item, amount ?? quantity])) as Record<
      AccountItem,
      number
    >;
  };

  it('divides a claim that was paid whole, and a claim of one component; nothing else', () => {
    const paidB = entry({ amount: 49_640, familyId: familyB });
    expect(amounts([paidB, entry({ amount: 10_000 })])).toMatchObject({
      'collected-accommodation': 34_422,
      'collected-catering': 25_218,
      'collected-undivided': 0,
      collected: 59_640,
      open: 24_422 * 2 - 10_000,
    });
    expect(amounts([entry({ amount: 20_000, familyId: familyB }), entry({ amount: 30_000 })])).toMatchObject({
      'collected-accommodation': 24_422,
      'collected-undivided': 25_578,
      collected: 50_000,
      open: 29_640 + 24_422,
    });
  });

  it('counts money in the year of its day, and what is open in the year of its month', () => {
    const next = entry({ amount: 24_422, day: isoDate('2026-01-05') });
    expect(amounts([next])).toMatchObject({ collected: 0, open: 24_422 + 49_640 });
    expect(amounts([next], { year: 2026 })).toMatchObject({ collected: 24_422, open: 0 });
  });

  it('has recoveries by kind of reception, waived amounts, and payments of nobody that is known', () => {
    const host = decidedOn(5, at('2025-09', { reception: 'private', incomes: { a1: 0 } }), { familyId: familyB });
    const made = yearAccount([...decisions, host], { year: 2025, municipality: '0344', untilMs }, [
      entry({ amount: 5_000, of: 'recovery' }),
      entry({ amount: 7_000, of: 'recovery', familyId: familyB, month: isoMonth('2025-09') }),
      entry({ amount: 422, of: 'waiver', isExact: false }),
      entry({ amount: 100, familyId: decisionId(9) }),
    ]);
    const item = (wanted: AccountItem) => made.lines.find((line) => line.item === wanted);
    expect(item('recovered-goo')).toMatchObject({ amount: 5_000, quantity: 1 });
    expect(item('recovered-poo')).toMatchObject({ amount: 7_000, remark: 'treatment-not-known' });
    expect(item('waived')?.amount).toBe(422);
    expect(item('unplaced')?.quantity).toBe(1);
    expect(made.money).toHaveLength(3);
  });

  it('is the same for a closed year, whatever was entered or withdrawn later', () => {
    const before = [entry({ amount: 20_000 })];
    const later = [
      entry({ amount: 20_000, withdrawnOn: isoDate('2026-08-01') }),
      entry({ amount: 4_422, recordedOn: isoDate('2026-08-02') }),
    ];
    const make = (entries: readonly MoneyEntry[]) =>
      yearAccount(decisions, { year: 2025, municipality: '0344', untilMs }, entries);
    expect(make(later)).toEqual(make(before));
  });
});
