import { partsOf, secondOpinion, type Household } from '../unit/contribution/second-engine.ts';

type Condition = { readonly fact: string; readonly operator: string; readonly value: unknown };
const is = (fact: string, value: unknown): Condition => ({ fact, operator: 'equal', value });
const least = (fact: string, other: string): Condition => ({
  fact,
  operator: 'greaterThanInclusive',
  value: { fact: other },
});
const under = (fact: string, other: string): Condition => ({ fact, operator: 'lessThan', value: { fact: other } });
const earns: Condition = { fact: 'income', operator: 'greaterThan', value: 0 };
const counts = is('era', 'contribution');
const guest = is('hosted', true);
const ofSite = is('hosted', false);

/** The zones of contribution.md §7.1: when each holds, and which of the computed amounts are its outcome. */
const rules: readonly { readonly all: readonly Condition[]; readonly outcome: readonly [string, string] }[] = [
  { all: [is('era', 'before')], outcome: ['allowance', 'nothing'] },
  { all: [counts, is('income', 0)], outcome: ['full', 'nothing'] },
  { all: [counts, earns, ofSite, least('income', 'second')], outcome: ['nothing', 'due'] },
  ...['step', 'manual'].flatMap((mode) => [
    {
      all: [counts, earns, ofSite, is('mode', mode), least('income', 'first'), under('income', 'second')],
      outcome: ['nothing', 'nothing'] as const,
    },
    {
      all: [counts, earns, guest, is('mode', mode), least('income', 'first')],
      outcome: ['nothing', 'nothing'] as const,
    },
    { all: [counts, earns, is('mode', mode), under('income', 'first')], outcome: ['full', 'nothing'] as const },
  ]),
  {
    all: [counts, earns, ofSite, is('mode', 'taper'), least('income', 'first'), under('income', 'second')],
    outcome: ['nothing', 'above'],
  },
  { all: [counts, earns, guest, is('mode', 'taper'), least('income', 'first')], outcome: ['nothing', 'above'] },
  { all: [counts, earns, is('mode', 'taper'), under('income', 'first')], outcome: ['rest', 'nothing'] },
];

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access --
   The peer is not installed with the app, so its types are not there either. */
/** Amounts as computed facts, zones as rules: what such an engine is made for. One engine serves all households. */
export function makeRulesEngine(library: any) {
  const engine = new (library.Engine ?? library.default.Engine)();
  for (const { all, outcome } of rules)
    engine.addRule({ conditions: { all }, event: { type: 'outcome', params: { outcome } } });
  return async (household: Household): Promise<{ leefgeld: number; bijdrage: number }> => {
    const before = household.month < '2024-07';
    const parts = before ? { income: 0, first: 0, second: 0 } : partsOf(household);
    const amounts: Record<string, number> = before
      ? { allowance: secondOpinion(household).leefgeld, nothing: 0 }
      : { ...partsOf(household), nothing: 0 };
    amounts['rest'] = Math.min(amounts['full'] ?? 0, parts.first - parts.income);
    const { hosted, mode } = household;
    const facts = { ...parts, hosted, mode, era: before ? 'before' : 'contribution' };
    const { events } = await engine.run(facts);
    const [leefgeld, bijdrage] = events[0].params.outcome as readonly [string, string];
    return { leefgeld: amounts[leefgeld] ?? NaN, bijdrage: amounts[bijdrage] ?? NaN };
  };
}
