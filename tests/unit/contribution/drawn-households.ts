import type { MonthFacts, MunicipalPolicy } from '../../../shared/contribution/assess-month.ts';
import { adult, factsOf, minor, withOverrides } from './facts.ts';
import type { Household, Person } from './second-engine.ts';

/** xorshift32: the same households on every machine. */
export function numbersFrom(from: number): (below: number) => number {
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

/** Any household in any month that the rules know. */
export function drawHousehold(next: (below: number) => number): Household {
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

export const drawnMonths = [...months, ...later];

export function toFacts({ month, hosted, catered, people, pay, mode, formula, count }: Household): MonthFacts {
  const members = people.map(({ adult: grown, unaccompanied, inCare }, at) => ({
    ...(grown ? adult : minor)(`p${at}`),
    unaccompanied,
    inCareInstitution: inCare,
  }));
  return factsOf({
    month,
    members,
    reception: hosted ? 'private' : 'municipal',
    catered,
    incomes: Object.fromEntries(pay.map((amount, at) => [`p${at}`, amount])),
    policy: policyOf(mode, formula, count),
  });
}

/** A municipality settles once for all its households: those with the same settings share them, as in the app. */
function policyOf(mode: Household['mode'], formula: Household['formula'], count: Household['count']): MunicipalPolicy {
  const key = `${mode} ${formula} ${count}`;
  const policy =
    policies.get(key) ??
    withOverrides({ 'threshold.partial_mode': mode, 'threshold.formula': formula, 'threshold.eb_count': count });
  policies.set(key, policy);
  return policy;
}
const policies = new Map<string, MunicipalPolicy>();
