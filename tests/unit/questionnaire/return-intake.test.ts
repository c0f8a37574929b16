import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { findFieldRule } from '../../../shared/records/field-rule.ts';
import type { Answers } from '../../../shared/questionnaire/answers.ts';
import { evaluate } from '../../../shared/questionnaire/conditions.ts';
import {
  finalisedIntake,
  finaliseIntake,
  missingForFinalise,
  needsAttention,
  toFinalisedFields,
  type FinaliseInput,
} from '../../../shared/questionnaire/finalised-intake.ts';
import { loadQuestionnaire } from '../../../shared/questionnaire/questionnaire.ts';
import {
  answerField,
  answersOf,
  findDraftOf,
  findQuestionnaire,
  makeDraft,
  otherTextsOf,
  returnIntake,
  ruleOfAnswer,
} from '../../../shared/questionnaire/return-intake.ts';
import source from '../../../shared/questionnaire/versions/return-intake.1.json' with { type: 'json' };
import {
  adult,
  day,
  fillIn,
  interview,
  person,
  returning,
  sampleAnswer,
  shipped,
  traveller,
  withAnswer,
  without,
} from './interviews.ts';

const questionnaire = shipped();
const input = (answers: Answers): FinaliseInput => ({
  answers,
  otherTexts: {},
  languages: ['nl', 'uk'],
  user: 'u_0000000000000001',
  draft: '00000000-0000-4000-8000-000000000001',
  territoryListVersion: null,
  priorForwardFrom: null,
});
const isModule = new Set(questionnaire.file.modules.map(({ key }) => key));
/** Fills in the intake itself and leaves the modules alone. */
function complete(answers: Answers): Answers {
  const moduleKeys = new Set(questionnaire.file.modules.flatMap(({ questions }) => questions.map(({ key }) => key)));
  return fillIn(questionnaire, answers, (question) =>
    moduleKeys.has(question.key) ? undefined : sampleAnswer(questionnaire.file, question),
  );
}

describe('the draft', () => {
  it('reads answers of the intake and of each person, with ages of the day', () => {
    const values: FieldValues = {
      ...makeDraft('site-9', ['p1', 'p2'], isoDate('2026-11-20')),
      [answerField('intention', null)]: 'visit',
      [answerField('absence_from', null)]: '2026-12-01',
      [answerField('absence_to', null)]: '2026-12-15',
      [answerField('joins_return', 'p2')]: 'yes',
      [answerField('joins_return', 'stranger')]: 'no',
      [answerField('mode', null)]: true,
      'otherText.reasons': 'zee',
    };
    const answers = answersOf(values, day, [
      { id: 'p1', birthDate: isoDate('1990-01-01') },
      { id: 'p2', birthDate: isoDate('2010-11-25') },
      { id: 'p3', birthDate: null },
      { id: 'p4', birthDate: isoDate('2008-11-24') },
    ]);
    expect(answers.values).toMatchObject({
      intention: 'visit',
      site_id: 'site-9',
      absence_days: 14,
      safety_status: 'unknown',
    });
    expect(answers.values).not.toHaveProperty('mode');
    expect(answers.facts).toEqual({ 'hh.minors': 1 });
    expect(answers.persons).toEqual([
      { id: 'p1', facts: { 'person.age': 36 }, values: { resident_ref: 'p1' } },
      { id: 'p2', facts: { 'person.age': 15 }, values: { resident_ref: 'p2', joins_return: 'yes' } },
      { id: 'p3', facts: {}, values: { resident_ref: 'p3' } },
      { id: 'p4', facts: { 'person.age': 18 }, values: { resident_ref: 'p4' } },
    ]);
    expect(otherTextsOf(values)).toEqual({ reasons: 'zee' });
  });

  it('moves somebody who turned 18 overnight to the adult questions, and keeps what was answered', () => {
    const values: FieldValues = { 'answer.joins_return.p1': 'yes', 'answer.authority.p1': 'unknown' };
    const birthDate = isoDate('2008-11-25');
    const shown = (on: string): readonly string[] => {
      const opened = answersOf(values, isoDate(on), [{ id: 'p1', birthDate }]);
      const answers = { ...opened, values: { ...opened.values, ...interview().values } };
      return evaluate(questionnaire.file, answers).visible.map(({ key }) => key);
    };
    expect(shown('2026-11-24')).toContain('authority');
    expect(shown('2026-11-24')).not.toContain('heard_alone');
    expect(shown('2026-11-25')).toContain('heard_alone');
    expect(shown('2026-11-25')).not.toContain('authority');
  });

  it('finds the open draft of a resident, and no finished one', () => {
    const draft = { id: 'a', values: makeDraft(null, ['p1'], day) };
    const done = { id: 'b', values: { ...makeDraft(null, ['p2'], day), status: 'finalised' } };
    expect(findDraftOf('p1', [done, draft])).toBe('a');
    expect(findDraftOf('p2', [done, draft])).toBeUndefined();
  });

  it.each([
    ['intention', 'core', 'central'],
    ['fit_travel', 'health', 'central'],
    ['wg_see', 'health', 'flag'],
    ['urgent_risk', 'health', 'flag'],
    ['pressure_form', 'health', 'local'],
    ['car_plate', 'core', 'local'],
    ['dest_oblast', 'core', 'central'],
    ['dest_hromada', 'core', 'local'],
    ['of_another_version', 'health', 'local'],
  ])('keeps %s in %s and shares it as %s', (key, compartment, sharing) => {
    expect(ruleOfAnswer(questionnaire, key)).toMatchObject({ class: 'review', compartment, sharing });
  });

  it('falls back to the careful rule without a questionnaire', () => {
    expect(findFieldRule(returnIntake, 'answer.intention')).toMatchObject({ compartment: 'health', sharing: 'local' });
  });

  it('knows no questionnaire of another version', () => {
    expect(findQuestionnaire(99)).toEqual({ ok: false, error: { type: 'unknown-questionnaire', version: 99 } });
  });
});

