import { describe, expect, it } from 'vitest';
import { effectOn, effectsByFamily, totalDifference } from '../../../shared/contribution/decision-effects.ts';
import { monthTable } from '../../../shared/contribution/finance-table.ts';
import { accountTable, yearAccount, type AccountItem } from '../../../shared/contribution/year-account.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { decidedOn, decisionId, familyA, familyB } from './decided.ts';
import { assess, factsOf, household, withOverrides, type Case } from './facts.ts';

const at = (month: string, over: Partial<Case> = {}): Case => ({
  month,
  members: household('1+0'),
  incomes: { a1: 0 },
  ...over,
});
const day = (text: string) => Date.parse(`${text}T12:00:00Z`);

describe('the account of 2025', () => {
  // A: 1 adult GOO, October decided at 314.84, corrected to full contribution 244.22; November 314.84.
  // B: 1 adult POO in October: food 252.18, clothing 62.66, host 77.16.
  const october = decidedOn(1, at('2025-10'), { decidedAtMs: day('2025-10-20') });
  const corrected = decidedOn(2, at('2025-10', { incomes: { a1: 130_000 } }), {
    replaces: decisionId(1),
    decidedAtMs: day('2025-12-01'),
  });
  const november = decidedOn(3, at('2025-11'), { decidedAtMs: day('2025-11-20') });
  const host = decidedOn(4, at('2025-10', { reception: 'private' }), {
    familyId: familyB,
    decidedAtMs: day('2025-10-21'),
  });
  const late = decidedOn(5, at('2025-11', { incomes: { a1: 130_000 } }), {
    replaces: decisionId(3),
    decidedAtMs: day('2026-09-01'),
  });
  const all = [october, corrected, november, host, late];
  const account = (untilMs: number, year = 2025, decisions = all) =>
    yearAccount(decisions, { year, municipality: '0344', untilMs });
  const item = (made: ReturnType<typeof account>, wanted: AccountItem) =>
    made.lines.find((line) => line.item === wanted);

  it('has the totals worked out by hand', () => {
    const made = account(day('2026-07-15'));
    const amounts = Object.fromEntries(made.lines.map((line) => [line.item, line.amount]));
    expect(amounts).toMatchObject({
      'goo-food': 25218,
      'goo-clothing': 6266,
      'goo-withheld': 0,
      'goo-allowance': 31484,
      'poo-food': 25218,
      'poo-clothing': 6266,
      'poo-host': 7716,
      'poo-allowance': 39200,
      'imposed-accommodation': 24422,
      'imposed-catering': 0,
      imposed: 24422,
      'lowered-allowance': 31484,
    });
    const quantities = Object.fromEntries(made.lines.map((line) => [line.item, line.quantity]));
    expect(quantities).toMatchObject({ 'poo-persons': 1, imposed: 1, households: 2, decisions: 4, double: 0 });
    expect(made.basis).toEqual([1, 2, 3, 4].map(decisionId));
  });

  it('counts meals, what a caseworker set and what was withheld once', () => {
    const familyC = '5d8f1e0a-4c1b-4f6e-9a53-0c2f6f1f7a03';
    const taper = withOverrides({ 'threshold.partial_mode': 'taper' });
    const judgement = { contributionCents: cents(10_000), reason: 'reiskosten' };
    const made = account(day('2026-07-15'), 2025, [
      decidedOn(6, at('2025-10', { incomes: { a1: 130_000 }, catered: true })),
      decidedOn(7, at('2025-10', { incomes: { a1: 50_000 }, judgement }), { familyId: familyB }),
      decidedOn(8, at('2025-10', { incomes: { a1: 20_000 }, policy: taper }), { familyId: familyC }),
    ]);
    // Withheld: 314.84 less the 362.07 − 200.00 that is left.
    expect(Object.fromEntries(made.lines.map((line) => [line.item, line.amount]))).toMatchObject({
      'goo-food': 25218,
      'goo-clothing': 6266,
      'goo-withheld': 15277,
      'goo-allowance': 16207,
      'imposed-accommodation': 24422,
      'imposed-catering': 25218,
      'imposed-undivided': 10_000,
      imposed: 59640,
    });
    expect(item(made, 'goo-allowance')?.quantity).toBe(1);
    expect(item(made, 'imposed')?.quantity).toBe(2);
  });

  it('names the rows it rests on, and where a figure is only a count', () => {
    const made = account(day('2026-07-15'));
    expect(item(made, 'imposed-accommodation')?.rules).toEqual(['eb.accommodation@2025-10-01']);
    expect(item(made, 'poo-persons')).toMatchObject({ amount: null, remark: 'norm-not-confirmed' });
    expect(item(made, 'collected')).toMatchObject({ quantity: 0, amount: 0, remark: 'by-day' });
  });

  it('is the same for a closed year, whatever is decided later; a later account has it, and counts it as earlier year', () => {
    const closed = account(day('2026-07-15'));
    expect(account(day('2026-07-15'), 2025, all.slice(0, 4).reverse())).toEqual(closed);
    expect(item(account(day('2027-07-15')), 'imposed')?.amount).toBe(48844);
    expect(item(account(day('2027-07-15'), 2026), 'earlier-years')?.quantity).toBe(1);
    expect(item(account(day('2027-07-15'), 2025), 'earlier-years')?.quantity).toBe(0);
  });

  it('ends at midnight by UTC, and takes in nothing of the moment it was made for', () => {
    const newYear = Date.parse('2026-01-01T00:00:00Z');
    const nextYear = Date.parse('2027-01-01T00:00:00Z');
    const recalculated = (decidedAtMs: number, year: number) =>
      item(
        account(nextYear + 1, year, [october, { ...corrected, receipt: { ...corrected.receipt, decidedAtMs } }]),
        'earlier-years',
      )?.quantity;
    expect([newYear - 1, newYear, nextYear - 1, nextYear].map((at) => recalculated(at, 2026))).toEqual([0, 1, 1, 0]);
    expect(recalculated(nextYear, 2027)).toBe(1);
    const decidedAt = october.receipt.decidedAtMs;
    expect(item(account(decidedAt, 2025, [october]), 'decisions')?.quantity).toBe(0);
    expect(item(account(decidedAt + 1, 2025, [october]), 'decisions')?.quantity).toBe(1);
  });

  it('counts the newest of two decisions on one month once, and says that there are two', () => {
    const twice = [host, decidedOn(9, at('2025-10', { reception: 'private' }), { familyId: familyB })];
    const made = account(day('2026-07-15'), 2025, twice);
    expect(item(made, 'poo-persons')?.quantity).toBe(1);
    expect(item(made, 'double')?.quantity).toBe(1);
  });

  it('leaves out another municipality', () => {
    const made = yearAccount(all, { year: 2025, municipality: '0363', untilMs: day('2027-07-15') });
    expect(item(made, 'households')?.quantity).toBe(0);
  });

  it('is a table with one row per line', () => {
    const made = account(day('2026-07-15'));
    const table = accountTable(made, { item: (code) => code, unit: (code) => code, remark: (code) => code });
    expect(table.rows).toHaveLength(made.lines.length);
    expect(table.rows.every((row) => row.length === table.heads.length)).toBe(true);
  });
});

