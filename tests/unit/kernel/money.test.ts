import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, scaleByBasisPoints, unscaleByBasisPoints } from '../../../shared/kernel/money.ts';

const runs = { seed: 11_500, numRuns: 20_000 };
const largest = 2 ** 47;
/** Also around the amount from which whole numbers of any size are needed. */
const amounts = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: 2 ** 35, max: 2 ** 38 }),
  fc.integer({ min: 0, max: largest }),
);
const factors = fc.oneof(fc.constantFrom(1, 9_999, 10_000, 11_500, 30_000), fc.integer({ min: 1, max: 30_000 }));

describe('parts of an amount', () => {
  it('have their half cent rounded up, as with whole numbers of any size', () => {
    fc.assert(
      fc.property(amounts, factors, (amount, factor) => {
        const whole = (BigInt(amount) * BigInt(factor) + 5_000n) / 10_000n;
        expect(scaleByBasisPoints(cents(amount), factor)).toBe(Number(whole));
      }),
      runs,
    );
  });

  it('are undone with the half cent up as well', () => {
    fc.assert(
      fc.property(amounts, factors, (amount, factor) => {
        const whole = (BigInt(amount) * 20_000n + BigInt(factor)) / (2n * BigInt(factor));
        if (whole > BigInt(Number.MAX_SAFE_INTEGER)) return;
        expect(unscaleByBasisPoints(cents(amount), factor)).toBe(Number(whole));
      }),
      runs,
    );
  });

  it('round a half up below nothing too', () => {
    expect(scaleByBasisPoints(cents(-1), 5_000)).toBe(0);
    expect(scaleByBasisPoints(cents(-3), 5_000)).toBe(-1);
    expect(scaleByBasisPoints(cents(87_390), 11_500)).toBe(100_499);
  });
});
