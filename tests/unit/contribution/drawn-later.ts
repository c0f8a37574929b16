import type { MonthFacts, MunicipalPolicy } from '../../../shared/contribution/assess-month.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { toFacts } from './drawn-households.ts';
import { withOverrides } from './facts.ts';
import type { Household } from './second-engine.ts';
import type { Later } from './second-engine-later.ts';

type Draw = (below: number) => number;

/** What can come on top of a household; about one in four has none of it. */
export function drawLater(next: Draw, { people, pay, month }: Household): Later {
  const adults = people.flatMap(({ adult }, at) => (adult ? [at] : []));
  const part = next(3) === 0;
  const which = next(3) === 0 ? 'last' : 'first';
  const of = [28, 30, 31][next(3)] ?? 31;
  return {
    // Before the duty to report nobody tells anything: those months have no incomes of 0 to leave out.
    silent: adults.filter((at) => pay[at] === 0 && month >= '2023-02' && next(2) === 0),
    imposes: next(2) === 0,
    part: part
      ? { which, days: 1 + next(of - 1), of, how: (['manual', 'full', 'pro_rata', null] as const)[next(4)] ?? null }
      : null,
    hardship:
      next(3) === 0
        ? { most: next(4) === 0 ? 0 : next(60_000), how: (['lowers', 'by_hand', null] as const)[next(3)] ?? null }
        : null,
  };
}

/** The household with it, as the engine takes it. */
export function laterFacts(household: Household, { silent, imposes, part, hardship }: Later): MonthFacts {
  const facts = toFacts(household);
  const names = silent.map((at) => `p${String(at)}`);
  return {
    ...facts,
    incomes: facts.incomes.filter(({ memberId }) => !names.includes(memberId)),
    policy: policyOf(facts.policy, imposes, part, hardship),
    ...(part === null ? {} : { partMonth: { which: part.which, days: part.days, of: part.of } }),
    ...(hardship === null
      ? {}
      : { hardship: { contributionCents: cents(hardship.most), until: isoDate('2030-01-01'), reason: 'schulden' } }),
    ...(imposes ? { incomeTermEnded: isoDate('2022-03-31') } : {}),
  };
}

function policyOf(
  base: MunicipalPolicy,
  imposes: boolean,
  part: Later['part'],
  hardship: Later['hardship'],
): MunicipalPolicy {
  const own = {
    ...(imposes ? { no_income_info: 'default_impose' } : {}),
    ...(part?.how ? { [part.which === 'first' ? 'month.first' : 'month.last']: part.how } : {}),
    ...(hardship?.how ? { 'hardship.effect': hardship.how } : {}),
  };
  const key = JSON.stringify([base.overrides, own]);
  const policy = policies.get(key) ?? {
    ...base,
    overrides: [...base.overrides, ...withOverrides(own).overrides],
  };
  policies.set(key, policy);
  return policy;
}
const policies = new Map<string, MunicipalPolicy>();
