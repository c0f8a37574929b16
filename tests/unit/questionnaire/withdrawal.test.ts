import { expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { returnIntake, ruleOfAnswer } from '../../../shared/questionnaire/return-intake.ts';
import { findWithdrawal, sharedWith, withdrawalEdits } from '../../../shared/questionnaire/withdrawal.ts';
import { shareEdit } from '../../../shared/sync/sharing.ts';
import { shipped } from './interviews.ts';

const day = isoDate('2026-11-24');
const user = 'u_0000000000000001';
const values = {
  about: { residents: ['p1'], startedOn: '2026-11-20' },
  placement: { site: 'site-1' },
  status: 'finalised',
  finalisedAs: 'f1',
  needsAttention: true,
  'answer.intention': 'stay',
  'answer.wg_see.p1': 'alot',
  'otherText.reasons': 'tuin',
  'sitting.2026-11-24.u_0000000000000001': { language: 'uk' },
};

it('empties every answer and typed text, and keeps who, where, when and that it was withdrawn', () => {
  const edits = Object.fromEntries(withdrawalEdits(values, day, user, ['dtv']));
  expect(edits).toEqual({
    status: 'withdrawn',
    withdrawal: { on: '2026-11-24', by: user },
    'recall.dtv': { askedOn: '2026-11-24', doneOn: null },
    'answer.intention': null,
    'answer.wg_see.p1': null,
    'otherText.reasons': null,
    needsAttention: null,
  });
  expect(findWithdrawal({ ...values, ...edits })).toEqual({
    on: '2026-11-24',
    by: user,
    recalls: [{ recipient: 'dtv', askedOn: '2026-11-24', doneOn: null }],
  });
  expect(findWithdrawal(values)).toBeUndefined();
});

it('recalls only from who was given it: unanswered and no are no', () => {
  expect(sharedWith({ iom: 'yes', dtv: 'yes', ind: 'no' })).toEqual(['dtv', 'iom']);
  expect(sharedWith(undefined)).toEqual([]);
  expect(sharedWith(['yes'])).toEqual([]);
});

it('wins over everything else that stands for the status until a person has chosen', () => {
  expect(returnIntake.fields.status.cautious?.[0]).toBe('withdrawn');
});

it('sends one sign for all answers that stay here, and none of their values', () => {
  const flagged = shareEdit('answer.wg_see.p1', 'alot', ruleOfAnswer(shipped(), 'wg_see'));
  expect(flagged.shared).toEqual({ field: 'answer.wg_see.p1.given', value: true });
  expect(shareEdit('needsAttention', true, returnIntake.fields.needsAttention)).toEqual({
    shared: { field: 'needsAttention', value: true },
    local: null,
  });
});
