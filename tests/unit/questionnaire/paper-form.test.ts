import { describe, expect, it } from 'vitest';
import { paperForm, type PaperCondition } from '../../../shared/questionnaire/paper-form.ts';
import { sectionsOf } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { shipped } from './interviews.ts';

const { file } = shipped();
const sections = paperForm(file);
const lines = sections.flatMap(({ questions }) => questions);
const numberOf = (key: string) => lines.find(({ question }) => question.key === key)?.number ?? 0;

const numbersIn = (condition: PaperCondition): readonly number[] =>
  'parts' in condition ? condition.parts.flatMap(numbersIn) : 'number' in condition ? [condition.number] : [];

describe('the questionnaire on paper', () => {
  it('has every question of every section once, numbered in the order of asking', () => {
    expect(lines.map(({ question }) => question.key)).toEqual(
      sectionsOf(file).flatMap(({ questions }) => questions.map(({ key }) => key)),
    );
    expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
  });

  it('sends nobody to a question that is not on paper, or that comes later', () => {
    for (const { number, onlyIf } of lines) {
      for (const before of onlyIf === null ? [] : numbersIn(onlyIf)) {
        expect(before).toBeGreaterThan(0);
        expect(before).toBeLessThan(number);
      }
    }
  });

  it('says the skip rule of a question with the number and the words of the answer', () => {
    const share = lines.find(({ question }) => question.key === 'share');
    expect(share?.onlyIf).toMatchObject({ type: 'is', number: numberOf('consent_participate') });
    expect(share?.onlyIf).toHaveProperty('answers.0.nl');
  });

  it('puts the gates in front of a section and turns "not one of" into "none of"', () => {
    const health = sections.find(({ key }) => key === 'H_needs')?.onlyIf;
    expect(health).toMatchObject({ type: 'all' });
    const present = numberOf('others_present');
    expect(JSON.stringify(health)).toContain(`"type":"is-not","number":${String(present)}`);
    expect(JSON.stringify(health)).not.toContain(`"type":"is","number":${String(present)}`);
  });

  it('keeps a word for each option that a condition names', () => {
    const words = (condition: PaperCondition): readonly string[] =>
      'parts' in condition
        ? condition.parts.flatMap(words)
        : 'answers' in condition
          ? condition.answers.map(({ uk }) => uk)
          : [];
    const all = [...lines, ...sections].flatMap(({ onlyIf }) => (onlyIf === null ? [] : words(onlyIf)));
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((word) => /^[A-Za-z0-9_]+$/.test(word) && !/^[A-C][0-2]$/.test(word))).toEqual([]);
  });
});
