/** Letters that no decomposition brings to their base. */
const standAlone: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ґ: 'г',
};

/**
 * Lower case without marks, apostrophes and hyphens; other signs become one space. й and ї keep their letter, as they
 * are letters of their own.
 */
export function plain(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  if (/^[a-z]*$/.test(lower)) return lower;
  return lower
    .replace(/[^\u0400-\u052f]+/gu, (part) => part.normalize('NFD').replace(/\p{M}+/gu, ''))
    .replace(/[łđðøßæœıþґ]/gu, (character) => standAlone[character] ?? character)
    .replace(/['\u2018\u2019\u02b9\u02bb\u02bc`´\u2010\u2011-]+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Hyphens split as well: both halves of a double name are words. */
export function plainWords(text: string): readonly string[] {
  const spaced = plain(text.replace(/[\u2010\u2011-]+/gu, ' '));
  return spaced === '' ? [] : spaced.split(' ');
}
