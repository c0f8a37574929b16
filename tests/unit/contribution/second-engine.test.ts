import { expect, it } from 'vitest';
import { assessMonth, type MonthAssessment } from '../../../shared/contribution/assess-month.ts';
import { adult, factsOf, minor, parametersOf, withOverrides } from './facts.ts';
import { secondOpinion, type Household, type Person } from './second-engine.ts';

const seed = 20_261_124;

/** xorshift32: the same households on every machine. */
function numbers(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const months = ['2022-04', '2022-11', '2022-12', '2023-02', '2023-09', '2023-10', '2024-06', '2024-07', '2024-12'];
const later = ['2025-01', '2025-09', '2025-10', '2026-11', '2028-02'];

function draw(next: (below: number) => number): Household {
  const adults = 1 + next(3);
  const alone = { adult: false, unaccompanied: true, inCare: false };
  const people: Person[] = [
    ...Array.from({ length: adults }, () => ({ adult: true, unaccompanied: false, inCare: next(40) === 0 })),
    ...Array.from({ length: next(5) }, () =>
      next(20) === 0 ? alone : { adult: false, unaccompanied: false, inCare: next(40) === 0 },
    ),
  ];
  const month = next(3) === 0 ? (months[next(months.length)] ?? '') : (later[next(later.length)] ?? '');
  const pay = Array.from({ length: adults }, () => (next(3) === 0 ? 0 : next(300_000)));
  return {
    month,
    hosted: next(5) === 0,
    catered: next(3) === 0,
    people,
    pay: month < '2023-02' ? pay.map(() => 0) : pay,
    mode: (['step', 'taper', 'manual'] as const)[next(3)] ?? 'manual',
    formula: next(3) === 0 ? 'scaled_leefgeld_plus_eb' : 'scaled_sum',
    count: next(2) === 0 ? 'earners' : 'adults',
  };
}

const parameters = new Map([...months, ...later].map((month) => [month, parametersOf(month)]));

function engine({ month, hosted, catered, people, pay, mode, formula, count }: Household): MonthAssessment {
  const members = people.map(({ adult: grown, unaccompanied, inCare }, at) => ({
    ...(grown ? adult : minor)(`p${at}`),
    unaccompanied,
    inCareInstitution: inCare,
  }));
  const facts = factsOf({
    month,
    members,
    reception: hosted ? 'private' : 'municipal',
    catered,
    incomes: Object.fromEntries(pay.map((amount, at) => [`p${at}`, amount])),
    policy: withOverrides({
      'threshold.partial_mode': mode,
      'threshold.formula': formula,
      'threshold.eb_count': count,
    }),
  });
  const assessed = assessMonth(facts, parameters.get(month) ?? parametersOf(month));
  if (!assessed.ok) throw new Error(JSON.stringify(assessed.error));
  return assessed.value;
}

it(`agrees with a second engine on 100,000 households (seed ${seed})`, { timeout: 60_000 }, () => {
  const next = numbers(seed);
  const differing: unknown[] = [];
  const zones = new Map<string, number>();
  for (let at = 0; at < 100_000 && differing.length < 5; at++) {
    const household = draw(next);
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
