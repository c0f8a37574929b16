import type { FollowUp, FollowUpType, ObjectionOutcome, ObjectionStatus } from '../../../shared/follow-up/follow-up.ts';
import { openAmount } from '../../../shared/follow-up/instalments.ts';
import type { IsoDate, IsoMonth } from '../../../shared/kernel/dates.ts';
import type { Cents } from '../../../shared/kernel/money.ts';
import type { Value } from '../../../shared/records/record.ts';

export type Problem = 'day' | 'amount' | 'notNegative' | 'text' | 'until' | 'instalments' | 'months' | 'tooMuch';
export type Found<Field extends string> = readonly { readonly field: Field; readonly problem: Problem }[];

/** What is typed when something is recorded for the first time. */
export type NewForm = {
  readonly type: FollowUpType;
  readonly day: IsoDate | null;
  readonly month: IsoMonth;
  readonly text: string;
  readonly evidence: string;
  readonly amount: Cents | null;
  readonly until: IsoDate | null;
  readonly firstMonth: IsoMonth;
  readonly instalments: number | null;
};
export type NewField = 'day' | 'text' | 'evidence' | 'amount' | 'until' | 'instalments';

/** Fields beside the day, in their order on the form. */
export const fieldsOf: Readonly<Record<FollowUpType, readonly NewField[]>> = {
  request: ['day'],
  objection: ['day', 'text'],
  hardship: ['day', 'amount', 'until', 'text', 'evidence'],
  arrangement: ['day', 'amount', 'instalments', 'text'],
  arrear: ['day', 'amount'],
  information: ['day', 'until', 'text'],
};

export function newProblems(form: NewForm): Found<NewField> {
  const problemOf = (field: NewField): Problem | null => {
    switch (field) {
      case 'day':
        return form.day === null ? 'day' : null;
      case 'text':
      case 'evidence':
        return form[field].trim() === '' ? 'text' : null;
      case 'amount':
        if (form.type === 'hardship') return form.amount === null || form.amount < 0 ? 'notNegative' : null;
        return form.amount === null || form.amount <= 0 ? 'amount' : null;
      case 'until':
        if (form.until === null) return 'day';
        return form.day !== null && form.until < form.day ? 'until' : null;
      case 'instalments':
        return form.instalments === null || form.instalments < 1 || form.instalments > 60 ? 'instalments' : null;
    }
  };
  return fieldsOf[form.type].flatMap((field) => {
    const problem = problemOf(field);
    return problem === null ? [] : [{ field, problem }];
  });
}

type About = {
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly site: string | null;
  readonly decision: string | null;
};

/** The first fields of the record; only for a form without problems. */
export function newValues(form: NewForm, about: About): Readonly<Record<string, Value>> {
  const { type, day, month, amount, until, instalments, firstMonth } = form;
  const { familyId, grownChild, site, decision } = about;
  const text = form.text.trim();
  const own: Readonly<Record<FollowUpType, Readonly<Record<string, Value>>>> = {
    request: {},
    objection: { subject: text },
    hardship: { hardship: { amountCents: amount, until, reason: text, evidence: form.evidence.trim() } },
    arrangement: { arrangement: { firstMonth, totalCents: amount, instalments, reason: text } },
    arrear: { arrear: { amountCents: amount } },
    information: { closed: { day: until, reason: text } },
  };
  return {
    placement: { site },
    about: { type, familyId, grownChild, day, month: type === 'information' ? null : month, decision },
    ...own[type],
  };
}

export type FactName = 'status' | 'outcome' | 'paid' | 'pause' | 'waiver' | 'closed';

/** What can still happen to a follow-up that is open. */
export const factsFor: Readonly<Record<FollowUpType, readonly FactName[]>> = {
  request: ['closed'],
  objection: ['status', 'outcome'],
  hardship: ['closed'],
  arrangement: ['paid', 'pause', 'waiver', 'closed'],
  arrear: ['paid', 'waiver', 'closed'],
  information: ['closed'],
};

export type FactForm = {
  readonly day: IsoDate | null;
  readonly amount: Cents | null;
  readonly from: IsoMonth;
  readonly to: IsoMonth;
  readonly status: ObjectionStatus;
  readonly outcome: ObjectionOutcome;
  readonly decision: string | null;
  readonly text: string;
};
export type FactField = 'day' | 'amount' | 'to' | 'text';

export function factProblems(name: FactName, form: FactForm, item: FollowUp): Found<FactField> {
  const found: { field: FactField; problem: Problem }[] = [];
  if (name !== 'pause' && form.day === null) found.push({ field: 'day', problem: 'day' });
  if (name === 'paid' || name === 'waiver') {
    if (form.amount === null || form.amount <= 0) found.push({ field: 'amount', problem: 'amount' });
    else if (form.amount > openAmount(item)) found.push({ field: 'amount', problem: 'tooMuch' });
  }
  if (name === 'pause' && form.to < form.from) found.push({ field: 'to', problem: 'months' });
  if (name !== 'paid' && name !== 'status' && form.text.trim() === '') found.push({ field: 'text', problem: 'text' });
  return found;
}

/** One dated fact under a key of its own, so that two laptops never write over each other. */
export function toFact(name: FactName, form: FactForm, key: string): readonly [field: string, value: Value] {
  const { day, amount, from, to, status, outcome, decision } = form;
  const reason = form.text.trim();
  switch (name) {
    case 'status':
      return [`status.${key}`, { day, status, note: reason }];
    case 'outcome':
      return ['outcome', { day, outcome, reason, decision }];
    case 'paid':
      return [`paid.${key}`, { day, amountCents: amount }];
    case 'pause':
      return [`pause.${key}`, { from, to, reason }];
    case 'waiver':
      return [`waiver.${key}`, { day, amountCents: amount, reason }];
    case 'closed':
      return ['closed', { day, reason }];
  }
}
