import { addMonths, firstDayOf, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { cents, sumCents, type Cents } from '../kernel/money.ts';
import { componentNames, componentsOf, sumComponents, type ComponentName } from './components.ts';
import { decisionReference, replacedBy, type ReadDecision } from './decisions-of.ts';
import type { MonthBalance } from './money-entries.ts';

/** A cell of a file for the finance department: a text, a count, or an amount in cents. */
export type FinanceCell = string | null | { readonly count: number } | { readonly amount: Cents };
export type FinanceTable<Head extends string = string> = {
  readonly heads: readonly Head[];
  readonly rows: readonly (readonly FinanceCell[])[];
};

const leading = [
  'reference',
  'household',
  'person',
  'site',
  'municipality',
  'month',
  'billMonth',
  'reception',
  'persons',
] as const;
const paid = ['received', 'waived', 'open'] as const;
const trailing = ['decidedOn', 'replaces'] as const;
export type MonthHead = (typeof leading)[number] | ComponentName | (typeof paid)[number] | (typeof trailing)[number];

/** One decided line, with the names that only the register knows. */
export type MonthLine = {
  readonly decision: ReadDecision;
  readonly household: string;
  /** The child of age; null for the family itself. */
  readonly person: string | null;
  readonly site: string | null;
  readonly decidedOn: IsoDate;
  /** What came in for the month, what nobody has to pay any more, and what is open. */
  readonly balance: Pick<MonthBalance, (typeof paid)[number]>;
};

/**
 * The decisions of a month, one a row, by reference; the last row holds the totals of each component. `total` is the
 * word in its first cell, `receptions` the words for the two kinds.
 */
export function monthTable(
  lines: readonly MonthLine[],
  words: { readonly total: string; readonly receptions: Readonly<Record<'municipal' | 'private', string>> },
): FinanceTable<MonthHead> {
  const sorted = [...lines].sort((a, b) => (referenceOf(a.decision) < referenceOf(b.decision) ? -1 : 1));
  const all = sorted.map(({ decision }) => componentsOf(decision.receipt.assessment));
  const total = sumComponents(all);
  const rows = sorted.map((line, at): readonly FinanceCell[] => {
    const { receipt } = line.decision;
    const { month, reception, members, policy } = receipt.facts;
    return [
      referenceOf(line.decision),
      line.household,
      line.person,
      line.site,
      policy.municipality,
      month,
      addMonths(month, billOffsetOf(receipt)),
      words.receptions[reception],
      { count: members.length },
      ...componentNames.map((name) => ({ amount: all[at]?.[name] ?? cents(0) })),
      ...paid.map((name) => ({ amount: line.balance[name] })),
      line.decidedOn,
      replacedBy(receipt)
        .map((id) => decisionReference(id, month))
        .join(', '),
    ];
  });
  const persons = sorted.reduce((sum, { decision }) => sum + decision.receipt.facts.members.length, 0);
  return {
    heads: [...leading, ...componentNames, ...paid, ...trailing],
    rows: [
      ...rows,
      [
        words.total,
        ...leading.slice(1, -1).map(() => null),
        { count: persons },
        ...componentNames.map((name) => ({ amount: total[name] })),
        ...paid.map((name) => ({ amount: sumCents(sorted.map(({ balance }) => balance[name])) })),
        ...trailing.map(() => null),
      ],
    ],
  };
}

/** How many months after the month itself the bill comes, as the municipality had settled when it was decided. */
function billOffsetOf({ facts }: ReadDecision['receipt']): number {
  const own = facts.policy.overrides.findLast(({ param }) => param === 'bill.offset_months')?.value;
  return typeof own === 'number' ? own : 0;
}

const referenceOf = ({ id, receipt }: ReadDecision) => decisionReference(id, receipt.facts.month);

/** A file name that says nothing of anybody. */
export const monthFileName = (month: IsoMonth, extension: string): string =>
  `leefgeld-bijdrage-${firstDayOf(month).slice(0, 7)}.${extension}`;
