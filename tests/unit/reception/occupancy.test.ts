import { expect, it } from 'vitest';
import { netInflowAverage, occupancyPercent } from '../../../shared/reception/occupancy.ts';

it.each([
  [88_910, 89_500, '99.3'], // register.md L-1, published
  [0, 10, '0.0'],
  [10, 10, '100.0'],
  [11, 10, '110.0'],
  [1, 3, '33.3'],
  [2, 3, '66.7'],
  [1, 16, '6.3'], // 6.25: halves up
  [9995, 10_000, '100.0'],
  [0, 0, ''],
  [5, 0, ''],
])('%i of %i places is %s %%', (occupied, realised, percent) => {
  expect(occupancyPercent(occupied, realised)).toBe(percent);
});

it.each([
  [[310, 275, 294], 293], // register.md L-6, published result
  [[1, 2], 2],
  [[-1, -2], -1],
  [[-1, 0], 0],
  [[0], 0],
  [[], null],
])('the mean of %j is %s', (nets, mean) => {
  const weeks = nets.map((net) => ({ arrivals: 400, departures: 400 - net }));
  expect(netInflowAverage(weeks)).toBe(mean);
});
