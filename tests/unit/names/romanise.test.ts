import { describe, expect, it } from 'vitest';
import { hasRussianLetters, romaniseUkrainian } from '../../../shared/names/romanise.ts';
import { publishedVectors } from '../../fixtures/kmu-55-vectors.ts';

describe('romaniseUkrainian', () => {
  it.each(publishedVectors)('writes %s as %s', (cyrillic, latin) => {
    expect(romaniseUkrainian(cyrillic)).toBe(latin);
  });

  it.each(["Знам'янка", 'Знам\u2019янка', 'Знам\u02bcянка'])('leaves out the apostrophe of %s', (name) => {
    expect(romaniseUkrainian(name)).toBe('Znamianka');
  });

  it.each([
    ['Нечуй-Левицький', 'Nechui-Levytskyi'],
    ['Юлія-Яна', 'Yuliia-Yana'],
    ['Яна Євтушенко', 'Yana Yevtushenko'],
    ['(Йосип)', '(Yosyp)'],
  ])('sees word starts in %s', (cyrillic, latin) => {
    expect(romaniseUkrainian(cyrillic)).toBe(latin);
  });

  it.each([
    ['ЩЕРБУХИ', 'SHCHERBUKHY'],
    ['ЗГУРСЬКИЙ', 'ZGHURSKYI'],
    ['ЄВГЕНІЯ ЮРІЙ', 'YEVHENIIA YURII'],
    ['Я. Щ. ШЕВЧЕНКО', 'Ya. Shch. SHEVCHENKO'],
    ["ЗНАМ'ЯНКА", 'ZNAMIANKA'],
  ])('keeps capitals of %s', (cyrillic, latin) => {
    expect(romaniseUkrainian(cyrillic)).toBe(latin);
  });

  it('reads decomposed letters like composed ones', () => {
    expect(romaniseUkrainian('Київ Стрий'.normalize('NFD'))).toBe('Kyiv Stryi');
  });

  it.each(['', "O'Brien", 'Müller 12', '李'])('passes %j through', (text) => {
    expect(romaniseUkrainian(text)).toBe(text);
  });

  it('passes letters of Russian through and tells of them', () => {
    expect(romaniseUkrainian('Артём')).toBe('Artёm');
    expect(hasRussianLetters('Артём')).toBe(true);
    expect(hasRussianLetters('Артем')).toBe(false);
  });
});
