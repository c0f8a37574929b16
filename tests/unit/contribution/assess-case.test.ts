import { describe, expect, it } from 'vitest';
import { assessCase, explained, listed } from '../../../shared/contribution/assess-case.ts';
import { assessMonth, type MonthFacts } from '../../../shared/contribution/assess-month.ts';
import { componentsOf } from '../../../shared/contribution/components.ts';
import type { EqualCase } from '../../../shared/contribution/equal-case.ts';
import { isImposed, lacksIncome } from '../../../shared/contribution/month-run.ts';
import { drawAnything } from './drawn-facts.ts';
import { drawHousehold, drawnMonths, numbersFrom, toFacts } from './drawn-households.ts';
import { drawLater, laterFacts } from './drawn-later.ts';
import { parametersOf } from './facts.ts';

const seed = 20_261_125;
const many = 100_000;
const time = { timeout: 120_000 };

const parameters = new Map(drawnMonths.map((month) => [month, parametersOf(month)]));
const inForce = ({ month }: MonthFacts) => parameters.get(month) ?? parametersOf(month);

function whole(facts: MonthFacts) {
  const assessed = assessCase(facts, inForce(facts));
  return assessed.ok ? { ok: true, value: explained(assessed.value) } : assessed;
}

/** Families whose assessment differs in anything: an amount, a word, the order of two inputs. */
function differing(draw: () => MonthFacts, count = many): unknown[] {
  const found: unknown[] = [];
  for (let at = 0; at < count && found.length < 3; at++) {
    const facts = draw();
    const [alone, ofMany] = [assessMonth(facts, inForce(facts)), whole(facts)];
    if (JSON.stringify(alone) !== JSON.stringify(ofMany)) found.push({ facts, alone, ofMany });
  }
  return found;
}

const inOneRun = (next: (below: number) => number) =>
  toFacts({ ...drawHousehold(next), month: '2026-11', mode: 'step', formula: 'scaled_sum', count: 'earners' });

describe(`an assessment that shares what equal families have in common (seed ${seed})`, () => {
  it(`is the assessment of each alone, of ${many} households of any month and municipality`, time, () => {
    const next = numbersFrom(seed);
    expect(differing(() => toFacts(drawHousehold(next)))).toEqual([]);
  });

  it(`is it with impositions, months in part and hardship as well`, time, () => {
    const [next, more] = [numbersFrom(seed), numbersFrom(seed + 1)];
    const draw = () => {
      const household = drawHousehold(next);
      return laterFacts(household, drawLater(more, household));
    };
    expect(differing(draw)).toEqual([]);
  });

  it(
    'is it for any kind of income, on every threshold, whatever a municipality settled, right facts or wrong',
    time,
    () => {
      const next = numbersFrom(seed);
      expect(differing(() => drawAnything(next))).toEqual([]);
    },
  );

  it('shows a list the amounts, components and reasons that the whole assessment has', () => {
    const next = numbersFrom(seed);
    const shown = (assessed: ReturnType<typeof listed>) => {
      const { allowanceCents, contributionCents, zone, toJudge, warnings } = assessed;
      const amounts = { allowanceCents, contributionCents, zone, toJudge, warnings };
      return { ...amounts, components: componentsOf(assessed), of: [isImposed(assessed), lacksIncome(assessed)] };
    };
    for (let at = 0; at < 5_000; at++) {
      const facts = drawAnything(next);
      const [alone, ofMany] = [assessMonth(facts, inForce(facts)), assessCase(facts, inForce(facts))];
      if (alone.ok && ofMany.ok) expect(shown(listed(ofMany.value))).toEqual(shown(alone.value));
    }
  });

  it('keeps what explains each: another income, another reason or another case is another explanation', () => {
    const next = numbersFrom(seed);
    const planted = { income: 0, why: 0, case: 0 };
    for (let at = 0; at < 2_000; at++) {
      const assessed = assessCase(inOneRun(next), parametersOf('2026-11'));
      if (!assessed.ok) throw new Error(assessed.error.type);
      const { value } = assessed;
      const { seen, of } = value;
      const right = JSON.stringify(explained(value));
      const isSeen = (wrong: Partial<typeof value>) => JSON.stringify(explained({ ...value, ...wrong })) !== right;
      if (isSeen({ seen: { ...seen, income: seen.income + 1 } })) planted.income++;
      if (isSeen({ seen: { ...seen, whys: seen.whys ^ 1 } })) planted.why++;
      if (of.next === null || isSeen({ of: of.next })) planted.case++;
    }
    expect(planted).toEqual({ income: 2_000, why: 2_000, case: 2_000 });
  });

  it(`of ${many} households of one month run makes no more than 2,000 assessments`, time, () => {
    const next = numbersFrom(seed);
    const cases = new Set<EqualCase>();
    const facts = Array.from({ length: many }, () => inOneRun(next));
    for (const one of facts) {
      const assessed = assessCase(one, inForce(one));
      if (assessed.ok) cases.add(assessed.value.of);
    }
    expect(cases.size).toBeGreaterThan(100);
    expect(cases.size).toBeLessThan(2_000);
  });
});
