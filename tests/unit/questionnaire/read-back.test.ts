import { describe, expect, it } from 'vitest';
import { readBack, type AnswerWording } from '../../../shared/questionnaire/read-back.ts';
import { interview, person, returning, shipped, traveller } from './interviews.ts';

const questionnaire = shipped();
const lines = readBack(
  questionnaire,
  interview(
    {
      ...returning,
      reasons: ['other', 'home'],
      absence_from: '2026-12-01',
      dest_oblast: 'UA80000000000093317',
      dest_hromada: 'Роменська',
      earliest_date: '2027-01-02',
      visits_since: 'pnta',
      share: { dtv: 'yes' },
    },
    [person('p1', 35, { ...traveller, special_situation: ['pregnant'], pregnancy_week: 12 })],
  ),
  { reasons: 'de zee', initiative: 'verborgen' },
);
const answer = (key: string): AnswerWording | undefined => lines.find((line) => line.key === key)?.answer;

describe('reading back', () => {
  it('follows the order of asking and leaves out hidden and unanswered questions', () => {
    const keys = lines.map(({ key }) => key);
    expect(keys.slice(0, 3)).toEqual(['site_id', 'caseworker_id', 'intake_reason']);
    expect(keys).not.toContain('absence_from');
    expect(keys).not.toContain('initiative');
    expect(keys.indexOf('intention')).toBeLessThan(keys.indexOf('dest_same'));
  });

  it('says choices in the words of the questionnaire, in three languages', () => {
    expect(answer('intention')).toMatchObject({ kind: 'words', ranked: false });
    expect(answer('visits_since')).toMatchObject({
      words: [{ nl: 'wil ik niet zeggen', uk: 'не хочу відповідати', en: 'prefer not to say' }],
    });
    expect(answer('reasons')).toMatchObject({ kind: 'words', ranked: true });
    const first = answer('reasons');
    const sets = questionnaire.file.optionSets['reasons'];
    expect(first?.kind === 'words' && first.words[0]).toEqual(sets?.find(({ code }) => code === 'other')?.label);
    expect(answer('dest_oblast')).toMatchObject({
      kind: 'words',
      words: [{ en: expect.stringContaining('Kyiv') as string }],
    });
  });

  it('leaves days, numbers, names and references raw', () => {
    expect(answer('earliest_date')).toEqual({ kind: 'date', value: '2027-01-02' });
    expect(answer('pregnancy_week')).toEqual({ kind: 'number', value: 12 });
    expect(answer('dest_hromada')).toEqual({ kind: 'text', value: 'Роменська' });
    expect(answer('resident_ref')).toBeUndefined();
    expect(answer('caseworker_id')).toMatchObject({ kind: 'ref' });
  });

  it('shows every row of a matrix, open ones too', () => {
    const share = answer('share');
    expect(share?.kind === 'rows' && share.rows.map((row) => row.answer?.en ?? null)).toEqual([
      'yes',
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('puts the text behind other beside its answer only', () => {
    expect(lines.filter(({ otherText }) => otherText !== null).map((line) => [line.key, line.otherText])).toEqual([
      ['reasons', 'de zee'],
    ]);
  });
});
