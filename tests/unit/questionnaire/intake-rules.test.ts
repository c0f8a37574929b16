import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import type { Answers, AnswerValue } from '../../../shared/questionnaire/answers.ts';
import { evaluate } from '../../../shared/questionnaire/conditions.ts';
import { earliestForwarding, outcomeBlocks } from '../../../shared/questionnaire/intake-rules.ts';
import { makeRuleContext, type RuleContext } from '../../../shared/questionnaire/rule-context.ts';
import { absenceWarning, mayShareWith } from '../../../shared/questionnaire/rules-journey.ts';
import { adult, interview, opening, person, returning, shipped, traveller } from './interviews.ts';

type Values = Readonly<Record<string, AnswerValue>>;
const questionnaire = shipped();
const context = (answers: Answers): RuleContext => makeRuleContext(evaluate(questionnaire.file, answers), answers);
const minor: Values = { ...traveller, authority: 'both_here', child_view: 'agrees' };

const home = (values: Values = {}, of: Values = {}, age = 35): Answers =>
  interview({ ...returning, ...values }, [person('p1', age, { ...traveller, ...of })]);
const child = (of: Values): Answers =>
  interview(returning, [person('p1', 35, traveller), person('p2', 9, { ...minor, ...of })]);
const share = (answer: string): Values => ({
  share: { dtv: answer, iom: 'yes', municipality: 'yes', ind: 'yes', vwn: 'yes', health: 'yes', ua_consulate: 'yes' },
});

/** For each rule: answers on which it holds, with the questions it names, and the nearest answers on which it does not. */
const cases: readonly [rule: string, kind: string, keys: readonly string[], hit: Answers, nearMiss: Answers][] = [
  ['rule-01', 'stop', ['consent_participate'], interview({ consent_participate: 'later' }), interview()],
  ['rule-01', 'stop', ['info_given'], interview({ info_given: ['purpose'] }), interview()],
  ['rule-02', 'lock', ['interpreter'], interview({ interpreter: 'informal' }), interview({ interpreter: 'staff' })],
  ['rule-03', 'lock', ['private_setting'], interview({ private_setting: 'no' }), interview()],
  [
    'rule-03',
    'lock',
    ['others_present'],
    interview({ others_present: ['child', 'relative'] }),
    interview({ others_present: ['child'] }),
  ],
  ['rule-04', 'stop', ['urgent_risk'], interview({ urgent_risk: ['medical'] }), interview({ urgent_risk: ['none'] })],
  ['rule-05', 'stop', ['authority'], child({ authority: 'adult_no_auth' }), child({ authority: 'nidos' })],
  [
    'rule-05',
    'stop',
    ['authority'],
    child({ authority: 'pnta' }),
    child({ authority: 'one_here', other_parent_consent: 'sole' }),
  ],
  [
    'rule-06',
    'stop',
    ['other_parent_consent'],
    child({ authority: 'one_here', other_parent_consent: 'pnta' }),
    child({ authority: 'one_here', other_parent_consent: 'verbal' }),
  ],
  ['rule-06', 'stop', ['child_view'], child({ child_view: 'opposes' }), child({ child_view: 'doubts' })],
  ['rule-07', 'stop', ['safety_status'], home({ safety_status: 'occupied' }), home({ safety_status: 'active' })],
  ['rule-08', 'need', ['safety_status'], home({ safety_status: 'possible' }), home({ safety_status: 'not_listed' })],
  ['rule-08', 'need', ['safety_status'], home(), home({ dest_same: 'dk' })],
  ['rule-09', 'warn', ['landing_place'], home({ landing_place: 'none' }), home({ landing_place: 'collective' })],
  ['rule-10', 'need', ['free_choice'], home({ free_choice: 'partly' }), home()],
  ['rule-10', 'need', ['pressure_from'], home({ pressure_from: ['host'] }), home({ pressure_from: ['nobody'] })],
  ['rule-10', 'need', ['pressure_from'], home({ pressure_from: 'pnta' }), home({ pressure_from: [] })],
  ['rule-10', 'need', ['capacity'], home({ capacity: 'doubt' }), home()],
  ['rule-10', 'need', ['staff_view'], home({ staff_view: 'again' }), home({ staff_view: 'ok' })],
  ['rule-11', 'warn', ['reasons'], home({ reasons: ['nl_work', 'home'] }), home({ reasons: ['home', 'nl_work'] })],
  ['rule-12', 'need', ['reflection'], home({ reflection: 'd3' }), home({ reflection: 'none' })],
  [
    'rule-13',
    'warn',
    ['absence_from', 'absence_to'],
    interview({ intention: 'visit', absence_from: '2026-12-01', absence_to: '2026-12-16' }),
    interview({ intention: 'visit', absence_from: '2026-12-01', absence_to: '2026-12-15' }),
  ],
  ['rule-14', 'warn', ['intention'], interview({ intention: 'visit' }), interview({ intention: 'explore_visit' })],
  ['rule-15', 'warn', ['earliest_date'], home({ earliest_date: '2026-11-30' }), home({ earliest_date: '2026-12-01' })],
  ['rule-16', 'warn', ['support_before'], home({}, { support_before: 'dtv5' }), home({}, { support_before: 'other' })],
  [
    'rule-17',
    'need',
    ['open_procedures'],
    home({}, { open_procedures: ['work', 'asylum_dormant'] }),
    home({}, { open_procedures: ['work'] }),
  ],
  [
    'rule-18',
    'stop',
    ['open_procedures'],
    home({}, { open_procedures: ['court'] }),
    home({}, { open_procedures: ['appeal'] }),
  ],
  [
    'rule-18',
    'stop',
    ['open_procedures'],
    home({}, { open_procedures: 'pnta' }),
    home({}, { open_procedures: ['dk'] }),
  ],
  ['rule-19', 'stop', ['fit_travel'], home({}, { fit_travel: 'check' }), home({}, { fit_travel: 'help' })],
  [
    'rule-19',
    'stop',
    ['fit_travel'],
    home({}, { fit_travel: 'pnta' }),
    home({ consent_health: 'no' }, { fit_travel: 'pnta' }),
  ],
  [
    'rule-19',
    'stop',
    ['pregnancy_week'],
    home({}, { special_situation: ['pregnant'], pregnancy_week: 28 }),
    home({}, { special_situation: ['pregnant'], pregnancy_week: 27 }),
  ],
  ['rule-20', 'need', ['id_document'], home({}, { id_document: 'booklet' }), home({}, { id_document: 'bio' })],
  // Latest departure 2027-01-10, and thirty days after it.
  [
    'rule-20',
    'need',
    ['id_valid_until'],
    home({ latest_date: '2027-01-10' }, { id_valid_until: '2027-02-08' }),
    home({ latest_date: '2027-01-10' }, { id_valid_until: '2027-02-09' }),
  ],
  // One to three months from 2026-11-24 ends on 2027-02-24.
  [
    'rule-20',
    'need',
    ['id_valid_until'],
    home({ earliest_date: 'pnta' }, { id_valid_until: '2027-03-25' }),
    home({ earliest_date: 'pnta' }, { id_valid_until: '2027-03-26' }),
  ],
  [
    'rule-21',
    'warn',
    ['tp_uninterrupted'],
    home({}, { tp_uninterrupted: 'gap' }),
    home({}, { tp_uninterrupted: 'yes' }),
  ],
  [
    'rule-22',
    'route',
    ['nationality_group'],
    home({}, { nationality_group: 'stateless' }),
    home({}, { nationality_group: 'dual_eu' }),
  ],
  ['rule-23', 'stop', ['certainty'], home({ certainty: '3' }), home({ certainty: '4' })],
  ['rule-23', 'stop', ['certainty'], home({ certainty: 'pnta' }), interview({ intention: 'stay', certainty: 'pnta' })],
  ['rule-24', 'send', ['share'], home(share('no')), home(share('yes'))],
];

