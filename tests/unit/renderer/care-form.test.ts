import { expect, it } from 'vitest';
import { careProblems } from '../../../renderer/features/contributions/care-form.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';

const day = (text: string | null) => (text === null ? null : isoDate(text));
const problems = (who: string | null, from: string | null, to: string | null) =>
  careProblems({ who, from: day(from), to: day(to) }, [
    { from: isoDate('2025-03-01'), to: isoDate('2025-03-31') },
    { from: isoDate('2025-10-01'), to: null },
  ]).map(({ problem }) => problem);

it('a stay needs a person, a first day and days in order', () => {
  expect(problems(null, null, null)).toEqual(['who', 'from']);
  expect(problems('a', '2025-05-02', '2025-05-01')).toEqual(['order']);
});

it('a stay that meets another one is refused; the same first day gives that stay another end', () => {
  expect(problems('a', '2025-03-31', '2025-04-05')).toEqual(['overlap']);
  expect(problems('a', '2025-05-01', null)).toEqual(['overlap']);
  expect(problems('a', '2025-05-01', '2025-09-30')).toEqual([]);
  expect(problems('a', '2025-10-01', '2025-11-05')).toEqual([]);
});
