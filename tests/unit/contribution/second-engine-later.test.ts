import { expect, it } from 'vitest';
import { assessMonth, type MonthAssessment } from '../../../shared/contribution/assess-month.ts';
import { drawHousehold, drawnMonths, numbersFrom } from './drawn-households.ts';
import { drawLater, laterFacts } from './drawn-later.ts';
import { parametersOf } from './facts.ts';
import { laterOpinion } from './second-engine-later.ts';

const seed = 20_261_124;
const parameters = new Map(drawnMonths.map((month) => [month, parametersOf(month)]));

it(
  `agrees on imposition, months in part and hardship over the same 100,000 households (seed ${seed})`,
  {
    timeout: 60_000,
  },
  () => {
    const [next, more] = [numbersFrom(seed), numbersFrom(seed + 1)];
    const differing: unknown[] = [];
    const reached = new Map<string, number>();
    const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);
    for (let at = 0; at < 100_000 && differing.length < 5; at++) {
      const household = drawHousehold(next);
      const later = drawLater(more, household);
      const assessed = assessMonth(
        laterFacts(household, later),
        parameters.get(household.month) ?? parametersOf(household.month),
      );
      if (!assessed.ok) throw new Error(JSON.stringify(assessed.error));
      const first = assessed.value;
      const second = laterOpinion(household, later);
      for (const { rule } of first.steps) count(rule);
      if (first.toJudge?.partMonth === true) count('open');
      const isSame =
        first.allowanceCents === second.leefgeld &&
        first.contributionCents === second.bijdrage &&
        // What was open already stays so, whether the month is in part or not.
        (!second.isOpen || first.toJudge !== null);
      if (!isSame) differing.push({ household, later, first: shown(first), second });
    }
    expect(differing).toEqual([]);
    // Each of them acted often, and not only stood in the facts.
    for (const what of ['default-imposition', 'part-month', 'hardship', 'open'])
      expect(reached.get(what), what).toBeGreaterThan(2_000);
  },
);

const shown = ({ allowanceCents, contributionCents, toJudge, zone }: MonthAssessment) => ({
  allowanceCents,
  contributionCents,
  toJudge,
  zone,
});
