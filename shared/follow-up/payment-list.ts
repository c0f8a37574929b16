import { standingIndex } from '../contribution/all-standing.ts';
import type { ContributionDecision } from '../contribution/decision.ts';
import { decisionReference, type ReadDecision } from '../contribution/decisions-of.ts';
import { parseCellAmount, parseCellDate } from '../exchange/convert.ts';
import { fromHex } from '../kernel/bytes.ts';
import type { IsoDate } from '../kernel/dates.ts';
import { makeRecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { fromSafeCell } from '../kernel/safe-cell.ts';
import type { Payment, PaymentPurpose } from './payment.ts';

export const paymentColumns = ['reference', 'day', 'amount', 'booking', 'of'] as const;
export type PaymentColumn = (typeof paymentColumns)[number];
const needed: readonly PaymentColumn[] = ['reference', 'day', 'amount'];

/** Headings as lists have them, in lower case without signs; the first of each is the one that is proposed. */
const headings: Readonly<Record<PaymentColumn, readonly string[]>> = {
  reference: ['kenmerk', 'reference', 'номер', 'referentie', 'betalingskenmerk', 'omschrijving'],
  day: ['datum', 'date', 'дата', 'boekdatum', 'valutadatum', 'ontvangenop', 'betaaldop'],
  amount: ['bedrag', 'amount', 'сума', 'bedragineuro', 'bedrageur'],
  booking: ['boekingsnummer', 'booking', 'проведення', 'boeking', 'volgnummer', 'transactie', 'boekstuk'],
  of: ['soort', 'kind', 'вид', 'type'],
};
/** Words for a recovery; an empty cell, or one of the others, is the contribution. */
const purposes: Readonly<Record<PaymentPurpose, readonly string[]>> = {
  contribution: ['', 'bijdrage', 'eigenbijdrage', 'contribution', 'внесок', 'власнийвнесок'],
  recovery: ['terugvordering', 'recovery', 'повернення', 'стягнення'],
};
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

export type PaymentListError = { readonly type: 'columns-missing'; readonly columns: readonly PaymentColumn[] };

/** Why a line is not recorded; `column` is the cell that says so. */
export const paymentProblems = [
  'reference-empty',
  'reference-unknown',
  'reference-of-several',
  'day-not-readable',
  'day-in-future',
  'amount-not-readable',
  'amount-zero',
  'kind-unknown',
  'already-recorded',
  'was-withdrawn',
] as const;
export type PaymentProblem = (typeof paymentProblems)[number];
export type PaymentLine = {
  /** As in the file; the headings are line 1. */
  readonly line: number;
  readonly cells: Readonly<Record<PaymentColumn, string>>;
} & (
  | { readonly payment: Omit<Payment, 'withdrawn'>; readonly problem: null }
  | { readonly payment: null; readonly problem: PaymentProblem; readonly column: PaymentColumn }
);

type Known = {
  readonly decisions: readonly ContributionDecision[];
  readonly payments: readonly Payment[];
  readonly today: IsoDate;
  /** Lower-case hex of a SHA-256. */
  readonly hashOf: (text: string) => string;
};

/**
 * A list of the finance department: one payment a line, by the short id of the decision as it is printed. The id of each
 * comes from what the line says, so that the same list, read in again or on two laptops, is recorded once; lines that
 * are wholly alike count as often as they stand there. Refused as a whole while a column is missing.
 */
export function readPaymentList(
  rows: readonly (readonly string[])[],
  { decisions, payments, today, hashOf }: Known,
): Result<readonly PaymentLine[], PaymentListError> {
  const heads = (rows[0] ?? []).map(plain);
  const places = new Map<PaymentColumn, number>();
  for (const column of paymentColumns) {
    const at = headings[column].map((name) => heads.indexOf(name)).find((found) => found >= 0);
    if (at !== undefined) places.set(column, at);
  }
  const missing = needed.filter((column) => !places.has(column));
  if (missing.length > 0) return err({ type: 'columns-missing', columns: missing });

  const find = referenceIndex(decisions);
  const known = new Map(payments.map((payment) => [payment.id, payment]));
  const alike = new Map<string, number>();
  const lines = rows.slice(1).flatMap((row, at): PaymentLine[] => {
    const cell = (column: PaymentColumn) => fromSafeCell(row[places.get(column) ?? -1] ?? '').trim();
    const cells = {
      ...{ reference: cell('reference'), day: cell('day'), amount: cell('amount') },
      ...{ booking: cell('booking').slice(0, 60), of: cell('of') },
    };
    if (Object.values(cells).every((text) => text === '')) return [];
    const shared = { line: at + 2, cells };
    const refuse = (problem: PaymentProblem, column: PaymentColumn): PaymentLine[] => [
      { ...shared, payment: null, problem, column },
    ];
    if (cells.reference === '') return refuse('reference-empty', 'reference');
    const [decision, other] = find(cells.reference);
    if (decision === undefined) return refuse('reference-unknown', 'reference');
    if (other !== undefined) return refuse('reference-of-several', 'reference');
    const day = parseCellDate(cells.day);
    if (day === undefined) return refuse('day-not-readable', 'day');
    if (day > today) return refuse('day-in-future', 'day');
    const amountCents = parseCellAmount(cells.amount);
    if (amountCents === undefined) return refuse('amount-not-readable', 'amount');
    if (amountCents === 0) return refuse('amount-zero', 'amount');
    const of = (['contribution', 'recovery'] as const).find((one) => purposes[one].includes(plain(cells.of)));
    if (of === undefined) return refuse('kind-unknown', 'of');
    const said = JSON.stringify([decision.id, day, amountCents, of, cells.booking]);
    const times = (alike.get(said) ?? 0) + 1;
    alike.set(said, times);
    const id = makeRecordId(fromHex(hashOf(`payment ${String(times)} ${said}`).slice(0, 32)));
    const before = known.get(id);
    if (before !== undefined)
      return refuse(before.withdrawn === null ? 'already-recorded' : 'was-withdrawn', 'reference');
    const { familyId, grownChild, facts } = decision.receipt;
    const payment = {
      ...{ id, site: decision.site, familyId, grownChild, day, month: facts.month },
      ...{ decision: decision.id, of, amountCents, booking: cells.booking, recordedOn: today },
    };
    return [{ ...shared, payment, problem: null }];
  });
  return ok(lines);
}

/** Decisions by their printed reference, whatever stands around it. Replaced ones too: a letter may be an old one. */
function referenceIndex(decisions: readonly ContributionDecision[]): (text: string) => readonly ReadDecision[] {
  const byReference = new Map<string, ReadDecision[]>();
  for (const decision of decisions) {
    if (decision.receipt === null) continue;
    const key = decisionReference(decision.id, decision.receipt.facts.month);
    byReference.set(key, [...(byReference.get(key) ?? []), { ...decision, receipt: decision.receipt }]);
  }
  const standing = new Set(standingIndex(decisions).all.flatMap((group) => group.map(({ id }) => id)));
  return (text) => {
    const found = /(\d{4}-\d{2})-([0-9A-F]{6})(?![0-9A-F])/.exec(text.toUpperCase());
    const all = found === null ? [] : (byReference.get(`${found[1] ?? ''}-${found[2] ?? ''}`) ?? []);
    const now = all.filter(({ id }) => standing.has(id));
    return now.length === 1 ? now : all;
  };
}
