import { firstDayOf, lastDayOf, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import type { Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  isAdultIn,
  type AdultIncome,
  type FamilyMember,
  type IncomeKind,
  type Judgement,
  type MonthFacts,
  type MunicipalPolicy,
} from './month-facts.ts';
import { policyOn, type DatedPolicy } from './dated-policy.ts';

/** `from … to`, both included; `to` null while it lasts. */
export type Period = { readonly from: IsoDate; readonly to: IsoDate | null };
export type ExclusionReason = 'dutch-nationality' | 'protection-refused' | 'detention';

/** Somebody of a registered family; one person can have several periods. `child`: a dependent child of the others. */
export type DatedMember = Period & {
  readonly id: string;
  readonly birthDate: IsoDate;
  readonly role: 'adult' | 'child';
  readonly unaccompanied: boolean;
  readonly inCare: readonly Period[];
  /** First and last day in reception, where that is known: a part of a month is told by these alone. */
  readonly arrivedOn?: IsoDate;
  readonly leftAfter?: IsoDate;
  /** RooO art. 4: nothing is given to and nothing asked of them. */
  readonly exclusions: readonly (Period & { readonly reason: ExclusionReason })[];
};
/** In force until the next one; `none`: an own dwelling, which is neither GOO nor POO (RooO art. 1 h, i). */
export type DatedReception = {
  readonly from: IsoDate;
  readonly reception: 'municipal' | 'private' | 'none';
  readonly catered: boolean;
};
/** What somebody has in one month. `startedOn`: when this income began, if that is known; null: before this month. */
export type MonthIncome = {
  readonly memberId: string;
  readonly kind: IncomeKind;
  readonly month: IsoMonth;
  readonly amountCents: Cents;
  readonly startedOn: IsoDate | null;
  readonly endedOn?: IsoDate;
};

export type DatedFamily = {
  readonly month: IsoMonth;
  readonly members: readonly DatedMember[];
  readonly receptions: readonly DatedReception[];
  readonly incomes: readonly MonthIncome[];
  readonly policy: DatedPolicy;
  readonly judgement?: Judgement;
};

/** `grownChild`: the child that became of age and is a family of one; null for the family itself. */
export type FamilyUnit = { readonly grownChild: string | null; readonly facts: MonthFacts };
export type FamilyMonth = {
  readonly units: readonly FamilyUnit[];
  readonly leftOut: readonly { readonly memberId: string; readonly reason: ExclusionReason }[];
};
export type FamilyMonthError =
  | { readonly type: 'no-reception' | 'income-basis-missing'; readonly month: IsoMonth }
  /** `leftOut`: who is there and is given nothing. Empty: nobody is there, so that the month asks nothing of anybody. */
  | { readonly type: 'no-members'; readonly month: IsoMonth; readonly leftOut: FamilyMonth['leftOut'] }
  | { readonly type: 'income-of-stranger'; readonly memberId: string }
  | { readonly type: 'negative-income'; readonly memberId: string; readonly kind: IncomeKind };

/**
 * Whether nobody of the family was in reception in the month: not arrived yet, gone already, or still with another
 * family, since who changes families during a month counts where they were. Then the month has no household of it.
 */
export const isNobodyThere = (error: { readonly type: string } & { readonly leftOut?: readonly unknown[] }): boolean =>
  error.type === 'no-members' && (error.leftOut ?? []).length === 0;

/**
 * The facts of one registered family as they are on the first day of the month; what changes later in the month acts
 * from the next one (RooO art. 7 lid 2). A child of age on that day is a unit of its own (art. 1 g). The judgement
 * belongs to the family itself.
 */
export function familyMonth(family: DatedFamily): Result<FamilyMonth, FamilyMonthError> {
  const { month } = family;
  const day = countingDay(family.members, month);
  const wrongIncome = findWrongIncome(family);
  if (wrongIncome !== undefined) return err(wrongIncome);
  const policy = policyOn(family.policy, firstDayOf(month));
  if (policy === undefined) return err({ type: 'income-basis-missing', month });
  const present = membersOn(family.members, day);
  const leftOut = present.flatMap((member) => {
    const exclusion = member.exclusions.find((period) => holdsOn(period, day));
    return exclusion === undefined ? [] : [{ memberId: member.id, reason: exclusion.reason }];
  });
  const entitled = present.filter((member) => !leftOut.some((out) => out.memberId === member.id));
  if (entitled.length === 0) return err({ type: 'no-members', month, leftOut });
  const reception = family.receptions
    .filter((entry) => entry.from <= day)
    .reduce<DatedReception | undefined>((last, entry) => (last && last.from > entry.from ? last : entry), undefined);
  if (reception === undefined || reception.reception === 'none') return err({ type: 'no-reception', month });

  const kind = reception.reception;
  const unit = (grownChild: string | null, members: readonly DatedMember[]): FamilyUnit => ({
    grownChild,
    facts: {
      month,
      reception: kind,
      catered: reception.catered,
      members: members.map((member) => toFamilyMember(member, day)),
      incomes: family.incomes
        .filter((income) => income.month === month && members.some((member) => member.id === income.memberId))
        .map((income) => toAdultIncome(income, day)),
      policy,
      ...partMonthOf(members, month, policy),
      ...(grownChild === null && family.judgement !== undefined ? { judgement: family.judgement } : {}),
    },
  });
  const isGrown = (member: DatedMember) => member.role === 'child' && isAdultIn(month, member.birthDate);
  const others = entitled.filter((member) => !isGrown(member));
  const grown = entitled.filter(isGrown).map((member) => unit(member.id, [member]));
  return ok({ units: others.length === 0 ? grown : [unit(null, others), ...grown], leftOut });
}

/**
 * The first of the month. Where nobody of the family was in reception yet and somebody arrives later in the month, that
 * day: what such a month gets is a setting of the municipality.
 */
export function countingDay(
  members: readonly Pick<DatedMember, 'from' | 'to' | 'arrivedOn'>[],
  month: IsoMonth,
): IsoDate {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  if (members.some((member) => holdsOn(member, first))) return first;
  const arrivals = members.flatMap(({ from, arrivedOn }) =>
    arrivedOn === from && from > first && from <= last ? [from] : [],
  );
  return arrivals.sort()[0] ?? first;
}

/** The last month counts in part only where the municipality settled that: changes act from the next month. */
function partMonthOf(
  members: readonly DatedMember[],
  month: IsoMonth,
  policy: MunicipalPolicy,
): Pick<MonthFacts, 'partMonth'> {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const of = dayOf(last);
  const begins = members.map(({ arrivedOn }) => arrivedOn ?? first).sort()[0] ?? first;
  if (begins > first) return { partMonth: { which: 'first', days: of - dayOf(begins) + 1, of } };
  const ends =
    members
      .map(({ leftAfter }) => leftAfter ?? last)
      .sort()
      .at(-1) ?? last;
  const isSettled = policy.overrides.some(({ param }) => param === 'month.last');
  return isSettled && ends >= first && ends < last ? { partMonth: { which: 'last', days: dayOf(ends), of } } : {};
}
const dayOf = (day: IsoDate): number => Number(day.slice(8));

const holdsOn = (period: Period, day: IsoDate): boolean =>
  period.from <= day && (period.to === null || period.to >= day);

/** Everybody once, in the order of their ids; of two periods that hold, the later one knows more. */
function membersOn(members: readonly DatedMember[], day: IsoDate): readonly DatedMember[] {
  const byId = new Map<string, DatedMember>();
  for (const member of members) {
    if (!holdsOn(member, day) || member.birthDate > day) continue;
    const known = byId.get(member.id);
    if (known === undefined || known.from < member.from) byId.set(member.id, member);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A job that begins or ends after the first of the month changes nothing yet (RooO art. 7 lid 2: from the next month). */
function toAdultIncome({ memberId, kind, amountCents, startedOn, endedOn }: MonthIncome, day: IsoDate): AdultIncome {
  const outside =
    startedOn !== null && startedOn > day ? 'not-yet' : endedOn !== undefined && endedOn < day ? 'ended' : null;
  return { memberId, kind, amountCents, ...(outside === null ? {} : { outside }) };
}

function toFamilyMember(member: DatedMember, day: IsoDate): FamilyMember {
  const { id, birthDate, unaccompanied } = member;
  const inCare = member.inCare.some((period) => holdsOn(period, day));
  return { id, birthDate, unaccompanied, ...(inCare ? { inCareInstitution: true } : {}) };
}

function findWrongIncome(family: DatedFamily): FamilyMonthError | undefined {
  const known = new Set(family.members.map((member) => member.id));
  for (const { memberId, kind, amountCents } of family.incomes) {
    if (!known.has(memberId)) return { type: 'income-of-stranger', memberId };
    if (amountCents < 0) return { type: 'negative-income', memberId, kind };
  }
  return undefined;
}
