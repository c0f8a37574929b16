import { cents, sumCents, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import { isAdultIn, type AdultIncome, type IncomeKind, type MonthFacts } from './month-facts.ts';
import { makeStep, type Ground, type RuleRows } from './rule-rows.ts';

export type CountableIncome = {
  readonly total: Cents;
  /** Countable cents per adult; who has none is absent. */
  readonly byMember: ReadonlyMap<string, Cents>;
  readonly step: AssessmentStep;
};

// RooO art. 7 lid 2 and art. 13 lid 2; `supplementary-benefit` is the Toeslagenwet, not zorgtoeslag or huurtoeslag.
const legalKinds: readonly IncomeKind[] = ['employment', 'wage-replacement-benefit', 'supplementary-benefit'];
/** Parts of pay: income from work, unless the municipality leaves them out. An allowance for expenses is not (weak). */
export const payKinds: readonly IncomeKind[] = ['holiday-pay', 'bonus'];

/**
 * What counts of the family's incomes, in cents: legal kinds and extra grounds of the municipality, of adults only.
 * Inputs are `<why>.<memberId>.<kind>`; why = `counted`, `minor`, `no-ground`, `excluded`, `not-yet` or `ended`.
 */
export function countableIncome(facts: MonthFacts, rows: RuleRows): Result<CountableIncome, MissingParameterError> {
  const extraKinds = facts.policy.extraGrounds.filter((kind) => !legalKinds.includes(kind));
  const excluded = (facts.policy.excludedKinds ?? []).filter((kind) => payKinds.includes(kind));
  const adults = new Set(
    facts.members.filter((member) => isAdultIn(facts.month, member.birthDate)).map((member) => member.id),
  );
  const why = (income: AdultIncome) => {
    if (!adults.has(income.memberId)) return 'minor';
    // RooO art. 11a: pay for chores on the site is not income, whatever a municipality counts beside the law.
    if (income.kind === 'site-chores') return 'no-ground';
    if (excluded.includes(income.kind)) return 'excluded';
    const hasGround = [legalKinds, payKinds, extraKinds].some((kinds) => kinds.includes(income.kind));
    return hasGround ? (income.outside ?? 'counted') : 'no-ground';
  };
  const items = new Map<string, number>();
  const byMember = new Map<string, Cents>();
  let onExtraGround = false;
  for (const income of facts.incomes) {
    const reason = why(income);
    const key = `${reason}.${income.memberId}.${income.kind}`;
    items.set(key, (items.get(key) ?? 0) + income.amountCents);
    if (reason !== 'counted') continue;
    byMember.set(income.memberId, cents((byMember.get(income.memberId) ?? 0) + income.amountCents));
    onExtraGround ||= extraKinds.includes(income.kind) || payKinds.includes(income.kind);
  }
  const total = sumCents([...byMember.values()]);
  const read = rows.read(['effect_of_income_change']);
  if (!read.ok) return read;
  const grounds: Ground[] = [read.value.effect_of_income_change];
  if (total > 0) {
    const withdrawal = rows.read(['leefgeld.withdrawal']);
    if (!withdrawal.ok) return withdrawal;
    grounds.push(withdrawal.value['leefgeld.withdrawal']);
  }
  // Beside grounds a and b of art. 7 lid 2, and for parts of pay, only single municipalities are known: weak.
  if (onExtraGround) grounds.push({ ...grounds[0]!, source: municipalSource(facts), confidence: 'L' });
  const sorted = [...items].sort(([a], [b]) => (a < b ? -1 : 1));
  const inputs = { basis: facts.policy.incomeBasis, ...Object.fromEntries(sorted) };
  return ok({ total, byMember, step: makeStep('countable-income', grounds, inputs, total) });
}

export const municipalSource = (facts: MonthFacts): string => `gemeente ${facts.policy.municipality}`;
