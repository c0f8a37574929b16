import { cents, type Cents } from '../kernel/money.ts';
import type { Ruled } from './find-position.ts';
import { and, makeStep } from './grounds.ts';
import type { AssessmentStep } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { municipalGround, ownRow, type RuleRows } from './rule-book.ts';

/**
 * A hardship decision in force: the contribution becomes at most what it says, unless the municipality settled that
 * somebody sets every amount by hand (contribution.md §6: onevenredige gevolgen). It never raises one.
 */
export function hardshipRuling({ hardship }: MonthFacts, rows: RuleRows, found: Ruled, steps: AssessmentStep[]): Ruled {
  const { ruling, grounds } = found;
  if (hardship === undefined || grounds.contribution === null) return found;
  const before = ruling.contributionRoom.to;
  if (before <= hardship.contributionCents) return found;
  const own = ownRow(rows, 'hardship.effect');
  if (own?.value === 'by_hand') return found;
  const most = (amount: Cents): Cents => cents(Math.min(amount, hardship.contributionCents));
  const municipal = municipalGround(rows.book, grounds.contribution.last.article, 'M');
  const ground = own === undefined ? municipal : and(municipal, own.ground);
  const inputs = { before, until: hardship.until, reason: hardship.reason };
  steps.push(makeStep('hardship', ground, inputs, hardship.contributionCents));
  const { toJudge, contributionRoom, proposed } = ruling;
  return {
    ruling: {
      ...ruling,
      proposed: { allowance: proposed.allowance, contribution: most(proposed.contribution) },
      contributionRoom: { from: most(contributionRoom.from), to: most(contributionRoom.to) },
      toJudge:
        toJudge?.of === 'contribution'
          ? { ...toJudge, to: most(toJudge.to), step: most(toJudge.step), taper: most(toJudge.taper) }
          : toJudge,
    },
    grounds: {
      allowance: grounds.allowance,
      contribution: { all: and(grounds.contribution.all, ground), last: grounds.contribution.last },
    },
  };
}
