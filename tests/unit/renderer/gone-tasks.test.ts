import { expect, it } from 'vitest';
import { flipped, goneHappens, listNameOf, withTasks } from '../../../renderer/features/residents/gone-tasks.ts';
import type { ImportSaves } from '../../../renderer/features/residents/import-saves.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';

it('does the same for all, and the other for those that were chosen apart', () => {
  const none = { all: 'skip', others: new Set<string>(), list: '' } as const;
  expect(['a', 'b'].map((id) => goneHappens(flipped(none, 'b'), id))).toEqual(['skip', 'take']);
  expect(goneHappens(flipped(flipped(none, 'b'), 'b'), 'b')).toBe('skip');
  const all = { ...none, all: 'take' } as const;
  expect(['a', 'b'].map((id) => goneHappens(flipped(all, 'b'), id))).toEqual(['take', 'skip']);
});

it('calls a list by its file, without what a computer adds', () => {
  expect(['BRP november.xlsx', 'lijst', 'v1.2 lijst.csv', ''].map(listNameOf)).toEqual([
    'BRP november',
    'lijst',
    'v1.2 lijst',
    '',
  ]);
  expect(listNameOf('x'.repeat(300))).toHaveLength(100);
});

it('makes the tasks after all else, one record each, and touches nobody', () => {
  const request = { records: [], action: 'import', purpose: null } as const;
  const saves: ImportSaves = {
    count: 1,
    withoutBed: [],
    tasks: 0,
    saves: function* () {
      yield { lines: 1, tasks: 0, request };
    },
  };
  let made = 0;
  const together = withTasks(saves, ['p', 'q'], {
    list: 'november',
    today: isoDate('2026-11-24'),
    newId: () => `new ${String(++made)}`,
    siteOf: (id) => (id === 'p' ? 'site' : null),
  });
  expect([together.count, together.tasks]).toEqual([1, 2]);
  const [first, ...tasks] = [...together.saves()];
  expect(first).toEqual({ lines: 1, tasks: 0, request });
  expect(tasks.map(({ lines, tasks: count }) => [lines, count])).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(tasks[0]?.request.records).toEqual([
    {
      ref: { kind: 'followUp', id: 'new 1' },
      edits: [
        { field: 'placement', value: { site: 'site' }, base: [] },
        { field: 'lookInto', value: { resident: 'p', list: 'november', day: '2026-11-24' }, base: [] },
      ],
    },
  ]);
  expect(tasks.flatMap((task) => task.request.records.map(({ ref }) => ref.kind))).toEqual(['followUp', 'followUp']);
});
