import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decisionReference } from '../../../shared/contribution/decisions-of.ts';
import { readPaymentList, type PaymentLine } from '../../../shared/follow-up/payment-list.ts';
import type { Payment } from '../../../shared/follow-up/payment.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { isRecordId } from '../../../shared/kernel/ids.ts';
import { decidedOn, familyA, familyB } from '../contribution/decided.ts';
import { household } from '../contribution/facts.ts';

const given = { month: '2025-10', members: household('1+0'), incomes: { a1: 130_000 } };
const october = { ...decidedOn(1, given), id: '0a1b2c00-0000-4000-8000-000000000001' };
const other = { ...decidedOn(2, given, { familyId: familyB }), id: '77777700-0000-4000-8000-000000000002' };
const today = isoDate('2026-01-15');
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const heads = ['Kenmerk', 'Boekdatum', 'Bedrag (euro)', 'Boekingsnummer', 'Soort'].map((head) =>
  head === 'Bedrag (euro)' ? 'Bedrag in euro' : head,
);
const read = (rows: readonly (readonly string[])[], payments: readonly Payment[] = []): readonly PaymentLine[] => {
  const lines = readPaymentList([heads, ...rows], { decisions: [october, other], payments, today, hashOf });
  if (!lines.ok) throw new Error(lines.error.columns.join());
  return lines.value;
};
const kept = (line: PaymentLine | undefined): Payment => {
  if (line?.payment === null || line === undefined) throw new Error(`refused: ${line?.problem ?? 'no line'}`);
  return { ...line.payment, withdrawn: null };
};

describe('a list of the finance department', () => {
  it('places a payment by the short id that is printed, whatever stands around it', () => {
    const lines = read([
      ['2025-10-0A1B2C', '03-12-2025', '244,22', 'B-1', ''],
      ['Betreft kenmerk 2025-10-0a1b2c, opvang', '2025-12-04', '€ -10,00', 'B-2', 'bijdrage'],
      ['2025-10-777777', '05-12-2025', '1.000,50', '', 'Terugvordering'],
    ]);
    expect(lines.map(kept)).toMatchObject([
      { familyId: familyA, month: isoMonth('2025-10'), decision: october.id, of: 'contribution', amountCents: 24_422 },
      { day: '2025-12-04', amountCents: -1_000, booking: 'B-2' },
      { familyId: familyB, of: 'recovery', amountCents: 100_050, recordedOn: today },
    ]);
    expect(lines.every(({ payment }) => payment !== null && isRecordId(payment.id))).toBe(true);
    expect(decisionReference(october.id, isoMonth('2025-10'))).toBe('2025-10-0A1B2C');
  });

  it.each([
    [['', '03-12-2025', '1,00'], 'reference-empty', 'reference'],
    [['2025-10-FFFFFF', '03-12-2025', '1,00'], 'reference-unknown', 'reference'],
    [['2025-11-0A1B2C', '03-12-2025', '1,00'], 'reference-unknown', 'reference'],
    [['2025-10-0A1B2CD', '03-12-2025', '1,00'], 'reference-unknown', 'reference'],
    [['2025-10-0A1B2C', '31-11-2025', '1,00'], 'day-not-readable', 'day'],
    [['2025-10-0A1B2C', '16-01-2026', '1,00'], 'day-in-future', 'day'],
    [['2025-10-0A1B2C', '03-12-2025', '1,234'], 'amount-not-readable', 'amount'],
    [['2025-10-0A1B2C', '03-12-2025', '0,00'], 'amount-zero', 'amount'],
    [['2025-10-0A1B2C', '03-12-2025', '1,00', '', 'huur'], 'kind-unknown', 'of'],
  ])('names the cell of a line it cannot take: %j', (row, problem, column) => {
    expect(read([row])[0]).toMatchObject({ line: 2, payment: null, problem, column });
  });

  it('says which columns are missing, in the order in which they are needed', () => {
    const lines = readPaymentList([['Kenmerk', 'Naam']], { decisions: [], payments: [], today, hashOf });
    expect(lines).toEqual({ ok: false, error: { type: 'columns-missing', columns: ['day', 'amount'] } });
  });

  it('passes over empty lines, and counts lines as the file does', () => {
    expect(
      read([
        ['', '', ''],
        ['x', '', ''],
      ]),
    ).toMatchObject([{ line: 3, problem: 'reference-unknown' }]);
  });

  it('is recorded once: read in again, in another order, beside new lines', () => {
    const rows = [
      ['2025-10-0A1B2C', '03-12-2025', '100,00', 'B-1', ''],
      ['2025-10-0A1B2C', '03-12-2025', '100,00', '', ''],
      ['2025-10-0A1B2C', '03-12-2025', '100,00', '', ''],
    ];
    const first = read(rows).map(kept);
    expect(new Set(first.map(({ id }) => id)).size).toBe(3);
    const again = read([['2025-10-0A1B2C', '03-12-2025', '5,00', '', ''], ...[...rows].reverse()], first);
    expect(again.map(({ problem }) => problem)).toEqual([
      null,
      'already-recorded',
      'already-recorded',
      'already-recorded',
    ]);
  });

  it('does not record again by itself what somebody withdrew', () => {
    const row = ['2025-10-0A1B2C', '03-12-2025', '100,00', 'B-1', ''];
    const withdrawn = { ...kept(read([row])[0]), withdrawn: { on: today, reason: 'verkeerd gezin' } };
    expect(read([row], [withdrawn])[0]).toMatchObject({ problem: 'was-withdrawn' });
  });

  it('of two decisions with one short id takes the one that stands, and refuses where both do', () => {
    const twin = { ...other, id: '0a1b2c00-0000-4000-8000-000000000009' };
    const row = ['2025-10-0A1B2C', '03-12-2025', '100,00'];
    const options = { payments: [], today, hashOf };
    const both = readPaymentList([heads, row], { decisions: [october, twin], ...options });
    expect(both.ok && both.value[0]).toMatchObject({ problem: 'reference-of-several' });
    const corrected = { ...decidedOn(3, given, { familyId: familyB, replaces: twin.id }) };
    const one = readPaymentList([heads, row], { decisions: [october, twin, corrected], ...options });
    expect(one.ok && one.value[0]).toMatchObject({ payment: { decision: october.id } });
  });
});
