import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';

type Texts = { readonly [key: string]: string | Texts };

function flatten(tree: Texts, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const form = /_(zero|one|two|few|many|other)$/;
const stem = (key: string) => key.replace(form, '');
const placeholders = (text: string) => (text.match(/{{.+?}}/g) ?? []).sort();
const namespaces = Object.keys(texts.nl) as (keyof typeof texts.nl)[];

describe.each(languages)('texts in %s', (language) => {
  describe.each(namespaces)('%s', (namespace) => {
    const dutch = new Map(flatten(texts.nl[namespace]));
    const own = flatten(texts[language][namespace]);

    it('has the keys of Dutch, in exactly the plural forms of the language', () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const expected = [...dutch.keys()].flatMap((key) =>
        form.test(key) ? forms.map((category) => `${stem(key)}_${category}`) : [key],
      );
      expect(own.map(([key]) => key).sort()).toEqual([...new Set(expected)].sort());
    });

    it('is well formed', () => {
      const problems = own.flatMap(([key, text]) => problemsOf(key, text).map((problem) => `${key}: ${problem}`));
      expect(problems).toEqual([]);
    });

    function problemsOf(key: string, text: string): string[] {
      const prose = text.replace(/{{.+?}}/g, '');
      const source = dutch.get(key) ?? dutch.get(`${stem(key)}_other`) ?? '';
      const checks: [string, boolean][] = [
        ['placeholders differ from Dutch', placeholders(text).join() === placeholders(source).join()],
        ['empty or with space around', /^\S(.*\S)?$/s.test(text)],
        ['apostrophe', language === 'uk' ? !/['’]/.test(text) : !/\p{L}['ʼ]\p{L}/u.test(text)],
        ['Cyrillic outside Ukrainian', language === 'uk' || !/\p{Script=Cyrillic}/u.test(prose)],
        ['no Cyrillic at all', language !== 'uk' || /\p{Script=Cyrillic}/u.test(prose) || isName(prose)],
        [
          'two alphabets in one word',
          !/\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u.test(prose),
        ],
        ['letters that are not Ukrainian', language !== 'uk' || !/[ыэёъ]/i.test(prose)],
        ['"Ви" without capital', language !== 'uk' || !/(?<!\p{L})(ви|вас|вам|вами|ваш\p{L}*)(?!\p{L})/u.test(prose)],
        ['a bracketed plural', !/\((s|en|n|и|і)\)/.test(prose)],
      ];
      return checks.filter(([, holds]) => !holds).map(([problem]) => problem);
    }
  });
});

/** The name of the app, an abbreviation, a sign or a number needs no translation. */
const isName = (prose: string) =>
  prose
    .split(/[^\p{L}]+/u)
    .every((word) => word === '' || /^(Onderdak|\p{Lu}{2,5}|BRP|PDF|CSV|XLSX|DT|V)$/u.test(word));

describe('words that are not on screen', () => {
  it.each(languages)('%s has none of them', (language) => {
    const all = namespaces.flatMap((namespace) => flatten(texts[language][namespace]));
    const found = all.filter(([, text]) => /synchron|синхрон|conflict|конфлікт|\bserver|сервер/i.test(text));
    expect(found).toEqual([]);
  });
});

describe('keys in the code', () => {
  const sources = globSync(['renderer/**/*.{ts,tsx}', 'shared/**/*.ts'])
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const whole = new Set(sources.match(/[\w.-]+(?=')/g));
  const begun = new Set(sources.match(/[\w.-]+(?=\.\$\{)/g));

  it('every text is used', () => {
    const unused = namespaces.flatMap((namespace) =>
      [...new Set(flatten(texts.nl[namespace]).map(([key]) => stem(key)))]
        .filter((key) => !isUsed(key))
        .map((key) => `${namespace}:${key}`),
    );
    expect(unused).toEqual([]);
  });

  /** A key stands in the code whole, or as the fixed part before a code: t(`status.${status}`). */
  function isUsed(key: string): boolean {
    const parts = key.split('.');
    const prefixes = parts.map((_, at) => parts.slice(0, at).join('.')).filter((prefix) => prefix !== '');
    return whole.has(key) || prefixes.some((prefix) => begun.has(prefix));
  }
});
