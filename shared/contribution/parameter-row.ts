import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';

/** H legal or official, M municipal or reproduced by calculation, L weak (contribution.md §9, also for the names). */
export type Confidence = 'H' | 'M' | 'L';

export type ParameterName =
  | `food.${'adult' | 'minor'}.${'hh1_2' | 'hh3' | 'hh4p'}`
  | 'food.unaccompanied_minor'
  | 'food_when_catered'
  | 'clothing'
  | `host.${'adult' | 'minor' | 'person'}`
  | `eb.${'accommodation' | 'catering' | 'max_adults_per_family' | 'applies_to' | 'min_age'}`
  | `threshold.${'factor' | 'formula' | 'partial_mode' | 'compare' | 'eb_count'}`
  | 'effect_of_income_change'
  | 'leefgeld.withdrawal'
  | MunicipalSettingName;

/** What only a municipality can settle: there is no national row for it (contribution.md §8). */
/** How long somebody has; what comes with the app where nobody settled it stands in `follow-up/terms.json`. */
export const termNames = ['term.objection', 'term.income_request', 'term.arrival_information'] as const;
export type TermName = (typeof termNames)[number];
export const municipalSettingNames = [
  'income.floor',
  'bill.offset_months',
  'payment.instalments',
  'no_income_info',
  'hardship.effect',
  'month.first',
  'month.last',
  ...termNames,
] as const;
export type MunicipalSettingName = (typeof municipalSettingNames)[number];

/** `value` by `unit`: whole cents, basis points, days or a count; a word for a choice. */
export type ParameterRow = {
  readonly param: ParameterName;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  readonly value: number | string;
  readonly unit: 'cents' | 'basis-points' | 'days' | 'count' | 'choice';
  readonly confidence: Confidence;
  readonly article: string;
  readonly source: string;
  readonly checkedOn: IsoDate;
};

/** What a value may be: a whole number within limits (both included), or one of some words. */
type ValueRule =
  | { readonly unit: Exclude<ParameterRow['unit'], 'choice'>; readonly least: number; readonly most: number }
  | { readonly unit: 'choice'; readonly words: readonly string[] };

/** The limits only catch typing errors (euros for cents, a factor of 1.15); they are no rules of law. */
const amount: ValueRule = { unit: 'cents', least: 0, most: 1_000_000 };
const choice = (...words: string[]): ValueRule => ({ unit: 'choice', words });
const days: ValueRule = { unit: 'days', least: 1, most: 365 };
const count = (least: number, most: number): ValueRule => ({ unit: 'count', least, most });

const valueRules: Readonly<Record<ParameterName, ValueRule>> = {
  'food.adult.hh1_2': amount,
  'food.adult.hh3': amount,
  'food.adult.hh4p': amount,
  'food.minor.hh1_2': amount,
  'food.minor.hh3': amount,
  'food.minor.hh4p': amount,
  'food.unaccompanied_minor': choice('food.adult', 'food.minor'),
  food_when_catered: amount,
  clothing: amount,
  'host.adult': amount,
  'host.minor': amount,
  'host.person': amount,
  'eb.accommodation': amount,
  'eb.catering': amount,
  'eb.max_adults_per_family': count(1, 20),
  /** `none`: a municipality that does not collect yet. */
  'eb.applies_to': choice('municipal', 'none'),
  'eb.min_age': count(18, 99),
  'threshold.factor': { unit: 'basis-points', least: 10_000, most: 30_000 },
  'threshold.formula': choice('scaled_sum', 'scaled_leefgeld_plus_eb'),
  'threshold.partial_mode': choice('step', 'taper', 'manual'),
  'threshold.compare': choice('>=', '>'),
  'threshold.eb_count': choice('earners', 'adults'),
  effect_of_income_change: choice('next-month'),
  'leefgeld.withdrawal': choice('discretionary', 'mandatory'),
  /** Up to and with this income no contribution is asked. */
  'income.floor': amount,
  /** How many months after the month itself the bill comes; 0: in the same month. */
  'bill.offset_months': count(0, 12),
  'payment.instalments': count(1, 60),
  /** What happens when the term to tell an income has ended; nothing settled: `ask`. */
  no_income_info: choice('ask', 'default_impose'),
  /** Whether a hardship decision lowers the contribution by itself; nothing settled: `lowers`. */
  'hardship.effect': choice('lowers', 'by_hand'),
  /** Arrival, and departure, during a month; nothing settled: `manual`, and `full` (changes act from the next month). */
  'month.first': choice('manual', 'full', 'pro_rata'),
  'month.last': choice('manual', 'full', 'pro_rata'),
  'term.objection': days,
  'term.income_request': days,
  'term.arrival_information': days,
};

/** Every parameter the calculation knows, in the order of contribution.md §9. */
export const parameterNames = Object.keys(valueRules) as readonly ParameterName[];

/** Unit and room of a parameter, for forms that let a municipality enter its own value. */
export const parameterValueRule = (param: ParameterName): ValueRule => valueRules[param];

/** What a municipality can put its own value before; where there is one possible value only, nothing can be chosen. */
export const ownParameters: readonly ParameterName[] = parameterNames.filter((param) => {
  const rule = valueRules[param];
  return rule.unit !== 'choice' || rule.words.length > 1;
});

/** Whether the calculation can use `value` for `param`: right type and within the room of `parameterValueRule`. */
export function isParameterValue(param: ParameterName, value: unknown): value is number | string {
  const rule = valueRules[param];
  if (rule.unit === 'choice') return typeof value === 'string' && rule.words.includes(value);
  return Number.isSafeInteger(value) && Number(value) >= rule.least && Number(value) <= rule.most;
}

const day = z.custom<IsoDate>(
  (value) => typeof value === 'string' && parseIsoDate(value) !== undefined,
  'not a calendar day',
);

const rowShape = {
  param: z.enum(parameterNames as [ParameterName, ...ParameterName[]]),
  from: day,
  to: day.nullable(),
  value: z.union([z.int(), z.string()]),
  unit: z.enum(['cents', 'basis-points', 'days', 'count', 'choice']),
  confidence: z.enum(['H', 'M', 'L']),
  article: z.string().min(1),
  source: z.string().min(1),
  checkedOn: day,
};
/** A row as a receipt keeps it: its value was possible when it was used, whatever later versions allow. */
export const keptRowSchema = z.object(rowShape);

/** One row of a dated file. */
const parameterRowSchema = z
  .strictObject(rowShape)
  .refine((row) => row.unit === valueRules[row.param].unit, 'the unit is not that of the parameter')
  .refine((row) => isParameterValue(row.param, row.value), 'the value is not possible for the parameter')
  .refine((row) => row.to === null || row.to >= row.from, 'ends before it begins');

/** One file: all rows that begin on one day, each parameter once. */
export const parameterFileSchema = z
  .strictObject({ from: day, rows: z.array(parameterRowSchema).min(1) })
  .superRefine((file, context) => {
    const seen = new Set<ParameterName>();
    file.rows.forEach((row, at) => {
      const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['rows', at, row.param], message });
      if (row.from !== file.from) wrong('begins on another day than its file');
      if (seen.has(row.param)) wrong('stands twice');
      seen.add(row.param);
    });
  });
