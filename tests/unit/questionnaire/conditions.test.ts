import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers, AnswerValue } from '../../../shared/questionnaire/answers.ts';
import { evaluate, holds } from '../../../shared/questionnaire/conditions.ts';
import { sectionsOf, type Condition } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { interview, opening, person, returning, shipped, traveller } from './interviews.ts';

const { file } = shipped();
const fixed = { seed: 20261124, numRuns: 300 };

describe('one condition', () => {
  const values: Readonly<Record<string, AnswerValue>> = {
    single: 'a',
    refused: 'pnta',
    several: ['a', 'b'],
    number: 5,
    emptied: [],
  };
  const scope = { answerTo: (key: string) => values[key], fact: (key: string) => (key === 'age' ? 17 : undefined) };
  it.each<[Condition, boolean]>([
    [{ q: 'single', answered: true }, true],
    [{ q: 'refused', answered: true }, false],
    [{ q: 'missing', answered: true }, false],
    [{ q: 'emptied', answered: true }, false],
    [{ q: 'single', is: 'a' }, true],
    [{ q: 'single', is: 'b' }, false],
    [{ q: 'refused', is: 'pnta' }, true],
    [{ q: 'missing', is: 'pnta' }, false],
    [{ q: 'single', in: ['b', 'a'] }, true],
    [{ q: 'refused', in: ['a', 'pnta'] }, true],
    [{ q: 'several', in: ['a', 'b'] }, false],
    [{ q: 'several', includes: 'b' }, true],
    [{ q: 'several', includes: 'c' }, false],
    [{ q: 'refused', includes: 'pnta' }, false],
    [{ q: 'number', gte: 5 }, true],
    [{ q: 'number', gte: 6 }, false],
    [{ q: 'number', lte: 5 }, true],
    [{ q: 'refused', lte: 99 }, false],
    [{ q: 'missing', lte: 99 }, false],
    [{ fact: 'age', lte: 17 }, true],
    [{ fact: 'age', gte: 18 }, false],
    [{ fact: 'unknown', lte: 99 }, false],
    [{ not: { q: 'missing', is: 'a' } }, true],
    [
      {
        all: [
          { q: 'single', is: 'a' },
          { q: 'number', gte: 9 },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { q: 'single', is: 'b' },
          { q: 'number', gte: 1 },
        ],
      },
      true,
    ],
  ])('%j is %s', (condition, expected) => {
    expect(holds(condition, scope)).toBe(expected);
  });
});

const shownKeys = (answers: Answers, of: string | null = null): readonly string[] =>
  evaluate(file, answers)
    .visible.filter((one) => one.person === of)
    .map(({ key }) => key);

