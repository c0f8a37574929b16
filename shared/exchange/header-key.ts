const apostrophes = /['\u2019\u02bc]/g;

/** A header without capitals, accents, signs and double spaces; й and ї stay letters. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(apostrophes, '')
    .replace(/[^\u0400-\u052f]+/gu, (part) => part.normalize('NFD').replace(/\p{M}+/gu, ''))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
