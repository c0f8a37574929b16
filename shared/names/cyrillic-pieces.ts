/** Where in a word a piece stands: the Cyrillic letters before it and the Latin ones after it, all lower case. */
export type Spot = { readonly before: string; readonly earlier: string; readonly rest: string };
/** `latin` can be written `cyrillic`; the lower `cost`, the more usual in Ukrainian names. */
export type Piece = { readonly latin: string; readonly cyrillic: string; readonly cost: number };

const hard: Readonly<Record<string, string>> = {
  ...{ b: 'б', v: 'в', h: 'г', g: 'ґ', d: 'д', zh: 'ж', z: 'з', k: 'к', l: 'л', m: 'м', n: 'н', p: 'п', r: 'р' },
  ...{ s: 'с', t: 'т', f: 'ф', kh: 'х', ts: 'ц', ch: 'ч', sh: 'ш', shch: 'щ', zgh: 'зг' },
  ...{ a: 'а', e: 'е', o: 'о', u: 'у' },
};
const iotated: Readonly<Record<string, string>> = { a: 'я', e: 'є', u: 'ю' };
const vowels = 'аеєиіїоуюя';
const labials = 'бпвмф';
/** Two letters that would be read as one when they stood beside each other: rare in names. */
const rarePairs: Readonly<Record<string, number>> = { тс: 2.5, шч: 5, кг: 6, сг: 6, цг: 6 };

/** What the Latin letters at a spot can stand for, by the table of resolution 55; `text` begins there. */
export function piecesAt(text: string, spot: Omit<Spot, 'rest'>): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (latin: string, cyrillic: string, cost: number) => pieces.push({ latin, cyrillic, cost });
  for (const length of [1, 2, 3, 4]) {
    const latin = text.slice(0, length);
    const letter = latin.length === length && Object.hasOwn(hard, latin) ? hard[latin] : undefined;
    // зг is written zgh, so a h after з is no г.
    if (letter === undefined || (letter === 'г' && spot.before === 'з')) continue;
    const pair = rarePairs[spot.before + letter] ?? 0;
    const [plain, soft] = softness(letter, { ...spot, rest: text.slice(length) });
    add(latin, letter, pair + plain);
    if (soft !== null) add(latin, `${letter}ь`, pair + soft);
  }
  const second = text.charAt(1);
  const joined = Object.hasOwn(iotated, second) ? iotated[second] : undefined;
  if (spot.before === '') {
    if (text.startsWith('y')) {
      if (joined !== undefined) add(`y${second}`, joined, 0);
      if (second === 'i') add('yi', 'ї', 0);
      add('y', 'й', second === 'o' ? 0 : 5);
      add('y', 'и', 'aeiou'.includes(second) && second !== '' ? 5 : 1);
    }
    if (text.startsWith('i')) add('i', 'і', 0);
    return pieces;
  }
  if (text.startsWith('y')) add('y', 'и', 0);
  if (!text.startsWith('i')) return pieces;
  if (joined !== undefined) {
    const [plain, apart] = apostrophe(joined, spot);
    add(`i${second}`, joined, plain);
    if (apart !== null) add(`i${second}`, `ʼ${joined}`, apart);
  }
  for (const [letter, cost] of costsOfI({ ...spot, rest: text.slice(1) })) add('i', letter, cost);
  return pieces;
}

/** Without and with a soft sign; null where none can stand. */
function softness(letter: string, { before, rest }: Spot): readonly [number, number | null] {
  if (!'лнсздтцр'.includes(letter)) return [0, null];
  if (rest === '') return atEnd(letter, before);
  if (letter === 'р') return rest.startsWith('k') ? [0, 3] : [0, null];
  if (rest.startsWith('o')) return letter === 'ц' ? [0, 4] : [0, 2.5];
  if (/^i[aeu]/.test(rest)) return [0, 3];
  if (/^[aeiuy]/.test(rest)) return [0, null];
  switch (letter) {
    case 'л':
      return rest.startsWith('l') ? [0, 5] : [0.5, 0.3];
    case 'с':
      return /^k(yi|a|e|oho|oi|i)$/.test(rest) ? [1.5, 0] : rest.startsWith('k') ? [0, 0.8] : [0, 3];
    case 'ц':
      return rest.startsWith('k') ? [2, 0] : [0, 3];
    case 'з':
      // зьг would be written like ж.
      if (rest.startsWith('h')) return [0, null];
      return /^[km]/.test(rest) ? [0.3, 0.5] : [0, 3];
    case 'н':
      return rest === 'ko' && before === 'е' ? [0, 2.5] : /^(k|ch)/.test(rest) ? [0.3, 0.7] : [0, 3];
    case 'д':
      return rest.startsWith('k') ? [0.5, 0.3] : [0, 3];
    default:
      return rest.startsWith('k') ? [0.5, 0.5] : [0, 3];
  }
}

function atEnd(letter: string, before: string): readonly [number, number] {
  if (letter === 'л') return [0.5, 0.3];
  if (letter === 'ц') return [1.5, 0];
  if (letter === 'з') return before === 'д' ? [0.6, 0.3] : [0, 1.5];
  if (letter === 'р') return [0, 3];
  return [0, letter === 'н' ? 1.2 : 1.5];
}

/** Of a letter such as я without and with an apostrophe before it; null where none can stand. */
function apostrophe(letter: string, { before, earlier }: Omit<Spot, 'rest'>): readonly [number, number | null] {
  if (vowels.includes(before) || 'ьʼ'.includes(before)) return [0, null];
  if (labials.includes(before)) return earlier === '' || vowels.includes(earlier) ? [1, 0.3] : [0, 2];
  if (before === 'р') return letter === 'є' ? [2, 0.2] : [0, 0.7];
  return before === 'к' ? [0.8, 0.3] : [0, 3];
}

/** An i that is a letter of its own. */
function costsOfI({ before, rest }: Spot): readonly (readonly [string, number])[] {
  const next = rest.charAt(0);
  const isBeforeVowel = next !== '' && 'aeu'.includes(next);
  if (!vowels.includes(before)) {
    const alone: readonly (readonly [string, number])[] = [
      ['і', isBeforeVowel ? 1.5 : 0],
      ['ї', 6],
      ['й', next === 'o' ? 1.5 : 6],
    ];
    return before === 'ь' || before === 'ʼ'
      ? alone
      : [...alone, ['ʼї', !isBeforeVowel && (labials + 'рк').includes(before) ? 2.5 : 6]];
  }
  const rare = ['і', 4] as const;
  if (rest === '') return [['й', 0], ['ї', 1.5], rare];
  if (isBeforeVowel || next === 'o') return [['й', next === 'o' ? 0 : 3], ['ї', 3], rare];
  if (before === 'и' || /^v(|na|ka|skyi|ska)$/.test(rest)) return [['ї', 0.2], ['й', before === 'и' ? 2 : 0.6], rare];
  return [['й', 0.2], ['ї', 0.8], rare];
}