describe('finalising', () => {
  it('takes a draft in which the resident would not say anything', () => {
    const answers = fillIn(
      questionnaire,
      interview({}, [person('p1', 35, {}), person('p2', 9, { person_role: 'child' })]),
      (question) => (question.by === 'resident' && question.pnta ? 'pnta' : sampleAnswer(questionnaire.file, question)),
    );
    expect(questionnaire.missingRequired(answers)).toEqual([]);
    expect(finaliseIntake(questionnaire, input(answers))).toMatchObject({ ok: true });
  });

  it('names what is missing, and asks nothing of a module that was not begun', () => {
    const answers = complete(interview({ intention: 'stay' }));
    expect(missingForFinalise(questionnaire, answers)).toEqual([]);
    expect(questionnaire.missingRequired(answers).every(({ section }) => isModule.has(section))).toBe(true);
    const begun = missingForFinalise(questionnaire, withAnswer(answers, 'r_work', 'p1', 'perm'));
    expect(begun.map(({ section }) => section)).toContain('R_scenario');
    expect(begun.map(({ section }) => section)).not.toContain('P_profession');
    expect(finaliseIntake(questionnaire, input(without(answers, 'urgency')))).toEqual({
      ok: false,
      error: { type: 'missing-answers', missing: [{ key: 'urgency', section: 'M_outcome', person: null }] },
    });
  });

  it('is refused when answers contradict each other or a stop forbids the outcome', () => {
    const visit = complete(interview({ intention: 'visit', absence_from: '2026-12-10', absence_to: '2026-12-09' }));
    expect(finaliseIntake(questionnaire, input(visit))).toMatchObject({
      ok: false,
      error: { type: 'contradicting-answers' },
    });
    const occupied = interview({ ...returning, safety_status: 'occupied', outcome: 'fwd_dtv' }, [
      person('p1', 35, traveller),
    ]);
    const refused = finaliseIntake(questionnaire, input(complete(occupied)));
    expect(refused).toMatchObject({ ok: false, error: { type: 'outcome-not-allowed' } });
    if (refused.ok || refused.error.type !== 'outcome-not-allowed') return;
    expect(refused.error.blocks.map(({ flag }) => flag.rule)).toContain('rule-07');
  });

  const frozen = (answers: Answers, otherTexts: Readonly<Record<string, string>> = {}) => {
    const result = finaliseIntake(questionnaire, { ...input(answers), otherTexts });
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };

  it('drops hidden answers and keeps apart what may leave, what is of health, and what stays', () => {
    const answers = complete(
      interview({ ...returning, outcome: 'follow', explore_goal: ['job'], reasons: ['other'], car_plate: 'ua' }, [
        person('p1', 35, traveller),
      ]),
    );
    const { intake, health, onlyHere } = frozen(answers, { reasons: 'zee', explore_goal: 'weg' });
    expect(intake.answers).toMatchObject({ intention: 'return_permanent', outcome: 'follow' });
    expect(intake.answers).not.toHaveProperty('explore_goal');
    expect(intake.answers).not.toHaveProperty('pressure_from');
    expect(intake.persons[0]?.answers).toHaveProperty('joins_return');
    expect(intake.persons[0]?.answers).not.toHaveProperty('fit_travel');
    expect(health.persons[0]?.answers).toMatchObject({ fit_travel: 'yes' });
    expect(health.answers).toMatchObject({ consent_health: 'yes' });
    expect(onlyHere.answers).toHaveProperty('pressure_from');
    expect(onlyHere.answers).not.toHaveProperty('car_plate');
    expect(onlyHere.otherTexts).toEqual({ reasons: 'zee' });
    expect(intake.ages).toEqual({ p1: 35 });
  });

  it('keeps a flag where the most guarded of its answers is', () => {
    const answers = complete(
      interview({ ...returning, pressure_from: ['host'], second_staff: 'u_2' }, [
        person('p1', 35, { ...traveller, fit_travel: 'check', tp_uninterrupted: 'gap' }),
      ]),
    );
    const { intake, health, onlyHere } = frozen(answers);
    expect(intake.flags).toContainEqual({ rule: 'rule-21', person: 'p1' });
    expect(health.flags).toEqual([{ rule: 'rule-19', person: 'p1' }]);
    expect(onlyHere.flags).toEqual([{ rule: 'rule-10', person: null }]);
  });

  const forwarding = (values: Answers['values']): Answers =>
    complete(
      interview({ ...returning, outcome: 'fwd_dtv', safety_status: 'not_listed', reasons: ['home'], ...values }, [
        person('p1', 35, { ...traveller, id_valid_until: '2031-01-01' }),
      ]),
    );

  it('forwards when nothing stands in the way', () => {
    expect(frozen(forwarding({})).intake).toMatchObject({ answers: { outcome: 'fwd_dtv' }, forwardFrom: null });
  });

  it('forwards after time to reflect only in an interview that confirms, from that day on', () => {
    const prior = frozen(forwarding({ reflection: 'd7', outcome: 'follow' })).intake.forwardFrom;
    expect(prior).toBe('2026-12-01');
    const on = (today: string, values: Answers['values'] = { intake_reason: 'reconfirm' }) => {
      const answers = { ...forwarding(values), day: isoDate(today) };
      return finaliseIntake(questionnaire, { ...input(answers), priorForwardFrom: isoDate('2026-12-01') });
    };
    expect(on('2026-11-30')).toEqual({ ok: false, error: { type: 'not-confirmed', forwardFrom: '2026-12-01' } });
    expect(on('2026-12-01', { intake_reason: 'follow_up' })).toMatchObject({ error: { type: 'not-confirmed' } });
    expect(on('2026-12-01')).toMatchObject({ ok: true });
    expect(on('2026-11-30', { outcome: 'hold' })).toMatchObject({ ok: true });
  });

  it('freezes the wording in the languages shown, whatever a newer version says', () => {
    const { intake } = frozen(complete(interview({ intention: 'stay' })));
    const label = questionnaire.file.sections[5]?.questions[0]?.label;
    expect(intake.wording['nl']?.questions['intention']).toBe(label?.nl);
    expect(intake.wording['uk']?.questions['intention']).toBe(label?.uk);
    expect(Object.keys(intake.wording)).toEqual(['nl', 'uk']);
    expect(intake.wording['nl']?.optionSets['intention']?.['stay']).toBeTruthy();
    expect(intake.statements['uk']?.['participation']).toBe(source.statements.participation.uk);
    expect(intake.questionnaire).toEqual({ id: 'return-intake', version: 1 });

    const before = JSON.stringify(intake);
    const newer = structuredClone(source);
    newer.version = 2;
    const changed = newer.sections[5]?.questions[0];
    if (changed !== undefined) changed.label.nl = 'Iets anders?';
    const second = loadQuestionnaire(newer);
    if (!second.ok) throw new Error(second.error.problem);
    const again = finaliseIntake(second.value, input(complete(interview({ intention: 'stay' }))));
    expect(again).toMatchObject({
      ok: true,
      value: { intake: { wording: { nl: { questions: { intention: 'Iets anders?' } } } } },
    });
    expect(JSON.stringify(intake)).toBe(before);
  });

  it('keeps of a refused interview only site, outcome and next contact', () => {
    const answers = interview({ consent_participate: 'later', outcome: 'follow', next_contact: '2026-12-24' }, [
      person('p1', 35, adult),
    ]);
    const { intake, health, onlyHere } = frozen(answers, { reasons: 'zee' });
    expect(intake.answers).toEqual({ site_id: 'site-1', outcome: 'follow', next_contact: '2026-12-24' });
    expect([intake.persons, health.answers, onlyHere.answers, onlyHere.otherTexts]).toEqual([[], {}, {}, {}]);
    expect([intake.ages, intake.flags]).toEqual([{}, [{ rule: 'rule-01', person: null }]]);
  });

  it('gives fields that the record kind takes', () => {
    const fields = toFinalisedFields(frozen(complete(interview({ intention: 'stay' }))), 'site-1');
    for (const [field, value] of Object.entries(fields)) {
      expect(findFieldRule(finalisedIntake, field)?.schema.safeParse(value).success).toBe(true);
    }
    expect(JSON.stringify(fields).length).toBeLessThan(100_000);
  });
});

it('raises one flag for worrying answers that stay here, and none for the others', () => {
  expect(needsAttention(questionnaire, interview({ urgent_risk: ['none'] }))).toBe(false);
  expect(needsAttention(questionnaire, interview({ urgent_risk: ['child'] }))).toBe(true);
  expect(needsAttention(questionnaire, interview({ ...returning, pressure_from: 'pnta' }))).toBe(true);
  expect(needsAttention(questionnaire, interview({ intention: 'stay', pressure_from: ['host'] }))).toBe(false);
  expect(needsAttention(questionnaire, interview({}, [person('p1', 35, { ...traveller, wg_see: 'some' })]))).toBe(
    false,
  );
  expect(needsAttention(questionnaire, interview({}, [person('p1', 35, { ...traveller, wg_see: 'alot' })]))).toBe(true);
});
