import { addDays, type IsoDate } from '../kernel/dates.ts';
import { codesOf } from './answers.ts';
import type { Rule, RuleContext, RuleFlag } from './rule-context.ts';
import { isOneOf } from './rule-context.ts';
import {
  mayShareWith,
  rule13,
  rule14,
  rule15,
  rule16,
  rule17,
  rule18,
  rule19,
  rule20,
  rule21,
  rule22,
  rule23,
  rule24,
} from './rules-journey.ts';
import {
  reflectionDays,
  rule01,
  rule02,
  rule03,
  rule04,
  rule05,
  rule06,
  rule07,
  rule08,
  rule09,
  rule10,
  rule11,
  rule12,
} from './rules-safeguards.ts';

/** In the order of return-intake.md §14. */
export const intakeRules: readonly Rule[] = [
  rule01,
  rule02,
  rule03,
  rule04,
  rule05,
  rule06,
  rule07,
  rule08,
  rule09,
  rule10,
  rule11,
  rule12,
  rule13,
  rule14,
  rule15,
  rule16,
  rule17,
  rule18,
  rule19,
  rule20,
  rule21,
  rule22,
  rule23,
  rule24,
];

/** Every rule that holds, by number and then by person. */
export const flagsOf = (context: RuleContext): readonly RuleFlag[] => intakeRules.flatMap((rule) => rule(context));

/** An outcome that a rule does not allow, with the outcomes it leaves open (empty: every outcome that forwards nobody). */
export type OutcomeBlock = { readonly flag: RuleFlag; readonly allowed: readonly string[] };

/**
 * Why the chosen outcome cannot be finalised. Stops forbid forwarding; a need forbids it until it is met; some rules
 * leave one outcome only. Empty while no outcome is chosen.
 */
export function outcomeBlocks(context: RuleContext): readonly OutcomeBlock[] {
  const outcome = context.answerTo('outcome');
  if (typeof outcome !== 'string') return [];
  const forwards = isOneOf(outcome, ['fwd_dtv', 'fwd_iom']);
  return flagsOf(context).flatMap((flag) => {
    const only = outcomesLeft(flag, context);
    if (only !== null) return only.includes(outcome) ? [] : [{ flag, allowed: only }];
    const blocks = flag.kind === 'stop' || flag.kind === 'lock' || isUnmet(flag, context);
    return forwards && blocks ? [{ flag, allowed: [] }] : [];
  });
}

/** Rules that do more than forbid forwarding; who withdraws or is in danger keeps that way out. */
function outcomesLeft({ rule }: RuleFlag, { answerTo }: RuleContext): readonly string[] | null {
  const wayOut = ['withdrew', 'no_part'];
  if (rule === 'rule-01') return ['no_part', 'follow', 'hold'];
  if (rule === 'rule-08' && answerTo('safety_response') === 'unclear')
    return ['follow', 'stop_safe', 'stop_vol', ...wayOut];
  if (rule === 'rule-10' && answerTo('staff_view') === 'stop') return ['stop_vol', ...wayOut];
  return null;
}

function isUnmet({ rule, person }: RuleFlag, context: RuleContext): boolean {
  const { answerTo } = context;
  switch (rule) {
    case 'rule-08':
      return answerTo('safety_discussed') !== 'yes' || answerTo('safety_response') === undefined;
    case 'rule-09':
    case 'rule-10':
      return answerTo('second_staff') === undefined;
    case 'rule-11':
      return !codesOf(answerTo('alternatives')).some((code) => code !== 'none');
    case 'rule-12':
      // Only a later interview without a wish for more time can forward: the days have passed by then.
      return true;
    case 'rule-17':
      return !codesOf(answerTo('understood')).includes('withdraw');
    case 'rule-20':
      return !isActedOn(answerTo('id_action', person));
    case 'rule-24':
      return !mayShareWith(context, answerTo('outcome') === 'fwd_iom' ? 'iom' : 'dtv');
    default:
      return false;
  }
}

const isActedOn = (action: unknown): boolean => typeof action === 'string' && action !== 'none';

/** The first day on which a confirming interview may forward (rule 12); null without time to reflect. */
export function earliestForwarding(context: RuleContext): IsoDate | null {
  const days = reflectionDays(context);
  return days === null ? null : addDays(context.day, days);
}
