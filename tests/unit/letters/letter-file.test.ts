import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { isoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { letterFileText, letterTextEdit, readLetterFile } from '../../../shared/letters/letter-file.ts';
import { adaptTemplate, findLetterTexts, type LetterTexts } from '../../../shared/letters/letter-text.ts';
import { isText, letterKinds, type LetterKind } from '../../../shared/letters/template.ts';
import { standardTemplate } from '../../../shared/letters/templates.ts';
import type { FieldValues } from '../../../shared/records/record.ts';

const december = isoDate('2026-12-01');
const own = (values: FieldValues): readonly LetterTexts[] =>
  [findLetterTexts('a', { municipality: { code: '0402', name: 'Hilversum' }, ...values })].flatMap((one) => one ?? []);
const adapted = own({
  'text.decision.title.nl.2026-01-01': { text: 'Besluit van de gemeente, {month}', reason: 'huisstijl' },
  'text.objection.title.uk.2027-01-01': { text: 'Заперечення', reason: 'пізніше' },
});
const templateOn = (texts: readonly LetterTexts[]) => (kind: LetterKind, day: IsoDate) =>
  adaptTemplate(standardTemplate(kind), texts, '0402', day);
const fileOf = (texts: readonly LetterTexts[], day = december) =>
  letterFileText(
    letterKinds.map((kind) => templateOn(texts)(kind, day)),
    day,
    'nieuwe huisstijl',
  );
const read = (text: string, texts: readonly LetterTexts[] = []) => readLetterFile(toUtf8(text), templateOn(texts));
type Texts = Record<string, Record<string, Record<string, unknown>>>;
function problems(change: (letters: Texts, file: Record<string, unknown>) => void) {
  const file = JSON.parse(fileOf([])) as Record<string, unknown> & { letters: Texts };
  change(file.letters, file);
  const found = read(JSON.stringify(file, null, 2));
  return found.ok ? 'ok' : found.error;
}

describe('a file of letter texts', () => {
  it('that is written out and read in elsewhere makes the same letters from its day', () => {
    const found = read(fileOf(adapted));
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    const { from, reason, changes } = found.value;
    expect(changes).toEqual([
      {
        ...{ kind: 'decision', paragraph: 'title', language: 'nl' },
        before: standardTemplate('decision')
          .paragraphs.filter(isText)
          .find(({ id }) => id === 'title')?.nl,
        after: 'Besluit van de gemeente, {month}',
      },
    ]);
    const edits = changes.map((one) => letterTextEdit(one, standardTemplate(one.kind), { from, reason }));
    const elsewhere = own(Object.fromEntries(edits.map(({ field, value }) => [field, value])));
    for (const kind of letterKinds)
      expect(templateOn(elsewhere)(kind, december)).toEqual(templateOn(adapted)(kind, december));
    expect(fileOf(elsewhere)).toBe(fileOf(adapted));
    expect(templateOn(elsewhere)('decision', isoDate('2026-11-30'))).toEqual(standardTemplate('decision'));
  });

  it('changes nothing where the letters are like that, and puts the standard text back as none', () => {
    expect(read(fileOf(adapted), adapted)).toMatchObject({ value: { changes: [] } });
    const found = read(fileOf([]), adapted);
    if (!found.ok) throw new Error('refused');
    expect(found.value.changes.map((one) => letterTextEdit(one, standardTemplate(one.kind), found.value))).toEqual([
      { field: 'text.decision.title.nl.2026-12-01', value: { text: null, reason: 'nieuwe huisstijl' } },
    ]);
  });

  it('may hold one paragraph of one letter: the others stay', () => {
    const short = (letters: Texts, file: Record<string, unknown>) => {
      file['letters'] = { decision: { title: { ...letters['decision']!['title'], en: 'Decision' } } };
    };
    expect(problems(short)).toBe('ok');
  });

  it.each<[string, Parameters<typeof problems>[0], unknown]>([
    [
      'an unknown placeholder',
      (letters) => (letters['decision']!['title']!['uk'] = 'Рішення {mnth}'),
      { type: 'unknown-placeholder', name: 'mnth', path: 'letters.decision.title.uk' },
    ],
    [
      'a placeholder that is not always filled',
      (letters) => (letters['decision']!['title']!['nl'] = '{waived} {billMonth}'),
      { type: 'unknown-placeholder', name: 'waived', path: 'letters.decision.title.nl' },
    ],
    [
      'one of a condition',
      (letters) => (letters['decision']!['title']!['nl'] = '{billMonth}'),
      { type: 'placeholder-not-here', name: 'billMonth', path: 'letters.decision.title.nl' },
    ],
    [
      'a lone brace',
      (letters) => (letters['objection']!['title']!['en'] = 'a } b'),
      { type: 'unknown-placeholder', name: '}', path: 'letters.objection.title.en' },
    ],
    [
      'an empty text',
      (letters) => (letters['objection']!['title']!['en'] = ' '),
      { type: 'text-empty', path: 'letters.objection.title.en' },
    ],
    [
      'a missing language',
      (letters) => delete letters['objection']!['title']!['en'],
      { type: 'missing-key', key: 'en', path: 'letters.objection.title.en' },
    ],
    [
      'another language',
      (letters) => (letters['objection']!['title']!['ru'] = 'x'),
      { type: 'unknown-key', key: 'ru', path: 'letters.objection.title.ru' },
    ],
    [
      'a paragraph nobody has',
      (letters) => (letters['objection']!['greeting'] = { nl: 'a', uk: 'b', en: 'c' }),
      { type: 'unknown-paragraph', found: 'greeting', path: 'letters.objection.greeting' },
    ],
    [
      'a letter nobody has',
      (letters) => (letters['reminder'] = {}),
      { type: 'unknown-key', key: 'reminder', path: 'letters.reminder' },
    ],
    [
      'a number for a text',
      (letters) => (letters['objection']!['title']!['nl'] = 3),
      { type: 'wrong-type', wanted: 'text', path: 'letters.objection.title.nl' },
    ],
    [
      'a very long text',
      (letters) => (letters['objection']!['title']!['nl'] = 'x'.repeat(2001)),
      { type: 'too-long', most: 2000, path: 'letters.objection.title.nl' },
    ],
    ['no date', (_, file) => (file['from'] = '01-12-2026'), { type: 'not-a-date', found: '01-12-2026', path: 'from' }],
    ['no reason', (_, file) => delete file['reason'], { type: 'missing-key', key: 'reason', path: 'reason' }],
    ['a newer version', (_, file) => (file['version'] = 9), { type: 'newer-version', version: 9 }],
    ['rules of a municipality', (_, file) => (file['format'] = 'onderdak-policy'), { type: 'other-format' }],
  ])('refuses %s and names it', (_, change, expected) => {
    expect(problems(change)).toMatchObject([expected]);
  });

  it('names the line', () => {
    const text = fileOf([]).replace('{month}', '{maand}');
    const line = text.split('\n').findIndex((one) => one.includes('{maand}')) + 1;
    expect(read(text)).toMatchObject({ error: [{ type: 'unknown-placeholder', name: 'maand', line }] });
    expect(read(text.replace('"from"', 'from'))).toMatchObject({ error: [{ type: 'not-json', line: 4 }] });
  });
});
