import { invariant } from '../kernel/assert.ts';
import { firstDayOf, type IsoDate } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { oneGround, type Grounds } from './grounds.ts';
import { incomeRuleOf, type IncomeRule } from './income-rule.ts';
import type { MissingParameterError } from './month-assessment.ts';
import { bornByFor, type IncomeKind, type MunicipalPolicy } from './month-facts.ts';
import {
  isParameterValue,
  municipalSettingNames,
  parameterNames,
  type MunicipalSettingName,
  type ParameterName,
  type ParameterRow,
} from './parameter-row.ts';
import type { ContributionParameters } from './parameters.ts';

export type RuleRow = {
  readonly value: number | string;
  readonly municipal: boolean;
  readonly ground: Grounds;
};
type Read = Result<RuleRow, MissingParameterError>;

/**
 * What the rules of one month and the policy of one municipality say, whatever the household: made once for both and
 * kept as long as they are. Everything in it is found when it is first asked for.
 */
export type RuleBook = {
  readonly parameters: ContributionParameters;
  readonly policy: MunicipalPolicy;
  /** Whether the contribution exists in this month. */
  readonly hasContribution: boolean;
  /** Whoever was born by this day is of age. */
  readonly adultsBornBy: IsoDate;
  /** Whoever was born by this day pays; the day of majority where no row says from which age. */
  readonly payersBornBy: IsoDate;
  readonly rows: Map<ParameterName, { readonly read: Read; readonly bit: number }>;
  readonly incomeRules: Map<IncomeKind, IncomeRule>;
  readonly bornBy: Map<number, IsoDate>;
  readonly municipal: Map<string, Grounds>;
  readonly weak: Map<Grounds, Grounds>;
  readonly used: Map<number, UsedRows>;
};

/** `since`: from when the newest amount among them holds; the first of the month where there is none. */
export type UsedRows = { readonly rows: readonly ParameterRow[]; readonly since: IsoDate };

/** The book during one assessment; `asked` has a bit for every row that was asked for. */
export type RuleRows = { readonly book: RuleBook; asked: number };

const books = new WeakMap<ContributionParameters, WeakMap<MunicipalPolicy, RuleBook>>();

export const ruleRows = (parameters: ContributionParameters, policy: MunicipalPolicy): RuleRows => ({
  book: ruleBook(parameters, policy),
  asked: 0,
});

export function ruleBook(parameters: ContributionParameters, policy: MunicipalPolicy): RuleBook {
  let ofMonth = books.get(parameters);
  if (ofMonth === undefined) books.set(parameters, (ofMonth = new WeakMap()));
  let book = ofMonth.get(policy);
  if (book === undefined) ofMonth.set(policy, (book = makeBook(parameters, policy)));
  return book;
}

const makeBook = (parameters: ContributionParameters, policy: MunicipalPolicy): RuleBook => ({
  parameters,
  policy,
  // Any row of it shows that the contribution exists in this month: a single missing row is then an error, not a gift.
  hasContribution: contributionNames.some((param) => parameters.rows[param] !== undefined),
  adultsBornBy: bornByFor(parameters.month),
  payersBornBy: bornByFor(parameters.month, payingAge({ parameters, policy })),
  rows: new Map(),
  incomeRules: new Map(),
  bornBy: new Map(),
  municipal: new Map(),
  weak: new Map(),
  used: new Map(),
});

function payingAge(rules: Rules): number | undefined {
  const row = findRow(rules, 'eb.min_age');
  return row === undefined ? undefined : Number(row.value);
}

const contributionNames = parameterNames.filter((param) => param.startsWith('eb.'));
const settings: readonly string[] = municipalSettingNames;
const nationalNames = parameterNames.filter((param) => !settings.includes(param)).sort();
invariant(nationalNames.length < 31, 'every parameter has a bit');
const bitOf = new Map<ParameterName, number>(nationalNames.map((param, at) => [param, 1 << at]));

/** The row in force: that of the municipality before the national one. A value that cannot be used counts as missing. */
export function readRow(rows: RuleRows, param: ParameterName): Read {
  const known = rows.book.rows.get(param);
  if (known !== undefined) {
    rows.asked |= known.bit;
    return known.read;
  }
  const row = findRow(rows.book, param);
  const read: Read = row === undefined ? err({ type: 'missing-parameter', param }) : ok(row);
  const bit = bitOf.get(param) ?? 0;
  rows.book.rows.set(param, { read, bit });
  rows.asked |= bit;
  return read;
}

/** What the municipality settled for it, where it did and there need not be a national row. */
export function ownRow(rows: RuleRows, param: MunicipalSettingName): RuleRow | undefined {
  const read = readRow(rows, param);
  return read.ok ? read.value : undefined;
}

export const hasRow = ({ book }: RuleRows, param: ParameterName): boolean => book.parameters.rows[param] !== undefined;

type Rules = Pick<RuleBook, 'parameters' | 'policy'>;

function findRow({ parameters, policy }: Rules, param: ParameterName): RuleRow | undefined {
  const national = parameters.rows[param];
  const own = policy.overrides.findLast((override) => override.param === param);
  if (own !== undefined) {
    if (!isParameterValue(param, own.value)) return undefined;
    const ground = oneGround({ article: national?.article ?? 'RooO', source: own.source, confidence: 'M' });
    return { value: own.value, municipal: true, ground };
  }
  if (national === undefined || !isParameterValue(param, national.value)) return undefined;
  return { value: national.value, municipal: false, ground: oneGround(national) };
}

/** The national rows behind everything read so far, also where the municipality put its own value before them. */
export function usedRows({ book, asked }: RuleRows): UsedRows {
  const known = book.used.get(asked);
  if (known !== undefined) return known;
  const rows = nationalNames.flatMap((param, at) =>
    (asked & (1 << at)) === 0 ? [] : (book.parameters.rows[param] ?? []),
  );
  const newest = rows
    .filter(({ unit }) => unit === 'cents')
    .reduce((last, { from }) => (from > last ? from : last), '');
  const used = { rows, since: newest === '' ? firstDayOf(book.parameters.month) : (newest as IsoDate) };
  book.used.set(asked, used);
  return used;
}

/** What somebody of the municipality set or chose, under an article. */
export function municipalGround(book: RuleBook, article: string, confidence: 'M' | 'L'): Grounds {
  const key = confidence + article;
  let ground = book.municipal.get(key);
  if (ground === undefined) {
    ground = oneGround({ article, source: `gemeente ${book.policy.municipality}`, confidence });
    book.municipal.set(key, ground);
  }
  return ground;
}

/** The same ground where it is not proven that it holds. */
export function weakGround(book: RuleBook, ground: Grounds): Grounds {
  let weak = book.weak.get(ground);
  if (weak === undefined) book.weak.set(ground, (weak = oneGround({ ...ground, confidence: 'L' })));
  return weak;
}

export function incomeRule(book: RuleBook, kind: IncomeKind): IncomeRule {
  let rule = book.incomeRules.get(kind);
  if (rule === undefined) book.incomeRules.set(kind, (rule = incomeRuleOf(book.policy, kind)));
  return rule;
}

/** Whoever was born by this day is `age` on the first of the month. */
export function bornBy(book: RuleBook, age: number): IsoDate {
  let day = book.bornBy.get(age);
  if (day === undefined) book.bornBy.set(age, (day = bornByFor(book.parameters.month, age)));
  return day;
}

export const centsOf = (row: RuleRow): Cents => cents(Number(row.value));
export const timesCents = (count: number, rate: Cents): Cents => cents(count * rate);
