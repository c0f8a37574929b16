/** Resolution of the Cabinet of Ministers No. 55 of 27 January 2010, edition in force 12 January 2016. */
const elsewhere: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
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
};
const atWordStart: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' };

const apostrophes = "'\u2019\u02bc";
const letter = /\p{L}/u;
const words = /[\p{L}'\u2019\u02bc]+/gu;

/** KMU 55 (2010): a suggestion and a search key, never a legal name. Characters outside the table pass through. */
export function romaniseUkrainian(text: string): string {
  return text.normalize('NFC').replace(words, romaniseWord);
}

/** Letters of Russian that the resolution does not know: the Latin form has to come from the document. */
export function hasRussianLetters(text: string): boolean {
  return /[ыэёъ]/iu.test(text.normalize('NFC'));
}

function romaniseWord(word: string): string {
  const letters = [...word].filter((character) => letter.test(character));
  // One capital alone is an initial: Я is Ya, not YA.
  const allCapitals = letters.length > 1 && letters.every((character) => character !== character.toLowerCase());
  let latin = '';
  let before = '';
  for (const character of word) {
    const lower = character.toLowerCase();
    if (apostrophes.includes(character) && Object.hasOwn(elsewhere, before)) continue;
    const isStart = before === '' || apostrophes.includes(before);
    // зг is zgh, because zh would read as ж.
    const sound =
      before === 'з' && lower === 'г' ? 'gh' : ((isStart ? atWordStart[lower] : undefined) ?? elsewhere[lower]);
    if (sound === undefined) latin += character;
    else if (character === lower) latin += sound;
    else latin += allCapitals ? sound.toUpperCase() : sound.charAt(0).toUpperCase() + sound.slice(1);
    before = lower;
  }
  return latin;
}
