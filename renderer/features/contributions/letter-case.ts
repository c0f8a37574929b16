import type { ContributionDecision } from '../../../shared/contribution/decision.ts';
import { decisionReference, standingDecisions, type ReadDecision } from '../../../shared/contribution/decisions-of.ts';
import type { DatedPolicy } from '../../../shared/contribution/dated-policy.ts';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import type { FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { instalmentsOf, type Instalment } from '../../../shared/follow-up/instalments.ts';
import { lastDayOfTerm } from '../../../shared/follow-up/terms.ts';
import type { IsoDate, IsoMonth } from '../../../shared/kernel/dates.ts';
import type { LetterKind } from '../../../shared/letters/template.ts';
import { localDayOf } from '../../i18n/format.ts';
import type { AssessedFamily } from '../../services.tsx';
import { receiptHash } from './receipt-mark.ts';

export type LetterMember = { readonly id: string; readonly name: string; readonly nameCyrillic: string };

/** The decision a letter tells of or is about; its mark on paper is `reference` and the code of `id` and `hash`. */
type LetterDecision = {
  readonly id: string;
  readonly hash: string;
  readonly reference: string;
  readonly who: string;
  readonly day: IsoDate;
};

/** Everything one letter says, before it is put into words of a language. */
export type LetterCase = {
  readonly kind: LetterKind;
  readonly site: string;
  readonly municipality: string;
  /** Code of the municipality, for its own texts; null for a household without a site. */
  readonly code: string | null;
  readonly members: readonly LetterMember[];
  readonly month: IsoMonth;
  readonly printedOn: IsoDate;
  readonly assessment: MonthAssessment | null;
  /** When the bill comes, where that is another month; else null. */
  readonly billMonth: IsoMonth | null;
  readonly decision: LetterDecision | null;
  readonly before: { readonly reference: string; readonly allowance: number; readonly contribution: number } | null;
  /** Last day to object, to answer, or to decide, by kind. */
  readonly until: IsoDate | null;
  /** Asked or received. */
  readonly since: IsoDate | null;
  readonly subject: string;
  readonly arrangement: {
    readonly totalCents: number;
    readonly waivedCents: number;
    readonly isPaused: boolean;
    readonly parts: readonly Instalment[];
  } | null;
};

export type CaseFacts = {
  readonly unit: AssessedFamily;
  readonly month: IsoMonth;
  readonly decisions: readonly ContributionDecision[];
  readonly followUps: readonly FollowUp[];
  readonly site: {
    readonly name: string;
    readonly municipality: { readonly code: string; readonly name: string } | null;
  } | null;
  readonly policy: DatedPolicy;
  readonly today: IsoDate;
  readonly nameOfUser: (user: string) => string;
  readonly hashOf: (text: string) => string;
};

/** The letter on the amounts of a month: the decision or its correction where there is one, else the intention. */
export function amountKind({ decisions, unit, month }: Pick<CaseFacts, 'decisions' | 'unit' | 'month'>): LetterKind {
  const [standing] = standingDecisions(decisions, unit, month);
  if (standing === undefined) return 'intention';
  return standing.receipt.replaces === null ? 'decision' : 'correction';
}

/** Undefined where there is nothing to write about: no amounts, no decision, or no follow-up of that kind. */
export function makeLetterCase(facts: CaseFacts, kind: LetterKind, followUpId: string | null): LetterCase | undefined {
  const { unit, month, decisions, followUps, site, policy, today } = facts;
  const [standing] = standingDecisions(decisions, unit, month);
  const of = (id: string | null) => decisions.find((one): one is ReadDecision => one.id === id && one.receipt !== null);
  const base: LetterCase = {
    kind,
    site: site?.name ?? '',
    municipality: site?.municipality?.name ?? '',
    code: site?.municipality?.code ?? null,
    members: unit.members,
    month,
    printedOn: today,
    assessment: null,
    billMonth: unit.billMonth === month ? null : unit.billMonth,
    decision: null,
    before: null,
    until: null,
    since: null,
    subject: '',
    arrangement: null,
  };
  switch (kind) {
    case 'intention':
      return standing !== undefined || !unit.result.ok ? undefined : { ...base, assessment: unit.result.value };
    case 'decision':
    case 'correction': {
      if (standing === undefined || amountKind(facts) !== kind) return undefined;
      const decision = toDecision(facts, standing);
      const before = of(standing.receipt.replaces)?.receipt;
      return {
        ...base,
        assessment: standing.receipt.assessment,
        decision,
        before:
          before === undefined || standing.receipt.replaces === null
            ? null
            : {
                reference: decisionReference(standing.receipt.replaces, month),
                allowance: before.assessment.allowanceCents,
                contribution: before.assessment.contributionCents,
              },
        until: lastDayOfTerm(policy, 'term.objection', decision.day),
      };
    }
    case 'income-request': {
      const asked = followUps.find((one) => one.type === 'request' && one.month === month && one.closed === null);
      const since = asked?.day ?? today;
      return { ...base, since, until: lastDayOfTerm(policy, 'term.income_request', since) };
    }
    case 'objection':
    case 'arrangement': {
      const item = followUps.find((one) => one.id === followUpId && one.type === kind);
      if (item === undefined) return undefined;
      const about = of(item.decision);
      const own = { ...base, decision: about === undefined ? null : toDecision(facts, about), since: item.day };
      if (kind === 'objection')
        return { ...own, subject: item.subject, until: lastDayOfTerm(policy, 'term.objection', item.day) };
      const parts = instalmentsOf(item);
      if (item.arrangement === null || parts.length === 0) return undefined;
      const waivedCents = item.waivers.reduce((sum, { amountCents }) => sum + amountCents, 0);
      const { totalCents } = item.arrangement;
      return { ...own, arrangement: { totalCents, waivedCents, isPaused: item.pauses.length > 0, parts } };
    }
  }
}

function toDecision({ nameOfUser, hashOf }: CaseFacts, { id, receipt }: ReadDecision): LetterDecision {
  return {
    id,
    hash: receiptHash(receipt, hashOf),
    reference: decisionReference(id, receipt.facts.month),
    who: nameOfUser(receipt.decidedBy),
    day: localDayOf(receipt.decidedAtMs),
  };
}
