import { describe, expect, it } from 'vitest';
import { courseWords } from '../../../renderer/features/contributions/letter-course.ts';
import { letterWords } from '../../../renderer/features/contributions/letter-words.ts';
import { sampleLetter } from '../../../renderer/features/contributions/sample-letter.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { fillTemplate, letterLanguages, type LetterLanguage } from '../../../shared/letters/template.ts';
import { standardTemplate } from '../../../shared/letters/templates.ts';
import { assess, household, withOverrides, type Case } from '../contribution/facts.ts';

const earner = (income: number, over: Partial<Case> = {}): Case => ({
  month: '2025-10',
  members: household('1+0'),
  incomes: { a1: income },
  ...over,
});
const arrived = { partMonth: { which: 'first', days: 20, of: 31 } } as const;
const left = { partMonth: { which: 'last', days: 9, of: 31 } } as const;
const hardship = (amount: number) => ({
  hardship: { contributionCents: cents(amount), until: isoDate('2025-12-10'), reason: 'schulden' },
});
const cases: readonly (readonly [name: string, given: Case, conditions: readonly string[]])[] = [
  ['no income', earner(0), []],
  ['the full contribution', earner(130_000), []],
  [
    'an imposition',
    {
      ...earner(0),
      incomes: {},
      policy: withOverrides({ no_income_info: 'default_impose' }),
      also: { incomeTermEnded: isoDate('2025-09-20') },
    },
    ['imposed'],
  ],
  [
    'an arrival by days',
    earner(0, { policy: withOverrides({ 'month.first': 'pro_rata' }), also: arrived }),
    ['arrived-in-month', 'by-days'],
  ],
  [
    'an arrival, whole',
    earner(0, { policy: withOverrides({ 'month.first': 'full' }), also: arrived }),
    ['arrived-in-month', 'whole-month'],
  ],
  [
    'an arrival, set by hand',
    earner(0, { also: arrived, judgement: { allowanceCents: cents(20_000), reason: 'kwam de 12e' } }),
    ['arrived-in-month', 'set-by-hand'],
  ],
  [
    'a departure by days',
    earner(0, { policy: withOverrides({ 'month.last': 'pro_rata' }), also: left }),
    ['left-in-month', 'by-days'],
  ],
  ['hardship', earner(130_000, { also: hardship(10_000) }), ['lowered-for-hardship']],
  ['hardship to nothing', earner(130_000, { also: hardship(0) }), ['lowered-for-hardship']],
  ['hardship that is above what is asked', earner(130_000, { also: hardship(30_000) }), []],
  [
    'an allowance in part',
    earner(20_000, { policy: withOverrides({ 'threshold.partial_mode': 'taper' }) }),
    ['partly-withheld'],
  ],
  [
    'a contribution in part',
    earner(50_000, { policy: withOverrides({ 'threshold.partial_mode': 'taper' }) }),
    ['part-contribution'],
  ],
  [
    'nothing between the thresholds',
    earner(50_000, { policy: withOverrides({ 'threshold.partial_mode': 'step' }) }),
    ['between-without-amounts'],
  ],
  ['an amount still to be judged', earner(50_000), []],
  [
    'a judged amount between the thresholds',
    earner(50_000, { judgement: { contributionCents: cents(10_000), reason: 'reiskosten' } }),
    ['set-by-hand', 'part-contribution'],
  ],
];

describe.each(cases)('a letter on %s', (_, given, conditions) => {
  const assessment = assess(given);
  it('says how it came about', () => {
    expect(courseWords(assessment, 'nl').holds).toEqual(conditions);
  });

  it.each(['intention', 'decision', 'correction'] as const)('is without holes as %s, in every language', (kind) => {
    const letter = {
      ...sampleLetter(kind, isoDate('2025-11-20'), { code: '0402', name: 'Hilversum' }, ''),
      assessment,
    };
    for (const language of letterLanguages) {
      const filled = fillTemplate(standardTemplate(kind), language, letterWords(letter, language));
      if (!filled.ok) throw new Error(`${filled.error.paragraph}: ${filled.error.name}`);
      const told = filled.value.map(({ id }) => id);
      const own = standardTemplate(kind).paragraphs.filter(({ when }) => when.some((one) => conditions.includes(one)));
      for (const { id } of own) expect(told).toContain(id);
    }
  });
});

it('words them in the letter, in Dutch and Ukrainian', () => {
  const told = (given: Case, language: LetterLanguage) => {
    const letter = {
      ...sampleLetter('decision', isoDate('2025-11-20'), { code: '0402', name: 'Hilversum' }, ''),
      assessment: assess(given),
    };
    const filled = fillTemplate(standardTemplate('decision'), language, letterWords(letter, language));
    if (!filled.ok) throw new Error(filled.error.name);
    return filled.value
      .map(({ text }) => text)
      .join('\n')
      .replaceAll(/\s/gu, ' ');
  };
  const [, imposition] = cases[2]!;
  expect(told(imposition, 'nl')).toContain('Dat kon tot en met 20 september 2025. Daarom legt de gemeente');
  expect(told(imposition, 'nl')).not.toContain('Er is voor deze maand geen inkomen opgegeven');
  expect(told(imposition, 'uk')).toContain('до 20 вересня 2025 р. включно');
  const [, arrival] = cases[3]!;
  expect(told(arrival, 'nl')).toContain('U bent er 20 van de 31 dagen.');
  expect(told(arrival, 'uk')).toContain('Днів перебування: 20 із 31.');
  const [, hard] = cases[7]!;
  expect(told(hard, 'nl')).toContain('U betaalt deze maand een eigen bijdrage: € 100,00.');
  expect(told(hard, 'nl')).toContain('Dit geldt tot en met 10 december 2025.');
  const [, part] = cases[11]!;
  expect(told(part, 'nl')).toContain('niet het volledige bedrag van € 244,22.');
});