describe('each rule of §14', () => {
  it.each(cases)('%s (%s) holds because of %j, and not on the near miss', (rule, kind, keys, hit, nearMiss) => {
    const found = questionnaire.flags(hit).filter((flag) => flag.rule === rule);
    expect(found).toEqual([expect.objectContaining({ rule, kind, keys })]);
    expect(
      questionnaire.flags(nearMiss).filter((flag) => flag.rule === rule && flag.keys.some((key) => keys.includes(key))),
    ).toEqual([]);
  });

  it('covers all 24', () => {
    const tested = new Set(cases.map(([rule]) => rule));
    expect(tested.size).toBe(24);
  });

  it('names the person whose answers made it hold, and nobody for the intake as a whole', () => {
    const both = interview({ ...returning, certainty: '2' }, [
      person('p1', 35, { ...traveller, tp_uninterrupted: 'gap' }),
      person('p2', 40, { ...traveller, tp_uninterrupted: 'unknown' }),
      person('p3', 41, traveller),
    ]);
    const flags = questionnaire.flags(both);
    expect(flags.filter(({ rule }) => rule === 'rule-21').map((flag) => flag.person)).toEqual(['p1', 'p2']);
    expect(flags.find(({ rule }) => rule === 'rule-23')?.person).toBeNull();
  });

  it('is silent at the start and on hidden answers', () => {
    const blank: Answers = { day: isoDate('2026-11-24'), facts: {}, values: {}, persons: [person('p1', 35, {})] };
    expect(questionnaire.flags(blank)).toEqual([]);
    const refused = interview({ ...returning, safety_status: 'occupied', consent_participate: 'no' });
    expect(questionnaire.flags(refused).map(({ rule }) => rule)).toEqual(['rule-01']);
  });

  it('keeps a stop when the answer that caused it becomes a refusal', () => {
    const stops: readonly [string, (value: AnswerValue) => Answers, AnswerValue][] = [
      ['rule-05', (value) => child({ authority: value }), 'unknown'],
      ['rule-06', (value) => child({ authority: 'one_here', other_parent_consent: value }), 'refused'],
      ['rule-18', (value) => home({}, { open_procedures: value }), ['family_law']],
      ['rule-19', (value) => home({}, { fit_travel: value }), 'no'],
      ['rule-19', (value) => home({}, { special_situation: ['pregnant'], pregnancy_week: value }), 40],
      ['rule-23', (value) => home({ certainty: value }), '1'],
    ];
    for (const [rule, make, answer] of stops) {
      for (const value of [answer, 'pnta']) {
        expect(questionnaire.flags(make(value)).map((flag) => flag.rule)).toContain(rule);
      }
    }
  });
});

