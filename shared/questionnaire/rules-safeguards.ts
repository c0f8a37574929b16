import { codesOf, pnta } from './answers.ts';
import {
  includesAny,
  intakeRule,
  isOneOf,
  isOtherThan,
  personRule,
  when,
  type Rule,
  type RuleContext,
} from './rule-context.ts';

/** Adults whose presence keeps somebody from speaking freely; a child is heard away too, but is no pressure. */
const adults = ['partner', 'parent', 'relative', 'staff', 'other'];
/** The eight points of `info_given`; a checklist is complete when all are ticked. */
const informationPoints = [
  'purpose',
  'voluntary',
  'no_effect',
  'who_sees',
  'storage',
  'rights',
  'stop',
  'not_decision',
];

/** Without full information or consent the interview closes; an information list not begun yet is no refusal. */
export const rule01: Rule = intakeRule('rule-01', 'stop', (context) => {
  const consent = context.answerTo('consent_participate');
  const given = context.answerTo('info_given');
  const complete = informationPoints.every((point) => codesOf(given).includes(point));
  const begun = given !== undefined || consent !== undefined;
  return [
    ...when(begun && !complete, 'info_given'),
    ...when(consent !== undefined && consent !== 'yes', 'consent_participate'),
  ];
});

/** Relatives and children do not interpret sensitive parts. */
export const rule02: Rule = intakeRule('rule-02', 'lock', ({ answerTo }) =>
  when(answerTo('interpreter') === 'informal', 'interpreter'),
);

/** Not in private: the sensitive sections wait. */
export const rule03: Rule = intakeRule('rule-03', 'lock', ({ answerTo }) => [
  ...when(isOneOf(answerTo('private_setting'), ['no', pnta]), 'private_setting'),
  ...when(includesAny(answerTo('others_present'), adults), 'others_present'),
]);

/** Immediate danger stops the interview. */
export const rule04: Rule = intakeRule('rule-04', 'stop', ({ answerTo }) =>
  when(isOtherThan(answerTo('urgent_risk'), 'none'), 'urgent_risk'),
);

/** A minor without anybody known to have authority: Nidos. */
export const rule05: Rule = personRule('rule-05', 'stop', ({ answerTo }, person) =>
  when(isOneOf(answerTo('authority', person), ['adult_no_auth', 'unknown', pnta]), 'authority'),
);

/** The other parent or the child itself does not agree, or nobody knows. */
export const rule06: Rule = personRule('rule-06', 'stop', ({ answerTo }, person) => [
  ...when(isOneOf(answerTo('other_parent_consent', person), ['refused', 'unknown', pnta]), 'other_parent_consent'),
  ...when(isOneOf(answerTo('child_view', person), ['opposes', pnta]), 'child_view'),
]);

/** Nobody is forwarded to occupied territory. */
export const rule07: Rule = intakeRule('rule-07', 'stop', ({ answerTo }) =>
  when(answerTo('safety_status') === 'occupied', 'safety_status'),
);

/** Danger has to be talked about; a status that could not be looked up counts as unknown. */
export const rule08: Rule = intakeRule('rule-08', 'need', ({ answerTo, shows }) => {
  const status = answerTo('safety_status') ?? (shows('safety_status') ? 'unknown' : undefined);
  return when(isOneOf(status, ['active', 'active_reg', 'possible', 'unknown', pnta]), 'safety_status');
});

/** Nowhere to live after arrival. */
export const rule09: Rule = intakeRule('rule-09', 'warn', ({ answerTo }) =>
  when(answerTo('landing_place') === 'none', 'landing_place'),
);

/** Any doubt about a free choice brings in a second member of staff. */
export const rule10: Rule = intakeRule('rule-10', 'need', ({ answerTo }) => [
  ...when(isOneOf(answerTo('free_choice'), ['partly', 'no', pnta]), 'free_choice'),
  ...when(isOtherThan(answerTo('pressure_from'), 'nobody'), 'pressure_from'),
  ...when(isOneOf(answerTo('capacity'), ['doubt', pnta]), 'capacity'),
  ...when(isOneOf(answerTo('staff_view'), ['again', 'stop', pnta]), 'staff_view'),
]);

const pushReasons = ['nl_housing', 'nl_work', 'nl_lang', 'nl_status', 'nl_money'];

/** The first reason pushes away from here rather than draws home. */
export const rule11: Rule = intakeRule('rule-11', 'warn', ({ answerTo }) =>
  when(pushReasons.includes(codesOf(answerTo('reasons'))[0] ?? ''), 'reasons'),
);

/** Days of reflection asked for; a refusal counts as the longest, null when none is wanted or known. */
export function reflectionDays({ answerTo, numbers }: RuleContext): number | null {
  switch (answerTo('reflection')) {
    case 'd3':
      return numbers.reflectionDays.d3;
    case 'd7':
      return numbers.reflectionDays.d7;
    case 'd14':
      return numbers.reflectionDays.d14;
    case 'longer':
    case pnta:
      return numbers.reflectionDays.longer;
    default:
      return null;
  }
}

/** Time to reflect: forwarding only from a later interview that confirms. */
export const rule12: Rule = intakeRule('rule-12', 'need', (context) =>
  when(reflectionDays(context) !== null, 'reflection'),
);
