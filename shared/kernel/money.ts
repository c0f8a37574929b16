import { invariant } from './assert.ts';

/** Whole euro cents. Never a fraction, never euros. */
export type Cents = number & { readonly __brand: 'Cents' };

/** For amounts known to be whole cents; anything else throws as a bug. Typed text goes through a schema. */
export function cents(value: number): Cents {
  invariant(Number.isSafeInteger(value), 'an amount is a whole number of cents');
  return value as Cents;
}

export function sumCents(amounts: readonly Cents[]): Cents {
  return cents(amounts.reduce((total, amount) => total + amount, 0));
}

/** `floor((amount × basisPoints + 5 000) / 10 000)`: halves up, as the published tables do; 11 500 is 115 %. */
export function scaleByBasisPoints(amount: Cents, basisPoints: number): Cents {
  invariant(Number.isSafeInteger(basisPoints) && basisPoints >= 0, 'basis points are a whole number');
  const scaled = amount * basisPoints + 5_000;
  if (isExact(scaled)) return cents(Math.floor(scaled / 10_000));
  return cents(Number(floorDiv(BigInt(amount) * BigInt(basisPoints) + 5_000n, 10_000n)));
}

// Up to here the quotient of two whole numbers is never rounded to the next whole number.
const isExact = (dividend: number): boolean => Math.abs(dividend) < 2 ** 50;
const floorDiv = (value: bigint, by: bigint) => value / by - (value % by < 0n ? 1n : 0n);

/** `amount × 10 000 / basisPoints`, halves up: the opposite of `scaleByBasisPoints`. */
export function unscaleByBasisPoints(amount: Cents, basisPoints: number): Cents {
  invariant(Number.isSafeInteger(basisPoints) && basisPoints > 0, 'basis points are a whole number above 0');
  invariant(amount >= 0, 'only amounts from 0 are divided');
  const twice = amount * 20_000 + basisPoints;
  if (isExact(twice)) return cents(Math.floor(twice / (2 * basisPoints)));
  return cents(Number((BigInt(amount) * 20_000n + BigInt(basisPoints)) / (2n * BigInt(basisPoints))));
}
