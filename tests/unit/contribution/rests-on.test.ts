import { expect, it } from 'vitest';
import { restsOn } from '../../../shared/contribution/decisions-of.ts';
import type { MonthFacts } from '../../../shared/contribution/month-facts.ts';
import { receiptSchema } from '../../../shared/contribution/receipt-schema.ts';
import kept from '../../fixtures/receipts/0.1.0/parts-of-pay.json' with { type: 'json' };

const receipt = receiptSchema.parse(kept);
const facts: MonthFacts = receipt.facts;
const [first, ...rest] = facts.incomes;

it('a decision rests on the same facts, whatever their order', () => {
  expect(restsOn(receipt, { ...facts, incomes: facts.incomes.toReversed() })).toBe(true);
});

it.each<[string, MonthFacts]>([
  ['another income', { ...facts, incomes: rest }],
  ['an income that has not begun', { ...facts, incomes: [{ ...first!, outside: 'not-yet' }, ...rest] }],
  ['meals', { ...facts, catered: !facts.catered }],
  ['a part of pay that counts again', { ...facts, policy: { ...facts.policy, excludedKinds: [] } }],
  ['a further ground', { ...facts, policy: { ...facts.policy, extraGrounds: ['pension'] } }],
])('it does not rest on %s', (_, now) => {
  expect(restsOn(receipt, now)).toBe(false);
});