describe('what rules do to the outcome', () => {
  const blocked = (answers: Answers): readonly string[] => outcomeBlocks(context(answers)).map(({ flag }) => flag.rule);
  const ready: Values = {
    ...share('yes'),
    outcome: 'fwd_dtv',
    safety_status: 'not_listed',
    alternatives: ['tp'],
    understood: ['withdraw'],
  };

  it('lets an interview without rules forward', () => {
    expect(blocked(home(ready))).toEqual([]);
  });

  it.each<[string, Answers]>([
    ['rule-03', home({ ...ready, others_present: ['partner'] })],
    ['rule-07', home({ ...ready, safety_status: 'occupied' })],
    ['rule-08', home({ ...ready, safety_status: 'active', safety_discussed: 'no' })],
    ['rule-09', home({ ...ready, landing_place: 'none' })],
    ['rule-10', home({ ...ready, free_choice: 'pnta' })],
    ['rule-11', home({ ...ready, reasons: ['nl_money'], alternatives: ['none'] })],
    ['rule-12', home({ ...ready, reflection: 'd3' })],
    ['rule-17', home({ ...ready, understood: [] }, { open_procedures: ['asylum_dormant'] })],
    ['rule-20', home(ready, { id_document: 'none', id_action: 'none' })],
    ['rule-23', home({ ...ready, certainty: '3' })],
    ['rule-24', home({ ...ready, ...share('no') })],
  ])('%s forbids forwarding', (rule, answers) => {
    expect(blocked(answers)).toEqual([rule]);
    expect(blocked({ ...answers, values: { ...answers.values, outcome: 'follow' } })).toEqual([]);
  });

  it.each<[string, Answers]>([
    ['rule-08', home({ ...ready, safety_status: 'active', safety_response: 'keeps' })],
    ['rule-09', home({ ...ready, landing_place: 'none', second_staff: 'u_2' })],
    ['rule-10', home({ ...ready, free_choice: 'partly', second_staff: 'u_2' })],
    ['rule-11', home({ ...ready, reasons: ['nl_money'] })],
    ['rule-17', home(ready, { open_procedures: ['asylum_dormant'] })],
    ['rule-20', home(ready, { id_document: 'none', id_action: 'renew' })],
    ['rule-24', home({ ...ready, share: { dtv: 'yes', iom: 'no' } })],
  ])('%s lets forward once it is met', (_rule, answers) => {
    expect(blocked(answers)).toEqual([]);
  });

  it('leaves one outcome where the design names one', () => {
    expect(
      outcomeBlocks(context(home({ ...ready, outcome: 'info', staff_view: 'stop', second_staff: 'u_2' }))),
    ).toMatchObject([{ flag: { rule: 'rule-10' }, allowed: ['stop_vol', 'withdrew', 'no_part'] }]);
    expect(blocked(interview({ consent_participate: 'no', outcome: 'info' }))).toEqual(['rule-01']);
    expect(blocked(interview({ consent_participate: 'no', outcome: 'no_part' }))).toEqual([]);
  });
});

describe('numbers for the screens', () => {
  it('says when a reflection ends, a refusal counting as the longest', () => {
    expect(earliestForwarding(context(home({ reflection: 'd7' })))).toBe('2026-12-01');
    expect(earliestForwarding(context(home({ reflection: 'pnta' })))).toBe('2026-12-24');
    expect(earliestForwarding(context(home()))).toBeNull();
  });

  it.each([
    ['2026-12-15', null],
    ['2026-12-16', 'bed'],
    ['2026-12-29', 'bed'],
    ['2026-12-30', 'provisions'],
    ['2026-11-30', null],
  ])('away from 2026-12-01 to %s warns of %s', (to, warning) => {
    expect(absenceWarning(context(interview({ intention: 'visit', absence_from: '2026-12-01', absence_to: to })))).toBe(
      warning,
    );
  });

  it('shares with a recipient only on a yes for that recipient, and with nobody without consent', () => {
    expect(mayShareWith(context(interview(share('no'), [person('p1', 35, adult)])), 'dtv')).toBe(false);
    expect(mayShareWith(context(interview(share('no'))), 'iom')).toBe(true);
    expect(mayShareWith(context(interview({ ...opening })), 'vwn')).toBe(false);
    expect(mayShareWith(context(interview({ ...share('yes'), consent_participate: 'no' })), 'dtv')).toBe(false);
  });
});
