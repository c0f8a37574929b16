import { daysBetween, isoDate, type IsoDate } from '../kernel/dates.ts';

/** From this day (UTC) on a laptop may be without contact for so many days, 1 to 30. */
export type LeaseTerm = { readonly from: IsoDate; readonly days: number };
/**
 * How long ago a laptop last had contact with its endpoint, as far as it was seen; a clock that is set back takes
 * nothing off it.
 */
export type Lease = {
  /** By the clock of the endpoint, in ms. */
  readonly contactMs: number;
  /** The clock of the laptop at that moment. */
  readonly wallMs: number;
  readonly elapsedMs: number;
  readonly terms: readonly LeaseTerm[];
};
/** `warned`: half of the time is over; `read-only`: six sevenths; `over`: deliver first, then read. */
export type LeaseStage = 'open' | 'warned' | 'read-only' | 'over';
export type LeaseStanding = {
  readonly stage: LeaseStage;
  /** Whole days since the last contact, and the days that were given for it. */
  readonly days: number;
  readonly of: number;
  /** Whole days until the next stage begins, at least 1; 0 when there is none. */
  readonly daysLeft: number;
};

const dayMs = 86_400_000;
const usualDays = 14;

/** A contact by the network: everything begins anew. `terms` that did not come are those of before. */
export const leaseAt = (contactMs: number, wallMs: number, terms: readonly LeaseTerm[]): Lease => ({
  contactMs,
  wallMs,
  elapsedMs: 0,
  terms,
});

/**
 * A contact by a file that the endpoint made at `madeMs`, by its own clock: what has passed since then stays passed. An
 * older one than the last contact changes nothing.
 */
export function leaseFromFile(lease: Lease, madeMs: number): Lease {
  const later = madeMs - lease.contactMs;
  if (later <= 0) return lease;
  const elapsedMs = Math.max(0, lease.elapsedMs - later);
  return { ...lease, contactMs: madeMs, wallMs: lease.wallMs + later, elapsedMs };
}

/**
 * The same lease after `ranMs` of running time, at `wallMs` by the clock of the laptop; never less than was seen before.
 * A clock below where it was at the contact was put right meanwhile, and then the one of the endpoint is the measure.
 */
export function leaseLater(lease: Lease, wallMs: number, ranMs: number): Lease {
  const since = wallMs >= lease.wallMs ? wallMs - lease.wallMs : wallMs - lease.contactMs;
  return { ...lease, elapsedMs: Math.max(lease.elapsedMs + Math.max(0, ranMs), since) };
}

/** Where a lease stands, by the term that is in force; 14 days where none is. */
export function leaseStanding(lease: Lease): LeaseStanding {
  const { elapsedMs } = lease;
  const of = termOf(lease);
  const whole = of * dayMs;
  const ends: readonly (readonly [LeaseStage, number])[] = [
    ['open', whole / 2],
    ['warned', (whole * 6) / 7],
    ['read-only', whole],
  ];
  const [stage, end] = ends.find(([, until]) => elapsedMs < until) ?? (['over', elapsedMs] as const);
  return { stage, of, days: Math.floor(elapsedMs / dayMs), daysLeft: Math.ceil((end - elapsedMs) / dayMs) };
}

function termOf({ contactMs, elapsedMs, terms }: Lease): number {
  const today = Math.floor((contactMs + elapsedMs) / dayMs);
  const begun = terms
    .map(({ from, days }) => ({ since: daysBetween(isoDate('1970-01-01'), from), days }))
    .filter(({ since }) => since <= today);
  return begun.reduce((last, term) => (term.since >= last.since ? term : last), { since: -Infinity, days: usualDays })
    .days;
}