describe('what is shown', () => {
  it('counts a hidden answer as unanswered, so that hiding cascades', () => {
    const asked = interview({ ...returning, home_state: 'own_light', property_docs: ['owner'] });
    expect(shownKeys(asked)).toEqual(expect.arrayContaining(['home_state', 'property_docs', 'compensation']));
    const changed = interview({ ...returning, home_state: 'own_light', intention: 'stay' });
    expect(shownKeys(changed)).not.toContain('home_state');
    expect(shownKeys(changed)).not.toContain('compensation');
    expect(evaluate(file, changed).answerTo('home_state')).toBeUndefined();
  });

  it('opens no follow-up question on a refusal', () => {
    expect(shownKeys(interview({ visits_since: 'pnta', intention: 'stay' }))).not.toContain('visit_purpose');
    expect(shownKeys(interview({ family_elsewhere: 'pnta' }))).not.toContain('family_where');
  });

  it('follows a refusal only where a condition names it', () => {
    expect(shownKeys(interview({ ...returning, free_choice: 'pnta' }))).toContain('second_staff');
    expect(shownKeys(interview({ ...returning, pressure_from: 'pnta' }))).toContain('second_staff');
    expect(shownKeys(interview({ ...returning }))).not.toContain('second_staff');
  });

  it('hides everything behind the gate of consent', () => {
    const sections = new Set(
      evaluate(file, interview({ consent_participate: 'no' })).visible.map((one) => one.section),
    );
    expect([...sections]).toEqual(['A_meta', 'B_consent', 'H2_urgent', 'M_outcome']);
  });

  it('postpones the sensitive sections until they can be talked about in private, and keeps what was said before', () => {
    const before = interview({ ...returning, free_choice: 'no' });
    const after = interview({ ...returning, free_choice: 'no', others_present: ['partner'] });
    const postponed = (answers: Answers): readonly string[] => [
      ...new Set(evaluate(file, answers).visible.flatMap((one) => (one.postponed ? [one.section] : []))),
    ];
    expect(postponed(before)).toEqual([]);
    expect(postponed(after)).toEqual(['G_voluntary']);
    expect(evaluate(file, after).answerTo('free_choice')).toBe('no');
    expect(postponed(interview({ ...returning, interpreter: 'informal' }, [person('p1', 35, traveller)]))).toEqual([
      'G_voluntary',
      'H_needs',
    ]);
  });

  it('asks a young person what fits their age, and an adult from the eighteenth birthday', () => {
    const at = (age: number): readonly string[] => shownKeys(interview({}, [person('p1', age, traveller)]), 'p1');
    expect(at(17)).toContain('authority');
    expect(at(17)).not.toContain('heard_alone');
    expect(at(18)).toContain('heard_alone');
    expect(at(18)).toContain('p_edu');
    expect(at(18)).not.toContain('authority');
  });
});

const code = fc.constantFrom(
  'pnta',
  ...new Set(Object.values(file.optionSets).flatMap((set) => set.map((option) => option.code))),
);
const anyValue: fc.Arbitrary<AnswerValue> = fc.oneof(
  code,
  fc.integer({ min: -5, max: 99 }),
  fc.array(code, { maxLength: 3 }),
  fc.dictionary(code, code, { maxKeys: 2 }),
);
const keys = sectionsOf(file).flatMap((section) => section.questions.map(({ key }) => key));
const sheet = fc.dictionary(fc.constantFrom(...keys), anyValue, { maxKeys: 40 });
const anyAnswers = fc
  .record({
    values: sheet,
    open: fc.boolean(),
    people: fc.array(fc.record({ values: sheet, age: fc.nat(90) }), { maxLength: 3 }),
  })
  .map(({ values, open, people }) => ({
    ...interview(
      {},
      people.map((one, at) => person(`p${String(at)}`, one.age, one.values)),
    ),
    values: open ? { ...values, ...opening } : values,
  }));

describe('properties', () => {
  it('evaluation is total: any answers of any shape give a list without doubles, and rules never throw', () => {
    const questionnaire = shipped();
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const shown = questionnaire.visibleQuestions(answers).map((one) => `${one.person ?? ''}/${one.key}`);
        expect(new Set(shown).size).toBe(shown.length);
        for (const missing of questionnaire.missingRequired(answers)) {
          expect(shown).toContain(`${missing.person ?? ''}/${missing.key}`);
        }
        expect(Array.isArray(questionnaire.flags(answers))).toBe(true);
      }),
      fixed,
    );
  });

  it('what is hidden decides nothing: without hidden answers the same questions show', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { visible } = evaluate(file, answers);
        const shown = new Set(visible.map((one) => `${one.person ?? ''}/${one.key}`));
        const keep = (values: Answers['values'], of: string): Answers['values'] =>
          Object.fromEntries(Object.entries(values).filter(([key]) => shown.has(`${of}/${key}`)));
        const pruned = {
          ...answers,
          values: keep(answers.values, ''),
          persons: answers.persons.map((one) => ({ ...one, values: keep(one.values, one.id) })),
        };
        expect(evaluate(file, pruned).visible).toEqual(visible);
      }),
      fixed,
    );
  });
});
