import { expect, it } from 'vitest';
import { assessMonth, type MonthAssessment } from '../../../shared/contribution/assess-month.ts';
import { drawHousehold, drawnMonths, numbersFrom, toFacts } from './drawn-households.ts';
import { parametersOf } from './facts.ts';
import { secondOpinion, type Household } from './second-engine.ts';

const seed = 20_261_124;

const parameters = new Map(drawnMonths.map((month) => [month, parametersOf(month)]));

function engine(household: Household): MonthAssessment {
  const assessed = assessMonth(toFacts(household), parameters.get(household.month) ?? parametersOf(household.month));
  if (!assessed.ok) throw new Error(JSON.stringify(assessed.error));
  return assessed.value;
}

it(`agrees with a second engine on 100,000 households (seed ${seed})`, { timeout: 60_000 }, () => {
  const next = numbersFrom(seed);
  const differing: unknown[] = [];
  const zones = new Map<string, number>();
  for (let at = 0; at < 100_000 && differing.length < 5; at++) {
    const household = drawHousehold(next);
    const first = engine(household);
    const second = secondOpinion(household);
    const { thresholds } = first;
    const from = thresholds === null ? null : [thresholds.withdrawFrom, thresholds.fullContributionFrom];
    zones.set(first.zone, (zones.get(first.zone) ?? 0) + 1);
    const same =
      first.allowanceCents === second.leefgeld &&
      first.contributionCents === second.bijdrage &&
      from?.[0] === second.from?.[0] &&
      from?.[1] === second.from?.[1];
    if (!same) differing.push({ household, first: [first.allowanceCents, first.contributionCents, from], second });
  }
  expect(differing).toEqual([]);
  // Every part of the rules was reached often.
  for (const zone of ['none', 'below', 'between', 'full']) expect(zones.get(zone)).toBeGreaterThan(5_000);
});
