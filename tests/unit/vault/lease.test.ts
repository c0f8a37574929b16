import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { leaseAt, leaseFromFile, leaseLater, leaseStanding, type Lease } from '../../../shared/vault/lease.ts';

const day = 86_400_000;
const contact = Date.UTC(2026, 10, 1, 8);
const fresh = leaseAt(contact, contact, []);
const after = (lease: Lease, days: number) => leaseStanding(leaseLater(lease, lease.wallMs + days * day, 0));

describe('a lease of fourteen days', () => {
  it('warns at 7, is read-only at 12 and over at 14, to the millisecond', () => {
    const stages = [0, 7, 12, 14].flatMap((days) => [
      after(fresh, days).stage,
      leaseStanding(leaseLater(fresh, contact + days * day - 1, 0)).stage,
    ]);
    expect(stages).toEqual(['open', 'open', 'warned', 'open', 'read-only', 'warned', 'over', 'read-only']);
  });

  it('says how many days have passed, and how many are left before the next step', () => {
    expect(after(fresh, 3.5)).toEqual({ stage: 'open', days: 3, of: 14, daysLeft: 4 });
    expect(after(fresh, 7)).toEqual({ stage: 'warned', days: 7, of: 14, daysLeft: 5 });
    expect(after(fresh, 13.9)).toEqual({ stage: 'read-only', days: 13, of: 14, daysLeft: 1 });
    expect(after(fresh, 40)).toEqual({ stage: 'over', days: 40, of: 14, daysLeft: 0 });
  });
});

describe('the clock of the laptop', () => {
  it('set back takes nothing off, in whatever order it is looked at', () => {
    const times = fc.array(fc.record({ wall: fc.integer({ min: -40, max: 40 }), ran: fc.nat(3) }), { minLength: 1 });
    fc.assert(
      fc.property(times, (looks) => {
        let lease: Lease = fresh;
        for (const { wall, ran } of looks) {
          const next = leaseLater(lease, contact + wall * day, ran * day);
          expect(next.elapsedMs).toBeGreaterThanOrEqual(lease.elapsedMs + ran * day);
          lease = next;
        }
      }),
      { seed: 92 },
    );
  });

  it('that ran ahead at the contact and was put right is not taken for years', () => {
    const ahead = leaseAt(contact, contact + 730 * day, []);
    expect(leaseStanding(leaseLater(ahead, contact + 3 * day, 0))).toMatchObject({ stage: 'open', days: 3 });
    expect(after(ahead, 9)).toMatchObject({ stage: 'warned', days: 9 });
  });

  it('that stands still does not stop the time in which the laptop runs', () => {
    expect(leaseStanding(leaseLater(fresh, contact, 14 * day)).stage).toBe('over');
  });
});

it('a file counts from when the endpoint made it, and an older one than the last contact does not', () => {
  const old = leaseLater(fresh, contact + 14 * day, 0);
  expect(leaseStanding(leaseFromFile(old, contact + 10 * day))).toMatchObject({ stage: 'open', days: 4 });
  expect(leaseFromFile(old, contact - day)).toBe(old);
  const carried = leaseFromFile(old, contact + 10 * day);
  expect(leaseFromFile(carried, contact + 9 * day)).toBe(carried);
  // The clock goes on from there, and set back it takes off nothing either.
  expect(leaseStanding(leaseLater(carried, contact + 17 * day, 0))).toMatchObject({ stage: 'warned', days: 7 });
  expect(leaseStanding(leaseLater(carried, contact - day, 0)).days).toBe(4);
});

it('keeps to the term that is in force on the day, also one that begins while there is no contact', () => {
  const terms = [
    { from: isoDate('2026-11-10'), days: 4 },
    { from: isoDate('2026-01-01'), days: 30 },
  ];
  const lease = leaseAt(contact, contact, terms);
  expect(after(lease, 8)).toMatchObject({ stage: 'open', of: 30 });
  expect(after(lease, 9)).toMatchObject({ stage: 'over', of: 4 });
  expect(after(leaseAt(contact, contact, [{ from: isoDate('2026-01-01'), days: 1 }]), 0.9)).toMatchObject({
    stage: 'read-only',
    daysLeft: 1,
  });
});
