import { firstDayOf, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import type { Cents } from '../kernel/money.ts';
import type { ParameterName } from './parameter-row.ts';

/** `inCareInstitution`: clothing amount only (RooO art. 10 lid 7). */
export type FamilyMember = {
  readonly id: string;
  readonly birthDate: IsoDate;
  readonly unaccompanied: boolean;
  readonly inCareInstitution?: boolean;
};

export const incomeKinds = [
  'employment',
  'wage-replacement-benefit',
  'supplementary-benefit',
  'pension',
  'student-finance',
  'alimony',
  'site-chores',
  'holiday-pay',
  'bonus',
  'expense-allowance',
  'other',
] as const;
export type IncomeKind = (typeof incomeKinds)[number];
/** `outside`: it began after the first of the month, or had ended before; it is told and does not count (RooO art. 7 lid 2). */
export type AdultIncome = {
  readonly memberId: string;
  readonly kind: IncomeKind;
  readonly amountCents: Cents;
  readonly outside?: 'not-yet' | 'ended';
};

/**
 * `municipality`: four digits as text. `incomeBasis` has no default. `extraGrounds` count beside the legal kinds;
 * `excludedKinds` are parts of pay that the municipality leaves out.
 */
export type MunicipalPolicy = {
  readonly municipality: string;
  readonly incomeBasis: 'net' | 'gross';
  readonly extraGrounds: readonly IncomeKind[];
  readonly excludedKinds?: readonly IncomeKind[];
  readonly overrides: readonly {
    readonly param: ParameterName;
    readonly value: number | string;
    readonly reason: string;
    readonly source: string;
  }[];
};

/** Amounts set by a caseworker where the rules leave room. */
export type Judgement = {
  readonly allowanceCents?: Cents;
  readonly contributionCents?: Cents;
  readonly reason: string;
};

/** Days of reception in a month that did not begin, or did not end, in reception: `days` of `of`. */
export type PartMonth = { readonly which: 'first' | 'last'; readonly days: number; readonly of: number };

/** A decision that the contribution becomes at most this, because of its consequences for this family. */
export type Hardship = { readonly contributionCents: Cents; readonly until: IsoDate; readonly reason: string };

/** One family and its incomes as they are on the first day of the month. A minor's income appears in the steps and does not count. */
export type MonthFacts = {
  readonly month: IsoMonth;
  readonly reception: 'municipal' | 'private';
  readonly catered: boolean;
  readonly members: readonly FamilyMember[];
  readonly incomes: readonly AdultIncome[];
  readonly policy: MunicipalPolicy;
  readonly judgement?: Judgement;
  readonly partMonth?: PartMonth;
  readonly hardship?: Hardship;
  /** The last day of the term to tell an income, if it ended before this month without an answer (RooO art. 2a). */
  readonly incomeTermEnded?: IsoDate;
};

// Burgerlijk Wetboek, Boek 1 art. 233. From which age somebody pays is a rule of its own: row `eb.min_age`.
const ageOfMajority = 18;

/** The last birthday of whoever is `age` on the first day of `month`, that day included. */
export const bornByFor = (month: IsoMonth, age: number = ageOfMajority): IsoDate =>
  `${String(Number(month.slice(0, 4)) - age).padStart(4, '0')}${firstDayOf(month).slice(4)}` as IsoDate;

/** Of age (meerderjarig) on the first day of `month`: somebody whose 18th birthday is that very day is. */
export const isAdultIn = (month: IsoMonth, birthDate: IsoDate): boolean => birthDate <= bornByFor(month);
