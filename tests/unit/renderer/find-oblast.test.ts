import { describe, expect, it } from 'vitest';
import { findOblast } from '../../../renderer/features/residents/find-oblast.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';

const entries = findCodeList('ua_oblast')?.entries ?? [];

describe('a part of Ukraine in a list', () => {
  it.each(entries.map((entry) => [entry.label.en, entry] as const))('%s is read by every name it has', (_, entry) => {
    for (const name of [entry.code, entry.label.nl, entry.label.uk, entry.label.en]) {
      expect(findOblast(name)).toBe(entry.code);
      expect(findOblast(` ${name.toUpperCase()} `)).toBe(entry.code);
    }
  });

  it.each([
    ['Sumy', 'Sumy Oblast'],
    ['Сумська', 'Sumy Oblast'],
    ['Vinnytsja', 'Vinnytsia Oblast'],
  ])('%s means %s', (text, name) => {
    expect(findOblast(text)).toBe(entries.find(({ label }) => label.en === name)?.code);
  });

  it('is not guessed where a city and an oblast share a word, nor for another word', () => {
    expect(entries.filter(({ label }) => label.en.startsWith('Kyiv'))).toHaveLength(2);
    expect(findOblast('Kyiv')).toBeUndefined();
    expect(findOblast('Limburg')).toBeUndefined();
    expect(findOblast('')).toBeUndefined();
  });
});
