import { addMonths, lastDayOf, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import type { FollowUp } from './follow-up.ts';

/** One part of an arrangement; due on the last day of its month. `paidCents`: what of it has been paid. */
export type Instalment = {
  readonly month: IsoMonth;
  readonly due: IsoDate;
  readonly amountCents: Cents;
  readonly paidCents: Cents;
};

const sum = (list: readonly { readonly amountCents: number }[]) =>
  list.reduce((total, { amountCents }) => total + amountCents, 0);

/**
 * The parts of an arrangement: the total less what was waived, over as many months as agreed; the first parts take the
 * odd cents. A paused month is passed over, and the parts move on. Payments fill the parts from the first one.
 */
export function instalmentsOf(
  item: Pick<FollowUp, 'arrangement' | 'pauses' | 'waivers' | 'payments'>,
): readonly Instalment[] {
  const { arrangement, pauses, waivers, payments } = item;
  if (arrangement === null) return [];
  const total = Math.max(0, arrangement.totalCents - sum(waivers));
  const count = arrangement.instalments;
  const each = Math.floor(total / count);
  const odd = total - each * count;
  let month = arrangement.firstMonth;
  let paid = sum(payments);
  return Array.from({ length: count }, (_, at) => {
    while (pauses.some(({ from, to }) => from <= month && month <= to)) month = addMonths(month, 1);
    const amount = each + (at < odd ? 1 : 0);
    const own = Math.min(paid, amount);
    paid -= own;
    const instalment = { month, due: lastDayOf(month), amountCents: cents(amount), paidCents: cents(own) };
    month = addMonths(month, 1);
    return instalment;
  }).filter(({ amountCents }) => amountCents > 0);
}

/** What is open of an arrear or an arrangement, never below zero. */
export function openAmount(item: FollowUp): Cents {
  const total = item.arrangement?.totalCents ?? item.arrear?.amountCents ?? 0;
  return cents(Math.max(0, total - sum(item.waivers) - sum(item.payments)));
}
