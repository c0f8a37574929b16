import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RowCosts } from '../../../shared/search/row-costs.ts';

const rowCount = 1_003;
const marks = (max: number) => fc.array(fc.tuple(fc.nat(rowCount - 1), fc.nat(200)), { minLength: 1, maxLength: max });

function lowest(list: readonly (readonly [number, number])[]): Map<number, number> {
  const costs = new Map<number, number>();
  for (const [row, cost] of list) costs.set(row, Math.min(cost, costs.get(row) ?? cost));
  return costs;
}

it.each([
  ['few', 8],
  ['many', 400],
] as const)('orders %s rows by the sum of their lowest costs, then by number, however often it is used', (_, max) => {
  const total = new RowCosts(rowCount);
  const ofTerm = new RowCosts(rowCount);
  fc.assert(
    fc.property(marks(max), marks(400), (first, second) => {
      total.clear();
      ofTerm.clear();
      for (const [row, cost] of first) total.mark(row, cost);
      for (const [row, cost] of second) ofTerm.mark(row, cost);
      const [a, b] = [lowest(first), lowest(second)];
      const byCost = (costs: ReadonlyMap<number, number>) =>
        [...costs].sort(([row, cost], [next, other]) => cost - other || row - next).map(([row]) => row);
      expect([...total.inOrder()]).toEqual(byCost(a));
      total.add(ofTerm);
      const both = [...a].flatMap(([row, cost]) => {
        const sum = cost + (b.get(row) ?? 255);
        return sum < 255 ? [[row, sum] as const] : [];
      });
      expect([...total.inOrder()]).toEqual(byCost(new Map(both)));
    }),
    { seed: 20261125, numRuns: 300 },
  );
});

it.each([
  ['few', 8],
  ['many', 400],
] as const)('of %s rows puts the wanted ones before the others of their cost and changes nothing else', (_, max) => {
  const total = new RowCosts(rowCount);
  const wanted = fc.array(fc.nat(1), { minLength: rowCount, maxLength: rowCount }).map((all) => Uint8Array.from(all));
  fc.assert(
    fc.property(marks(max), wanted, (some, first) => {
      total.clear();
      for (const [row, cost] of some) total.mark(row, cost);
      const expected = [...lowest(some)]
        .sort(([row, cost], [next, other]) => cost - other || (first[next] ?? 0) - (first[row] ?? 0) || row - next)
        .map(([row]) => row);
      expect([...total.inOrder(first)]).toEqual(expected);
      expect([...total.inOrder(new Uint8Array(rowCount))]).toEqual([...total.inOrder()]);
    }),
    { seed: 20261125, numRuns: 100 },
  );
});
