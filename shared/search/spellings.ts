import { romaniseUkrainian } from '../names/romanise.ts';
import { plain } from './plain.ts';

/**
 * Ways in which Ukrainian names have been written in Latin letters, as differences from one base table. They are
 * search keys only; which of them a document used is not guessed.
 */
const base: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ь: '',
  ю: 'iu',
  я: 'ia',
  ы: 'y',
  э: 'e',
  ё: 'io',
  ъ: '',
};

type Table = Readonly<Record<string, string>>;
const passport2007: Table = { є: 'ie', и: 'y', й: 'i', г: 'g', ї: 'i' };
const english: Table = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya', ё: 'yo' };
const englishWithG: Table = { ...english, г: 'g' };
const fromRussian: Table = { ...englishWithG, и: 'i', є: 'e', ї: 'i', ё: 'e' };
const dutch: Table = {
  ...{ є: 'je', ї: 'ji', й: 'j', ю: 'joe', я: 'ja', у: 'oe', ж: 'zj', ч: 'tsj', ш: 'sj', щ: 'sjtsj', х: 'ch', ё: 'jo' },
};
const german: Table = {
  ...{ в: 'w', є: 'je', ї: 'ji', й: 'j', ю: 'ju', я: 'ja', ж: 'sch', з: 's', ц: 'z', ч: 'tsch', ш: 'sch' },
  ...{ щ: 'schtsch', х: 'ch', ё: 'jo' },
};
const polish: Table = {
  ...{ в: 'w', є: 'je', ї: 'ji', й: 'j', ю: 'ju', я: 'ja', ж: 'z', ц: 'c', ч: 'cz', ш: 'sz', щ: 'szcz', х: 'ch' },
};
const french: Table = {
  ...{ у: 'ou', ю: 'iou', ж: 'j', ч: 'tch', ш: 'ch', щ: 'chtch', х: 'kh' },
};
const tables = [passport2007, english, englishWithG, fromRussian, dutch, german, polish, french];

/** KMU 55 with the letters of Russian as well, because people type their name as they know it. */
export function toLatin(text: string): string {
  return romaniseUkrainian(text).replace(/[ыэёъ]/giu, (character) => base[character.toLowerCase()] ?? '');
}

/** Spellings of a Cyrillic name by every table; empty for other scripts. Lower case, no doubles. */
export function cyrillicSpellings(name: string): readonly string[] {
  const cyrillic = plain(name);
  if (!/[\u0400-\u04ff]/.test(cyrillic)) return [];
  return [...new Set(tables.map((table) => spell(cyrillic, table)))];
}

/** One word as many passports before 2010 had it, lower case: Сергій is sergiy. */
export const olderPassportSpelling = (word: string): string => spell(plain(word), englishWithG);

function spell(cyrillic: string, table: Table): string {
  let latin = '';
  for (const character of cyrillic) latin += table[character] ?? base[character] ?? character;
  return latin;
}
