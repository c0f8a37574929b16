import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { answersOf, makeDraft } from '../../../shared/questionnaire/return-intake.ts';
import { changesSince, interviewDay, sittingEdits, whyAskAgain } from '../../../shared/questionnaire/sittings.ts';

const monday = isoDate('2026-11-23');
const tuesday = isoDate('2026-11-24');
const anna = 'u_0000000000000001';
const boris = 'u_0000000000000002';
const draft = {
  ...makeDraft('site-1', ['p1'], monday),
  'answer.caseworker_id': anna,
  'answer.language': 'uk',
  'answer.interpreter': 'phone',
};
const after = (day: typeof monday, user: string) => ({
  ...draft,
  ...Object.fromEntries(sittingEdits(draft, day, user)),
});

describe('who is there is asked again', () => {
  it('not on the first day by who began it', () => {
    expect(whyAskAgain(draft, monday, anna)).toBeNull();
  });
  it('on another day, also by the same member of staff', () => {
    expect(whyAskAgain(draft, tuesday, anna)).toBe('new-day');
  });
  it('by another member of staff on the same day', () => {
    expect(whyAskAgain(draft, monday, boris)).toBe('other-interviewer');
  });
  it('until it was asked, by the one who asked; the answers of that moment are kept with it', () => {
    const asked = after(tuesday, boris);
    expect(whyAskAgain(asked, tuesday, boris)).toBeNull();
    expect(whyAskAgain(asked, tuesday, anna)).toBe('other-interviewer');
    expect(asked).toMatchObject({
      [`sitting.2026-11-24.${boris}`]: { language: 'uk', interpreter: 'phone' },
      'answer.caseworker_id': boris,
    });
  });
});

describe('the day that ages and rules count by', () => {
  it('stays the day of the interview at the turn of a day, and moves with the next sitting', () => {
    expect(interviewDay(draft)).toBe(monday);
    expect(interviewDay(after(tuesday, anna))).toBe(tuesday);
  });
  it('moves the 18th birthday with it', () => {
    const born = [{ id: 'p1', birthDate: isoDate('2008-11-24') }];
    const ageBy = (values: typeof draft) =>
      answersOf(values, interviewDay(values) ?? tuesday, born).persons[0]?.facts['person.age'];
    expect(ageBy(draft)).toBe(17);
    expect(ageBy(after(tuesday, anna))).toBe(18);
  });
});

describe('what changed since last time', () => {
  const seen = {
    version: 1,
    day: monday,
    answers: { 'answer.language': 'uk', 'answer.mode': 'phone', 'answer.share': { dtv: 'yes', iom: 'no' } },
  };
  it('names answers given, changed and taken back, not the order of rows or who asks', () => {
    const now = {
      'answer.caseworker_id': boris,
      'answer.language': 'nl',
      'answer.wg_see.p1': 'none',
      'answer.share': { iom: 'no', dtv: 'yes' },
      status: 'draft',
    };
    expect(changesSince(seen, now, monday, [])).toEqual([
      { type: 'answer', key: 'language', person: null, taken: false },
      { type: 'answer', key: 'mode', person: null, taken: true },
      { type: 'answer', key: 'wg_see', person: 'p1', taken: false },
    ]);
  });
  it('names an answer that stays on another device once, and says nothing of that where the answer itself is', () => {
    const elsewhere = { 'answer.acute_danger.given': true, 'answer.health_need.p1.given': true };
    expect(changesSince({ ...seen, answers: {} }, elsewhere, monday, [])).toEqual([
      { type: 'answer', key: 'acute_danger', person: null, taken: false },
      { type: 'answer', key: 'health_need', person: 'p1', taken: false },
    ]);
    const here = { 'answer.acute_danger': 'no', 'answer.acute_danger.given': true };
    const known = { ...seen, answers: { 'answer.acute_danger': 'no' } };
    expect(changesSince(known, here, monday, [])).toEqual([]);
    const takenBack = { 'answer.acute_danger': null, 'answer.acute_danger.given': false };
    expect(changesSince(known, takenBack, monday, [])).toEqual([
      { type: 'answer', key: 'acute_danger', person: null, taken: true },
    ]);
  });
  it('names a newer questionnaire and who turned 18', () => {
    const persons = [
      { id: 'p1', birthDate: isoDate('2008-11-24') },
      { id: 'p2', birthDate: isoDate('2008-11-25') },
    ];
    expect(changesSince(seen, seen.answers, tuesday, persons, 2)).toEqual([
      { type: 'questionnaire', newest: 2 },
      { type: 'came-of-age', person: 'p1' },
    ]);
    expect(changesSince(seen, seen.answers, monday, persons, 1)).toEqual([]);
  });
});
