import { expect, it } from 'vitest';
import { findFollowUp } from '../../../shared/follow-up/follow-up.ts';
import { findPersonTask, openTasks } from '../../../shared/follow-up/person-task.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';

const resident = '5a5a5a5a-0000-4000-8000-000000000001';
const [id, other] = ['6b6b6b6b-0000-4000-8000-000000000001', '6b6b6b6b-0000-4000-8000-000000000002'];
const lookInto = { resident, list: 'november', day: '2026-11-24' };

it('is a follow-up about a person, and nothing about money', () => {
  const values = { placement: { site: null }, lookInto };
  expect(findPersonTask(id, values)).toEqual({ id, ...lookInto, closed: null });
  expect(findFollowUp(id, values)).toBeUndefined();
  expect(findPersonTask(id, { placement: { site: null } })).toBeUndefined();
});

it('is open until somebody says what came of it; the oldest list comes first', () => {
  const closed = { day: '2026-11-25', result: 'departed', note: '' };
  const tasks = [
    findPersonTask(other, { lookInto }),
    findPersonTask(id, { lookInto: { ...lookInto, day: '2026-10-01' } }),
    findPersonTask(resident, { lookInto, lookedInto: closed }),
  ].flatMap((task) => task ?? []);
  expect(tasks[2]?.closed).toEqual({ ...closed, day: isoDate('2026-11-25') });
  expect(openTasks(tasks).map((task) => task.id)).toEqual([id, other]);
});