it('a month for the finance department adds up in its last row', () => {
  const line = (number: number, given: Case, familyId = familyA) => ({
    decision: decidedOn(number, given, { familyId }),
    household: 'Bondar',
    person: null,
    site: 'Noord 1',
    decidedOn: isoDate('2025-11-01'),
    balance: { received: cents(number * 100), waived: cents(0), open: cents(-number) },
  });
  const words = { total: 'totaal', receptions: { municipal: 'goo', private: 'poo' } };
  const table = monthTable(
    [
      line(2, at('2025-10', { incomes: { a1: 130_000 }, policy: withOverrides({ 'bill.offset_months': 1 }) })),
      line(1, at('2025-10'), familyB),
    ],
    words,
  );
  const column = (head: (typeof table.heads)[number]) => table.rows.map((row) => row[table.heads.indexOf(head)]);
  expect(column('reference')).toEqual(['2025-10-D00000', '2025-10-D00000', 'totaal']);
  expect(column('billMonth').slice(0, 2).sort()).toEqual(['2025-10', '2025-11']);
  expect(
    column('contribution')
      .map((cell) => (typeof cell === 'object' && cell !== null && 'amount' in cell ? cell.amount : 0))
      .sort(),
  ).toEqual([0, 24422, 24422]);
  expect(column('persons').at(-1)).toEqual({ count: 2 });
  expect(column('received').at(-1)).toEqual({ amount: 300 });
  expect(column('open').at(-1)).toEqual({ amount: -3 });
});

describe('a change that comes later', () => {
  const now = (given: Case) => ({ facts: factsOf(given), assessment: assess(given) });
  const decision = decidedOn(1, at('2025-10'));

  it('has the difference between now and what was decided, per month and in total', () => {
    const earned = at('2025-10', { incomes: { a1: 130_000 } });
    const effect = effectOn(decision, now(earned))!;
    expect(effect).toMatchObject({ allowanceDifference: -31484, contributionDifference: 24422, state: 'ready' });
    const next = effectOn(decidedOn(2, at('2025-11')), now(at('2025-11', { incomes: { a1: 130_000 } })))!;
    expect(effectsByFamily([next, effect])).toMatchObject([
      { familyId: familyA, allowanceDifference: -62968, contributionDifference: 48844 },
    ]);
    expect(effectsByFamily([next, effect])[0]?.effects.map(({ decision: { id } }) => id)).toEqual([
      decisionId(1),
      decisionId(2),
    ]);
    expect(totalDifference([])).toEqual({ allowanceDifference: 0, contributionDifference: 0 });
  });

  it('does nothing to a decision whose amounts stay', () => {
    expect(effectOn(decision, now(at('2025-10', { incomes: {} })))).toBeNull();
  });

  it('waits for a person where an amount was set by hand, has to be, or is not known', () => {
    expect(effectOn(decision, now(at('2025-10', { incomes: { a1: 50_000 } })))?.state).toBe('judge');
    const judged = at('2025-10', {
      incomes: { a1: 50_000 },
      judgement: { contributionCents: cents(5_000), reason: 'reiskosten' },
    });
    expect(effectOn(decidedOn(3, judged), now(at('2025-10')))?.state).toBe('judge');
    expect(effectOn(decision, null)).toMatchObject({ state: 'not-known', allowanceDifference: null });
    const couple = at('2025-10', { members: household('2+0'), incomes: { a1: 300_000, a2: 0 } });
    const unexplained = decidedOn(4, at('2025-10', { members: household('2+0'), incomes: { a1: 0, a2: 0 } }), {
      confirmations: [],
    });
    expect(effectOn(unexplained, now(couple))?.state).toBe('count');
  });
});
