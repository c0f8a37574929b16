import { describe, expect, it } from 'vitest';
import {
  checkAnswer,
  checkOtherText,
  findFieldProblems,
  toggleOption,
} from '../../../shared/questionnaire/answer-value.ts';
import { findQuestion } from '../../../shared/questionnaire/questionnaire.ts';
import type { Question } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { adult, day, interview, person, returning, shipped } from './interviews.ts';

const { file } = shipped();
function question(key: string): Question {
  const found = findQuestion(file, key);
  if (found === undefined) throw new Error(key);
  return found;
}

describe('one answer', () => {
  it.each<[string, unknown, unknown]>([
    ['mode', 'phone', 'phone'],
    ['intention', 'pnta', 'pnta'],
    ['family_elsewhere', ['parent', 'partner'], ['partner', 'parent']],
    ['reasons', ['safe', 'family'], ['safe', 'family']],
    ['info_given', ['stop', 'purpose'], ['purpose', 'stop']],
    ['share', { dtv: 'yes' }, { dtv: 'yes' }],
    ['r_ready', { tp: 'ready' }, { tp: 'ready' }],
    ['language_other', '  Romani ', 'Romani'],
    ['pregnancy_week', 42, 42],
    ['absence_to', '2028-02-29', '2028-02-29'],
    ['tp_nl_since', '2026-11-24', '2026-11-24'],
    ['move_country', 'DE', 'DE'],
    ['dest_hromada', 'Роменська', 'Роменська'],
    ['p_profession', '2634', '2634'],
  ])('%s takes %j', (key, value, stored) => {
    expect(checkAnswer(file, question(key), value, day)).toEqual({ ok: true, value: stored });
  });

  it.each<[string, unknown, object]>([
    ['mode', 'fax', { type: 'not-an-option', option: 'fax' }],
    ['mode', 'pnta', { type: 'not-an-option', option: 'pnta' }],
    ['mode', 7, { type: 'wrong-shape' }],
    ['mode', '', { type: 'empty' }],
    ['family_elsewhere', ['none', 'parent'], { type: 'exclusive', option: 'none' }],
    ['family_elsewhere', ['parent', 'parent'], { type: 'double', option: 'parent' }],
    ['family_elsewhere', [], { type: 'empty' }],
    ['family_elsewhere', ['pnta'], { type: 'not-an-option', option: 'pnta' }],
    ['reasons', ['safe', 'family', 'home', 'care'], { type: 'too-many', max: 3 }],
    ['share', { dtv: 'maybe' }, { type: 'not-an-option', option: 'maybe' }],
    ['share', { mayor: 'yes' }, { type: 'not-a-row', row: 'mayor' }],
    ['r_ready', { dk: 'ready' }, { type: 'not-a-row', row: 'dk' }],
    ['share', {}, { type: 'empty' }],
    ['language_other', 'x'.repeat(121), { type: 'too-long', max: 120 }],
    ['pregnancy_week', 43, { type: 'out-of-range', min: 1, max: 42 }],
    ['pregnancy_week', 3.5, { type: 'not-a-whole-number' }],
    ['absence_to', '2026-02-29', { type: 'impossible-date' }],
    ['absence_to', '1-12-2026', { type: 'impossible-date' }],
    ['tp_nl_since', '2026-11-25', { type: 'in-future', today: '2026-11-24' }],
    ['move_country', 'XX', { type: 'not-an-option', option: 'XX' }],
    ['absence_days', 3, { type: 'not-to-be-answered' }],
  ])('%s refuses %j', (key, value, error) => {
    expect(checkAnswer(file, question(key), value, day)).toEqual({ ok: false, error });
  });

  it('limits the text behind other', () => {
    expect(checkOtherText(' ok ')).toEqual({ ok: true, value: 'ok' });
    expect(checkOtherText('x'.repeat(121))).toMatchObject({ ok: false, error: { type: 'too-long' } });
  });
});

it('an exclusive option clears the others and any other clears it', () => {
  const services = question('services_needed');
  expect(toggleOption(file, services, ['gp', 'school'], 'none')).toEqual(['none']);
  expect(toggleOption(file, services, ['none'], 'gp')).toEqual(['gp']);
  expect(toggleOption(file, services, ['gp', 'school'], 'gp')).toEqual(['school']);
});

describe('answers beside each other', () => {
  it('finds days in the wrong order, a second member of staff who is the first, and two main persons', () => {
    const persons = [person('p1', 35, adult), person('p2', 36, adult)];
    const visit = interview({ intention: 'visit', absence_from: '2026-12-10', absence_to: '2026-12-09' }, persons);
    expect(findFieldProblems(file, visit)).toEqual([
      { type: 'second-main', at: { key: 'person_role', section: 'C_persons', person: 'p2' } },
      {
        type: 'before-other-date',
        at: { key: 'absence_to', section: 'E_intention', person: null },
        other: 'absence_from',
      },
    ]);
    const second = {
      ...returning,
      free_choice: 'no',
      second_staff: 'u_0000000000000001',
      earliest_date: '2027-01-02',
      latest_date: '2027-01-01',
    };
    expect(findFieldProblems(file, interview(second)).map(({ type }) => type)).toEqual([
      'same-person',
      'before-other-date',
    ]);
  });

  it('is content with the same day, another colleague and hidden answers', () => {
    const fine = interview({
      ...returning,
      free_choice: 'no',
      second_staff: 'u_2',
      earliest_date: '2027-01-02',
      latest_date: '2027-01-02',
    });
    expect(findFieldProblems(file, fine)).toEqual([]);
    expect(
      findFieldProblems(file, interview({ intention: 'stay', absence_from: '2026-12-10', absence_to: '2026-12-09' })),
    ).toEqual([]);
  });
});
