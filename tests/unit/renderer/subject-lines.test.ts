import { expect, it } from 'vitest';
import { subjectLines } from '../../../renderer/features/privacy/subject-lines.ts';
import type { SubjectPart } from '../../../shared/sync/subject-access.ts';

const value = (atMs: number, by: string, onlyHere = false) => ({
  ...{ value: 'x', atMs, by, holds: true, erased: false, onlyHere },
});
const part = (id: string, values: SubjectPart['fields'][number]['values']): SubjectPart => ({
  ...{ kind: 'resident', id, deleted: false, leftOut: 0 },
  fields: [{ field: 'name', values }],
});
const entry = (atMs: number, action: string, id = 'p', user = 'u_1') => ({
  ...{ atMs, clockSuspect: false, user, role: 'lead', action, kind: 'resident', id, purpose: null, breakGlass: false },
});
const told = (parts: readonly SubjectPart[], entries: readonly ReturnType<typeof entry>[]) =>
  subjectLines(parts, { isWhole: true, entries: [...entries] }).map(({ atMs, action, user }) => [atMs, action, user]);

it('adds what colleagues changed elsewhere and what went along with another record, each act once, newest first', () => {
  const parts = [
    part('p', [value(100_000, 'u_2'), value(100_000, 'u_2'), value(50_000, 'endpoint')]),
    part('q', [value(200_000, 'u_1')]),
  ];
  expect(told(parts, [entry(10_000, 'view'), entry(300_000, 'view')])).toEqual([
    [300_000, 'view', 'u_1'],
    [200_000, 'write', 'u_1'],
    [100_000, 'write', 'u_2'],
    [50_000, 'write', 'endpoint'],
    [10_000, 'view', 'u_1'],
  ]);
});

it('says no act twice that the log has, and takes no view for one', () => {
  const parts = [part('p', [value(100_000, 'u_1')])];
  expect(told(parts, [entry(101_000, 'edit')])).toEqual([[101_000, 'edit', 'u_1']]);
  expect(told(parts, [entry(101_000, 'view')])).toHaveLength(2);
  expect(told(parts, [entry(101_000, 'edit', 'q')])).toHaveLength(2);
  expect(told(parts, [entry(101_000, 'edit', 'p', 'u_2')])).toHaveLength(2);
});

it('leaves out what never left the laptop and has no moment of its own', () => {
  expect(told([part('p', [value(0, '', true)])], [])).toEqual([]);
});
