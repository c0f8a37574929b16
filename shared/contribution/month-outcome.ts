import { cents, type Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { ToJudge } from './month-assessment.ts';
import type { Judgement } from './month-facts.ts';
import type { Outcome } from './partial-modes.ts';

/** Between which amounts a judgement may set something; equal ends: the rules leave no room. */
export type Room = { readonly from: Cents; readonly to: Cents };

/** What the rules say for this family: amounts, room beside them, and what they leave to a caseworker. */
export type Ruling = {
  readonly proposed: Outcome;
  readonly allowanceRoom: Room;
  readonly contributionRoom: Room;
  readonly toJudge: ToJudge | null;
};

export type Judged = { readonly outcome: Outcome; readonly toJudge: ToJudge | null };

const only = (amount: Cents): Room => ({ from: amount, to: amount });
const upTo = (amount: Cents): Room => ({ from: cents(0), to: amount });

/** The rules decide everything; a contribution may still be lowered (onevenredige gevolgen). */
export function ruled(proposed: Outcome): Ruling {
  return {
    proposed,
    allowanceRoom: only(proposed.allowance),
    contributionRoom: upTo(proposed.contribution),
    toJudge: null,
  };
}

/** The caseworker sets `of` between 0 and `most`; `step` and `taper` are shown beside it, not official outcomes. */
export function leftToJudge(of: ToJudge['of'], most: Cents, proposed: Outcome, step: Outcome, taper: Outcome): Ruling {
  const room = upTo(most);
  const { allowanceRoom, contributionRoom } = ruled(proposed);
  return {
    proposed,
    allowanceRoom: of === 'allowance' ? room : allowanceRoom,
    contributionRoom: of === 'contribution' ? room : contributionRoom,
    toJudge: most === 0 ? null : { of, ...room, step: step[of], taper: taper[of] },
  };
}

/** The ruling with the amounts a caseworker set; an amount that the rules do not leave open is refused. */
export function judge(
  ruling: Ruling,
  judgement: Judgement | undefined,
): Result<Judged, { readonly type: 'judgement-outside-room' }> {
  const allowance = judgement?.allowanceCents;
  const contribution = judgement?.contributionCents;
  if (!fits(allowance, ruling.allowanceRoom) || !fits(contribution, ruling.contributionRoom))
    return err({ type: 'judgement-outside-room' });
  const set = ruling.toJudge?.of === 'allowance' ? allowance : contribution;
  return ok({
    outcome: {
      allowance: allowance ?? ruling.proposed.allowance,
      contribution: contribution ?? ruling.proposed.contribution,
    },
    toJudge: set === undefined ? ruling.toJudge : null,
  });
}

const fits = (amount: Cents | undefined, room: Room): boolean =>
  amount === undefined || (Number.isSafeInteger(amount) && amount >= room.from && amount <= room.to);
