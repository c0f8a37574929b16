import { describe, expect, it } from 'vitest';
import type { FieldValues, RecordKind } from '../../../shared/records/record.ts';
import { mergeQuestions, planMerge, repointed } from '../../../shared/register/merge-residents.ts';

const [a, b, c] = ['a', 'b', 'c'].map((sign) => `${sign.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
];
const moved = (kind: RecordKind, values: FieldValues) =>
  Object.fromEntries(repointed({ ref: { kind, id: c }, values }, a, b).map(({ field, value }) => [field, value]));

describe('what pointed to the record that goes', () => {
  it('takes the mark of a roll-call away from it, and never writes over one that the other has', () => {
    const [seen, missed] = [
      { state: 'present', at: '09:00' },
      { state: 'not-seen', at: '10:00' },
    ];
    expect(moved('rollCall', { [`mark.${a}`]: missed })).toEqual({ [`mark.${a}`]: null, [`mark.${b}`]: missed });
    expect(moved('rollCall', { [`mark.${a}`]: missed, [`mark.${b}`]: seen })).toEqual({ [`mark.${a}`]: null });
  });

  it('copies answers of an interview, and leaves those that were given about the other', () => {
    const about = { residents: [a, c], startedOn: '2026-11-01' };
    const answers = {
      [`answer.certainty.${a}`]: 'sure',
      [`answer.reason.${a}`]: 'work',
      [`answer.reason.${b}`]: 'care',
    };
    expect(moved('returnIntake', { about, ...answers })).toEqual({
      about: { ...about, residents: [b, c] },
      [`answer.certainty.${b}`]: 'sure',
    });
    expect(moved('returnIntake', { about: { ...about, residents: [a, b] } })).toEqual({
      about: { ...about, residents: [b] },
    });
  });

  it('leaves what is about somebody else, and what never changes', () => {
    expect(moved('bedStay', { stay: { resident: c } })).toEqual({});
    expect(moved('returnIntake', { about: { residents: [c] }, [`answer.reason.${a}`]: 'work' })).toEqual({});
    expect(moved('contributionDecision', { receipt: { resident: a } })).toEqual({});
  });
});

it('takes a paper for the same by kind and number however it is written, and keeps another one beside it', () => {
  const ref = (id: string) => ({ kind: 'resident', id }) as const;
  const paper = (number: string) => ({ type: 'passport', number, validUntil: null });
  const kept = { 'document.x': paper('FA 123.456') };
  expect(mergeQuestions({ 'document.first': { ...paper('fa123456'), validUntil: '2030-01-01' } }, kept)).toMatchObject([
    { field: 'document.first', keptField: 'document.x' },
  ]);
  const other = { 'document.x': paper('FB1') };
  const plan = planMerge({ ref: ref(a), values: other }, { ref: ref(b), values: kept }, new Map(), []);
  expect(plan[0]?.edits).toEqual([{ field: 'document.x-aaaaaaaa', value: paper('FB1') }]);
});

it('lets the mark of a proposed spelling go with the name it is about, and asks nothing of its own', () => {
  const ref = (id: string) => ({ kind: 'resident', id }) as const;
  const mark = (familyCyrillic: string) => ({ familyCyrillic, givenCyrillic: '', patronymicCyrillic: '' });
  const gone = { name: { family: 'Boiko' }, proposedSpelling: mark('Бойко') };
  const kept = { name: { family: 'Boyko' }, proposedSpelling: mark('Боіко') };
  expect(mergeQuestions(gone, kept).map(({ field }) => field)).toEqual(['name']);
  const marked = (choice: 'gone' | 'kept', values: FieldValues = kept) =>
    planMerge({ ref: ref(a), values: gone }, { ref: ref(b), values }, new Map([['name', choice]]), [])[0]?.edits.filter(
      ({ field }) => field === 'proposedSpelling',
    ) ?? [];
  expect(marked('gone')).toEqual([{ field: 'proposedSpelling', value: gone.proposedSpelling }]);
  expect(marked('kept')).toEqual([]);
  expect(marked('kept', { name: kept.name })).toHaveLength(1);
});
