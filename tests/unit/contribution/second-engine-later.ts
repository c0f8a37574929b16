/**
 * The facts that can come on top of a household, from contribution.md §4 (first month), §6 (no information given,
 * hardship) and §8 alone: default imposition, a month in part, and a hardship decision. In other words than the engine.
 */
import { partsOf, secondOpinion, type Household, type Outcome } from './second-engine.ts';

export type Later = {
  /** Adults, by their place, of whom nobody knows an income; the others told theirs, 0 included. */
  readonly silent: readonly number[];
  /** The term to tell an income ended before the month, and the municipality imposes then. */
  readonly imposes: boolean;
  /** Days in reception, of those of the month, and what the municipality settled for such a month; null: nothing. */
  readonly part: {
    readonly which: 'first' | 'last';
    readonly days: number;
    readonly of: number;
    readonly how: 'manual' | 'full' | 'pro_rata' | null;
  } | null;
  /** The most that a hardship decision asks; `by_hand`: the municipality lets somebody set it instead. */
  readonly hardship: { readonly most: number; readonly how: 'lowers' | 'by_hand' | null } | null;
};

export type LaterOutcome = Pick<Outcome, 'leefgeld' | 'bijdrage'> & {
  /** Somebody has to set the amount of this month: what stands is only proposed. */
  readonly isOpen: boolean;
};

export function laterOpinion(household: Household, later: Later): LaterOutcome {
  const imposed = imposedOn(household, later);
  const whole = imposed ?? secondOpinion(household);
  const { days, open } = shareOf(later);
  const share = (amount: number) => (days === null ? amount : halfUp(amount * days[0], days[1]));
  const asked = share(whole.bijdrage);
  const { hardship } = later;
  const isCapped = hardship !== null && hardship.how !== 'by_hand';
  return {
    leefgeld: share(whole.leefgeld),
    bijdrage: isCapped ? Math.min(asked, hardship.most) : asked,
    isOpen: open && whole.leefgeld + (isCapped ? Math.min(whole.bijdrage, hardship.most) : whole.bijdrage) > 0,
  };
}

/** §6, Vlissingen: an adult in municipal reception who told nothing pays, at most two of a family, and gets nothing. */
function imposedOn(household: Household, { silent, imposes }: Later): Pick<Outcome, 'leefgeld' | 'bijdrage'> | null {
  if (!imposes || silent.length === 0 || household.hosted || household.month < '2024-07') return null;
  // Whoever told nothing pays as somebody who earns: the part of one payer times the payers.
  const pay = household.pay.map((amount, at) => (silent.includes(at) ? 1 : amount));
  return { leefgeld: 0, bijdrage: partsOf({ ...household, pay }).due };
}

/** §4: the first month is set by hand until the municipality chose; in the last one changes act from the next month. */
function shareOf({ part }: Later): { readonly days: readonly [number, number] | null; readonly open: boolean } {
  if (part === null) return { days: null, open: false };
  const how = part.how ?? (part.which === 'first' ? 'manual' : 'full');
  return { days: how === 'pro_rata' ? [part.days, part.of] : null, open: how === 'manual' };
}

/** Whole numbers only: the remainder decides. */
const halfUp = (dividend: number, divisor: number): number => {
  const rest = dividend % divisor;
  return (dividend - rest) / divisor + (2 * rest >= divisor ? 1 : 0);
};
