import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { adaptTemplate, findLetterTexts, letterTextFieldId } from '../../../shared/letters/letter-text.ts';
import { standardTemplate } from '../../../shared/letters/templates.ts';
import {
  checkText,
  fillTemplate,
  isText,
  letterConditions,
  letterKinds,
  letterLanguages,
  namesIn,
  placeholdersFor,
  placeholdersOf,
  templateSchema,
  type LetterCondition,
  type LetterKind,
  type PlaceholderName,
} from '../../../shared/letters/template.ts';

const everyValue = (kind: LetterKind) =>
  Object.fromEntries(placeholdersOf[kind].map((name) => [name, `<${name}>`])) as Partial<
    Record<PlaceholderName, string>
  >;
const aKind = fc.constantFrom(...letterKinds);
const aLanguage = fc.constantFrom(...letterLanguages);
const conditions = fc.subarray([...letterConditions]);
/** The first text paragraph of a kind that is always printed. */
const firstText = (kind: LetterKind) => {
  const found = standardTemplate(kind)
    .paragraphs.filter(isText)
    .find(({ when }) => when.length === 0);
  if (found === undefined) throw new Error(`${kind} has no text`);
  return found;
};

describe('filling', () => {
  it('leaves no placeholder of any template unfilled, whatever holds', () => {
    fc.assert(
      fc.property(aKind, aLanguage, conditions, (kind, language, holding) => {
        const letter = fillTemplate(standardTemplate(kind), language, {
          values: everyValue(kind),
          holds: new Set(holding),
        });
        if (!letter.ok) throw new Error(`${letter.error.paragraph}: ${letter.error.name}`);
        expect(letter.value.map(({ text }) => text).join('\n')).not.toMatch(/[{}]/);
      }),
      { seed: 4, numRuns: 400 },
    );
  });

  it('refuses a letter with a hole in it, and names the placeholder and its paragraph', () => {
    fc.assert(
      fc.property(aKind, aLanguage, conditions, fc.nat(), (kind, language, holding, pick) => {
        const names = placeholdersOf[kind];
        const without = names[pick % names.length];
        const template = standardTemplate(kind);
        const holds = new Set<LetterCondition>(holding);
        const values = { ...everyValue(kind), ...(without === undefined ? {} : { [without]: '' }) };
        const printed = template.paragraphs.filter(({ when }) => when.every((condition) => holds.has(condition)));
        const first = printed.filter(isText).find((one) => namesIn(one[language]).includes(without ?? ''));
        const letter = fillTemplate(template, language, { values, holds });
        if (first === undefined) expect(letter.ok).toBe(true);
        else
          expect(letter).toEqual({
            ok: false,
            error: { type: 'placeholder-empty', name: without, paragraph: first.id },
          });
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('takes a value as it is, also one that looks like a placeholder', () => {
    const letter = fillTemplate(standardTemplate('objection'), 'nl', {
      values: { ...everyValue('objection'), subject: 'de {month} en $& van $1' },
      holds: new Set(),
    });
    expect(letter.ok && letter.value.find(({ id }) => id === 'subject')?.text).toBe(
      'Uw bezwaar gaat over: de {month} en $& van $1',
    );
  });
});

it('ends a sentence with one full stop where a date brings its own', () => {
  const said = (answerBy: string) => {
    const letter = fillTemplate(standardTemplate('income-request'), 'uk', {
      values: { ...everyValue('income-request'), answerBy },
      holds: new Set(),
    });
    return letter.ok ? letter.value.find(({ id }) => id === 'until')?.text : letter.error.name;
  };
  expect(said('24 листопада 2026 р.')).toBe('Зробіть це не пізніше 24 листопада 2026 р.');
  expect(said('24.11.2026')).toBe('Зробіть це не пізніше 24.11.2026.');
});

describe('a text', () => {
  it.each([
    ['Dag {naam}', 'unknown-placeholder', 'naam'],
    ['Dag {Month}', 'unknown-placeholder', 'Month'],
    ['Dag {}', 'unknown-placeholder', ''],
    ['Dag {month', 'unknown-placeholder', '{'],
    ['Dag month}', 'unknown-placeholder', '}'],
    ['Dag {billMonth}', 'placeholder-not-here', 'billMonth'],
    ['  ', 'text-empty', ''],
  ])('%j is refused', (text, type, name) => {
    const paragraph = firstText('decision');
    expect(checkText('decision', paragraph, text)).toEqual({
      ok: false,
      error: { type, name, paragraph: paragraph.id },
    });
  });

  it('may name exactly the placeholders of its kind that have a value in its paragraph', () => {
    fc.assert(
      fc.property(aKind, conditions, (kind, when) => {
        const paragraph = { id: 'x', when };
        const allowed = placeholdersFor(kind, paragraph);
        for (const name of allowed) expect(checkText(kind, paragraph, `{${name}}`).ok).toBe(true);
        for (const name of Object.values(placeholdersOf).flat())
          if (!allowed.includes(name)) expect(checkText(kind, paragraph, `{${name}}`).ok).toBe(false);
      }),
      { seed: 6 },
    );
  });

  it('of a file is refused with paragraph, language and name', () => {
    const file = structuredClone(standardTemplate('decision'));
    const [paragraph] = file.paragraphs.filter(isText);
    if (paragraph !== undefined) paragraph.uk = 'Добрий день {хто}';
    const parsed = templateSchema.safeParse(file);
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['site uk: хто']);
  });
});

describe.each(letterLanguages)('the letters in %s', (language) => {
  it('use the letters of the language, and the same placeholders as the Dutch ones', () => {
    for (const kind of letterKinds)
      for (const paragraph of standardTemplate(kind).paragraphs.filter(isText)) {
        const text = paragraph[language];
        const prose = text.replaceAll(/\{.+?\}/g, '');
        expect([...namesIn(text)].sort(), `${kind} ${paragraph.id}`).toEqual([...namesIn(paragraph.nl)].sort());
        if (language === 'uk') {
          expect(prose).not.toMatch(/['’]|[ыэёъ]/i);
          expect(prose).not.toMatch(/(?<!\p{L})(ви|вас|вам|вами|ваш\p{L}*)(?!\p{L})/u);
        } else expect(prose).not.toMatch(/\p{Script=Cyrillic}/u);
      }
  });
});

describe('what a municipality writes otherwise', () => {
  const of = (texts: Readonly<Record<string, string | null>>, code = '0402') => {
    const found = findLetterTexts('a0000000-0000-4000-8000-000000000001', {
      municipality: { code, name: 'Hilversum' },
      ...Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, { text, reason: 'besluit' }])),
    });
    return found === undefined ? [] : [found];
  };
  const key = (day: string) => letterTextFieldId('decision', 'questions', 'nl', isoDate(day));
  const shown = (texts: ReturnType<typeof of>, day: string, code: string | null = '0402') =>
    adaptTemplate(standardTemplate('decision'), texts, code, isoDate(day))
      .paragraphs.filter(isText)
      .find(({ id }) => id === 'questions')?.nl;
  const standard = shown([], '2026-01-01');

  it('stands from its day until the next one, and goes back to the standard text', () => {
    const texts = of({
      [key('2026-02-01')]: 'Bel ons.',
      [key('2026-03-01')]: 'Bel ons over {month}.',
      [key('2026-04-01')]: null,
    });
    expect(['2026-01-31', '2026-02-01', '2026-03-31', '2026-04-01'].map((day) => shown(texts, day))).toEqual([
      standard,
      'Bel ons.',
      'Bel ons over {month}.',
      standard,
    ]);
  });

  it('is passed over where it names what nobody can fill, and in another municipality', () => {
    expect(shown(of({ [key('2026-02-01')]: 'Bel {telefoon}.' }), '2026-03-01')).toBe(standard);
    expect(shown(of({ [key('2026-02-01')]: 'Bel ons.' }), '2026-03-01', '0363')).toBe(standard);
    expect(shown(of({ [key('2026-02-01')]: 'Bel ons.' }), '2026-03-01', null)).toBe('Bel ons.');
  });

  it('does not change the letters of the app', () => {
    shown(of({ [key('2026-02-01')]: 'Bel ons.' }), '2026-03-01');
    expect(shown([], '2026-03-01')).toBe(standard);
  });
});
