import { describe, expect, it } from 'vitest';
import { assess, household, stepAmount } from './facts.ts';

/** contribution.md §13: figures that a government, municipality, NGO or newspaper published. In cents. */
describe('allowance as published', () => {
  it.each([
    ['PUB-01 alone in municipal reception', '2022-05', '1+0', 'municipal', 26000],
    ['PUB-02 alone with a host', '2022-05', '1+0', 'private', 47500],
  ] as const)('%s', (_, month, sizes, reception, allowance) => {
    expect(assess({ month, members: household(sizes), reception }).allowanceCents).toBe(allowance);
  });

  it.each([
    ['PUB-03 host component before the change', '2022-12', '1+2', 'private', 'host-component', 32500],
    ['PUB-04 host component after the change', '2023-02', '1+2', 'private', 'host-component', 27900],
    ['PUB-05 food of a parent and a child', '2023-02', '1+1', 'municipal', 'food', 39342],
    // The "€672" in the press is no oracle; the legal amounts give this.
    ['food of two parents and three children', '2023-02', '2+3', 'municipal', 'food', 67581],
  ] as const)('%s', (_, month, sizes, reception, rule, amount) => {
    expect(stepAmount(assess({ month, members: household(sizes), reception }), rule)).toBe(amount);
  });
});

describe('contribution as published', () => {
  const rich = 500_000;
  it.each([
    ['PUB-06 one earner in 2024', '2024-07', '1+0', false, { a1: rich }, 10500],
    ['PUB-07 two earners in 2024', '2024-07', '2+2', false, { a1: rich, a2: rich }, 21000],
    ['PUB-08 one earner in 2024, catered', '2024-07', '1+0', true, { a1: rich }, 34748],
    ['PUB-09 one earner from October 2025', '2025-10', '1+0', false, { a1: rich }, 24422],
    ['PUB-10 two earners from October 2025', '2025-10', '2+0', false, { a1: rich, a2: rich }, 48844],
    ['PUB-11 two earners from October 2025, catered', '2025-10', '2+0', true, { a1: rich, a2: rich }, 99280],
  ] as const)('%s', (_, month, sizes, catered, incomes, contribution) => {
    const assessment = assess({ month, members: household(sizes), catered, incomes });
    expect(assessment).toMatchObject({
      zone: 'full',
      contributionCents: contribution,
      allowanceCents: 0,
      toJudge: null,
    });
  });

  // PUB-12 and PUB-13: table of Hilversum.
  it.each([
    ['1+0', 36207, 64292],
    ['1+1', 67568, 95654],
    ['1+2', 87323, 115408],
  ])('PUB-12, PUB-13: thresholds of %s from October 2025', (sizes, withdrawFrom, fullContributionFrom) => {
    expect(assess({ month: '2025-10', members: household(sizes) }).thresholds).toEqual({
      withdrawFrom,
      fullContributionFrom,
    });
  });
});
