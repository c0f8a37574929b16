import type { IncomeKind, MunicipalPolicy } from './month-facts.ts';

/** Whether a kind of income counts: by law, by what a municipality settled or did not leave out, or not. */
export type IncomeRule = 'legal' | 'municipal' | 'excluded' | 'no-ground';

// RooO art. 7 lid 2 and art. 13 lid 2; `supplementary-benefit` is the Toeslagenwet, not zorgtoeslag or huurtoeslag.
const legalKinds: readonly IncomeKind[] = ['employment', 'wage-replacement-benefit', 'supplementary-benefit'];
/** Parts of pay: income from work, unless the municipality leaves them out. An allowance for expenses is not (weak). */
const payKinds: readonly IncomeKind[] = ['holiday-pay', 'bonus'];

export function incomeRuleOf(policy: MunicipalPolicy, kind: IncomeKind): IncomeRule {
  // RooO art. 11a: pay for chores on the site is not income, whatever a municipality counts beside the law.
  if (kind === 'site-chores') return 'no-ground';
  if (payKinds.includes(kind)) return policy.excludedKinds?.includes(kind) === true ? 'excluded' : 'municipal';
  if (legalKinds.includes(kind)) return 'legal';
  return policy.extraGrounds.includes(kind) ? 'municipal' : 'no-ground';
}
