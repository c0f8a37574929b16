import type { MoneyEntry } from '../contribution/money-entries.ts';
import type { IsoDate, IsoMonth } from '../kernel/dates.ts';
import type { Cents } from '../kernel/money.ts';
import { readField } from '../records/field-rule.ts';
import type { FieldValues, Value } from '../records/record.ts';
import { followUpKind, type FollowUp } from './follow-up.ts';
import type { paymentPurposes } from './payment-schemas.ts';

export type PaymentPurpose = (typeof paymentPurposes)[number];

/** Money that came in, or (below zero) went back, against a decided month of one family of the law. */
export type Payment = {
  readonly id: string;
  readonly site: string | null;
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly day: IsoDate;
  readonly month: IsoMonth;
  readonly decision: string;
  readonly of: PaymentPurpose;
  readonly amountCents: Cents;
  readonly booking: string;
  readonly recordedOn: IsoDate;
  /** It was entered wrongly: it stays and counts for nothing. */
  readonly withdrawn: { readonly on: IsoDate; readonly reason: string } | null;
};

/** Typed view; undefined for everything else that is followed up, and where it may not be opened. */
export function findPayment(id: string, values: FieldValues): Payment | undefined {
  const { fields } = followUpKind;
  const about = readField(values, 'about', fields.about);
  if (about?.type !== 'payment' || readField(values, '_deleted', fields._deleted) === true) return undefined;
  // The same list read in on two laptops is one record, in which everything stands twice.
  const [given] = readField(values, 'payment', fields.payment) ?? [];
  const { month, decision, familyId, grownChild, day } = about;
  if (given === undefined || month === null || decision === null) return undefined;
  const withdrawals = [...(readField(values, 'withdrawn', fields.withdrawn) ?? [])].sort((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  );
  return {
    id,
    site: readField(values, 'placement', fields.placement)?.site ?? null,
    ...{ familyId, grownChild, day, month, decision },
    ...given,
    withdrawn: withdrawals[0] ?? null,
  };
}

/** The first fields of the record of a payment; what happens to it later is added and never replaces them. */
export function paymentValues(payment: Omit<Payment, 'id' | 'withdrawn'>): Readonly<Record<string, Value>> {
  const { site, familyId, grownChild, day, month, decision, of, amountCents, booking, recordedOn } = payment;
  return {
    placement: { site },
    about: { type: 'payment', familyId, grownChild, day, month, decision },
    payment: { of, amountCents, booking, recordedOn },
  };
}

/** All money that is known of: payments, and what was paid or waived on arrangements and arrears. */
export function moneyEntries(payments: readonly Payment[], followUps: readonly FollowUp[]): readonly MoneyEntry[] {
  const exact = payments.map(
    ({ id, familyId, grownChild, month, day, of, amountCents, recordedOn, withdrawn }): MoneyEntry => ({
      ...{ id, familyId, grownChild, month, day, of, amountCents, recordedOn },
      isExact: true,
      withdrawnOn: withdrawn?.on ?? null,
    }),
  );
  const loose = followUps.flatMap(({ id, familyId, grownChild, month, payments: paid, waivers }) => {
    const entry = (of: 'contribution' | 'waiver', day: IsoDate, amountCents: Cents): MoneyEntry => ({
      ...{ id, familyId, grownChild, month, day, of, amountCents },
      isExact: false,
      recordedOn: day,
      withdrawnOn: null,
    });
    return [
      ...paid.map(({ day, amountCents }) => entry('contribution', day, amountCents)),
      ...waivers.map(({ day, amountCents }) => entry('waiver', day, amountCents)),
    ];
  });
  return [...exact, ...loose];
}
