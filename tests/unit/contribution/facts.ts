import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import {
  assessMonth,
  type FamilyMember,
  type IncomeKind,
  type Judgement,
  type MonthAssessment,
  type MonthFacts,
  type MunicipalPolicy,
} from '../../../shared/contribution/assess-month.ts';
import {
  parametersFor,
  type ContributionParameters,
  type ParameterName,
} from '../../../shared/contribution/parameters.ts';

export const policy: MunicipalPolicy = { municipality: '0344', incomeBasis: 'net', extraGrounds: [], overrides: [] };

/** The policy with municipal values put before the national ones. */
export const withOverrides = (values: Partial<Record<ParameterName, number | string>>): MunicipalPolicy => ({
  ...policy,
  overrides: Object.entries(values).map(([param, value]) => ({
    param: param as ParameterName,
    value,
    reason: 'beleidsregel',
    source: 'gemeenteblad 1',
  })),
});

export const adult = (id: string): FamilyMember => ({ id, birthDate: isoDate('1985-05-20'), unaccompanied: false });
/** Born in 2015: a minor in every month of the tables. */
export const minor = (id: string): FamilyMember => ({ id, birthDate: isoDate('2015-05-20'), unaccompanied: false });

/** `'2+1'` is two adults (a1, a2) and one minor (m1). */
export function household(sizes: string): readonly FamilyMember[] {
  const [adults = 0, minors = 0] = sizes.split('+').map(Number);
  const numbered = (count: number, make: (id: string) => FamilyMember, prefix: string) =>
    Array.from({ length: count }, (_, at) => make(`${prefix}${at + 1}`));
  return [...numbered(adults, adult, 'a'), ...numbered(minors, minor, 'm')];
}

export type Case = {
  readonly month: string;
  readonly members: readonly FamilyMember[];
  readonly reception?: 'municipal' | 'private';
  readonly catered?: boolean;
  /** Cents per member id, from work unless `kind` says otherwise. */
  readonly incomes?: Readonly<Record<string, number>>;
  readonly kind?: IncomeKind;
  readonly policy?: MunicipalPolicy;
  readonly judgement?: Judgement;
  readonly also?: Pick<MonthFacts, 'partMonth' | 'hardship' | 'incomeTermEnded'>;
};

export const factsOf = (given: Case): MonthFacts => ({
  month: isoMonth(given.month),
  reception: given.reception ?? 'municipal',
  catered: given.catered ?? false,
  members: given.members,
  incomes: Object.entries(given.incomes ?? {}).map(([memberId, amount]) => ({
    memberId,
    kind: given.kind ?? 'employment',
    amountCents: cents(amount),
  })),
  policy: given.policy ?? policy,
  ...(given.judgement === undefined ? {} : { judgement: given.judgement }),
  ...given.also,
});

export function parametersOf(month: string): ContributionParameters {
  const found = parametersFor(isoMonth(month));
  if (!found.ok) throw new Error(`no parameters for ${month}`);
  return found.value;
}

export const tryAssess = (given: Case) => assessMonth(factsOf(given), parametersOf(given.month));

export function assess(given: Case): MonthAssessment {
  const result = tryAssess(given);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export const stepAmount = (assessment: MonthAssessment, rule: string): number | undefined =>
  assessment.steps.find((step) => step.rule === rule)?.amount;
