import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../shared/questionnaire/answers.ts';
import { closedGates, firstUnanswered, taskList } from '../../../shared/questionnaire/task-list.ts';
import { adult, day, fillIn, interview, person, returning, shipped, withAnswer, without } from './interviews.ts';

const questionnaire = shipped();
const blank: Answers = { day, facts: {}, values: {}, persons: [person('p1', 35, {})] };
const status = (answers: Answers): readonly string[] =>
  taskList(questionnaire, answers).map(
    (task) => `${task.section}${task.person === null ? '' : `/${task.person}`} ${task.status}`,
  );

describe('the task list', () => {
  it('shows at the start what can be begun, and what has to wait for consent', () => {
    const lines = status(blank);
    expect(lines.slice(0, 4)).toEqual([
      'A_meta not-started',
      'B_consent not-started',
      'C_persons cannot-start',
      'C2_family cannot-start',
    ]);
    expect(lines).toContain('H2_urgent not-started');
    expect(lines).toContain('P_profession cannot-start');
  });

  it('leaves out what a refusal has ruled out', () => {
    expect(status(interview({ consent_participate: 'no' }))).toEqual([
      'A_meta ready',
      'B_consent ready',
      'H2_urgent ready',
      'M_outcome busy',
    ]);
  });

  it('has a line for each person, and none for sections without a question', () => {
    const lines = status(interview({ intention: 'stay' }, [person('p1', 35, adult), person('p2', 12, {})]));
    expect(lines.filter((line) => line.startsWith('D_status'))).toEqual([
      'D_status/p1 busy',
      'D_status/p2 not-started',
    ]);
    expect(lines.some((line) => line.startsWith('K_closing'))).toBe(false);
    // One optional question and no answer: there is still something to begin.
    expect(lines).toContain('I_documents/p1 not-started');
    expect(lines.filter((line) => line.startsWith('P_profession'))).toEqual(['P_profession/p1 not-started']);
  });

  it('cannot start a postponed section, which stays ready when it was finished before', () => {
    const together = interview({ ...returning, others_present: ['partner'] });
    const unasked = without(together, 'free_choice', 'pressure_from', 'staff_view', 'capacity', 'reflection');
    expect(status(unasked)).toContain('G_voluntary cannot-start');
    const finished = withAnswer(fillIn(questionnaire, interview(returning)), 'others_present', null, ['partner']);
    expect(status(finished)).toContain('G_voluntary ready');
  });

  it('counts asked, answered and missing', () => {
    const consent = taskList(questionnaire, interview()).find(({ section }) => section === 'B_consent');
    // Eight questions; the matrix of recipients and the channels of recontact have no answer yet.
    expect(consent).toMatchObject({ asked: 8, answered: 6, missing: 2, status: 'busy', module: false });
    const full = fillIn(questionnaire, interview({ intention: 'stay' }));
    expect(taskList(questionnaire, full).every((task) => task.status === 'ready' && task.missing === 0)).toBe(true);
  });
});

describe('going through the questions', () => {
  it('resumes at the first question without an answer, also within one section of one person', () => {
    expect(firstUnanswered(questionnaire, blank)?.key).toBe('intake_reason');
    const started = interview({ intention: 'stay' }, [person('p1', 35, adult), person('p2', 40, {})]);
    expect(firstUnanswered(questionnaire, started)).toEqual({ key: 'share', section: 'B_consent', person: null });
    expect(firstUnanswered(questionnaire, started, { section: 'D_status', person: 'p2' })).toEqual({
      key: 'residence_basis',
      section: 'D_status',
      person: 'p2',
    });
    expect(firstUnanswered(questionnaire, fillIn(questionnaire, started))).toBeUndefined();
  });

  it('never leads into a postponed section', () => {
    const together = interview({ ...returning, others_present: ['partner'] });
    expect(firstUnanswered(questionnaire, together, { section: 'G_voluntary', person: null })).toBeUndefined();
    const alone = interview({ ...returning, others_present: ['none'] });
    expect(firstUnanswered(questionnaire, alone, { section: 'G_voluntary', person: null })).toBeDefined();
    expect(closedGates(questionnaire, together)).toEqual(['private']);
  });
});
