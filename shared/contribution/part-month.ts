import { cents, type Cents } from '../kernel/money.ts';
import type { Ruled } from './find-position.ts';
import { and, makeStep, type Grounds } from './grounds.ts';
import type { AssessmentStep } from './month-assessment.ts';
import type { MonthFacts, PartMonth } from './month-facts.ts';
import { leftToJudge, type Room, type Ruling } from './month-outcome.ts';
import { municipalGround, ownRow, type RuleRows } from './rule-book.ts';

/** `amount × days / of` in cents, halves up. */
export const proRata = (amount: Cents, { days, of }: Pick<PartMonth, 'days' | 'of'>): Cents =>
  cents(Math.floor((2 * amount * days + of) / (2 * of)));

/**
 * A month that began or ended outside reception. No national rule says what part of the amounts it gets: by the setting
 * of the municipality the whole, by days, or what somebody sets; without one that is asked for an arrival (contribution.md
 * §4, §8). Thresholds stay those of a whole month.
 */
export function partMonthRuling(facts: MonthFacts, rows: RuleRows, found: Ruled, steps: AssessmentStep[]): Ruled {
  const part = facts.partMonth;
  if (part === undefined) return found;
  const own = ownRow(rows, part.which === 'first' ? 'month.first' : 'month.last');
  const mode = own?.value ?? (part.which === 'first' ? 'manual' : 'full');
  const ruling =
    mode === 'full' ? found.ruling : mode === 'pro_rata' ? byDays(found.ruling, part) : open(found.ruling, part);
  // Of allowance and contribution one is always nothing.
  const amountOf = ({ proposed }: Ruling) => cents(proposed.allowance + proposed.contribution);
  const inputs = { which: part.which, days: part.days, of: part.of, mode, whole: amountOf(found.ruling) };
  const ground = own?.ground ?? municipalGround(rows.book, 'RooO', 'L');
  steps.push(makeStep('part-month', ground, inputs, amountOf(ruling)));
  return { ruling, grounds: withGround(found.grounds, ground) };
}

function byDays({ proposed, allowanceRoom, contributionRoom, toJudge }: Ruling, part: PartMonth): Ruling {
  const room = ({ from, to }: Room): Room => ({ from: proRata(from, part), to: proRata(to, part) });
  return {
    proposed: { allowance: proRata(proposed.allowance, part), contribution: proRata(proposed.contribution, part) },
    allowanceRoom: room(allowanceRoom),
    contributionRoom: room(contributionRoom),
    toJudge:
      toJudge === null
        ? null
        : { ...toJudge, ...room(toJudge), step: proRata(toJudge.step, part), taper: proRata(toJudge.taper, part) },
  };
}

/** Somebody sets it between nothing and the whole; what is left to a person already stays so. */
function open(ruling: Ruling, part: PartMonth): Ruling {
  if (ruling.toJudge !== null) return ruling;
  const { proposed } = ruling;
  const of = proposed.allowance > 0 ? 'allowance' : 'contribution';
  const left = leftToJudge(of, proposed[of], proposed, proposed, byDays(ruling, part).proposed);
  return { ...left, toJudge: left.toJudge === null ? null : { ...left.toJudge, partMonth: true } };
}

const withGround = ({ allowance, contribution }: Ruled['grounds'], ground: Grounds): Ruled['grounds'] => ({
  allowance: { all: and(allowance.all, ground), last: allowance.last },
  contribution: contribution === null ? null : { all: and(contribution.all, ground), last: contribution.last },
});
