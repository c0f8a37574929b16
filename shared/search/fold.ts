import { equivalentNames } from './equivalents.ts';
import { editDistance, maxEdits } from './edit-distance.ts';
import { plain, plainWords } from './plain.ts';
import { cyrillicSpellings, toLatin } from './spellings.ts';

/** Groups of letters with one sound, by any spelling habit, to one letter. Longer groups first. */
const sounds: Readonly<Record<string, string>> = {
  ...{ schtsch: 's', chtch: 's', sjtsj: 's', shtch: 's', stsch: 's', shch: 's', szcz: 's' },
  ...{ tsch: 'c', tsj: 'c', tch: 'c', tsh: 'c', cz: 'c', ts: 'c', tz: 'c', ch: 'c' },
  ...{ sch: 's', sh: 's', sj: 's', sz: 's', sc: 's', zh: 'z', zj: 'z', kh: 'h', gh: 'h', g: 'h' },
  ...{ ks: 'ks', x: 'ks', ph: 'f', th: 't', ck: 'k', q: 'k', w: 'v', oe: 'u', ou: 'u' },
};
const soundPattern = new RegExp(Object.keys(sounds).join('|'), 'g');

/**
 * One key for the spellings of a name, of a plain Latin word: h, g and kh, y, i, j and ii, ie and e, v and w meet,
 * doubled letters vanish. Never shown and never a name.
 */
export function foldWord(word: string): string {
  return word
    .replace(/ch(?=[rl])/g, 'h')
    .replace(/c(?=[tlr])/g, 'k')
    .replace(/([oe])ff$/, '$1v')
    .replace(soundPattern, (group) => sounds[group] ?? group)
    .replace(/[iyj]+/g, 'i')
    .replace(/ie/g, 'e')
    .replace(/ei$/, 'i')
    .replace(/aia$/, 'a')
    .replace(/(.)\1+/g, '$1');
}

const equivalentsByFold = new Map<string, readonly string[]>(
  equivalentNames.flatMap((group) => group.map((name) => [foldWord(name), group] as const)),
);

/** Folded keys of one word as typed, in any script: its own, those of other spelling tables, those of its equivalents. */
export function foldKeys(word: string): readonly string[] {
  const latin = plain(toLatin(word));
  const keys = new Set([foldWord(latin), ...cyrillicSpellings(word).map(foldWord)]);
  // Without the Cyrillic form ch may be ч or х, and kh may have been typed as ch.
  if (latin.includes('ch') && !latin.includes('kh')) keys.add(foldWord(latin.replace(/(?<![st])ch/g, 'h')));
  if (latin.includes('kh')) keys.add(foldWord(latin.replaceAll('kh', 'ch')));
  const first = foldWord(latin);
  if (first.startsWith('oleks')) keys.add(`a${first.slice(1)}`);
  if (first.startsWith('aleks')) keys.add(`o${first.slice(1)}`);
  for (const equivalent of equivalentsByFold.get(first) ?? []) keys.add(foldWord(equivalent));
  keys.delete('');
  return [...keys];
}

/** Forms under which a name is found, lower case and without marks: as typed, romanised, the usual other spellings. No doubles. */
export function searchKeys(name: string): readonly string[] {
  const typed = plain(name);
  if (typed === '') return [];
  const forms = new Set([typed, plain(toLatin(name)), ...cyrillicSpellings(name)]);
  const words = plainWords(name);
  for (const word of words) for (const key of foldKeys(word)) forms.add(key);
  if (words.length > 1) {
    for (const word of words)
      for (const form of [word, plain(toLatin(word)), ...cyrillicSpellings(word)]) forms.add(form);
    forms.add(words.map((word) => foldWord(plain(toLatin(word)))).join(' '));
  }
  return [...forms];
}

/** 0 = no match … 1 = the same name; `query` is as typed, `keys` are the `searchKeys` of one name. */
export function matchScore(query: string, keys: readonly string[]): number {
  const typed = plain(query);
  const [written] = keys;
  if (typed === '' || written === undefined) return 0;
  const latin = plain(toLatin(query));
  if (wordCount(typed) === wordCount(written) && (keys.includes(typed) || keys.includes(latin))) return 1;
  return plainWords(query).reduce((lowest, word) => Math.min(lowest, wordScore(word, keys)), 1);
}

const wordCount = (text: string): number => text.split(' ').length;

/** Order of the ways to match: the word as one of the spellings, the same sound, a beginning, a typing error. */
function wordScore(word: string, keys: readonly string[]): number {
  const latin = plain(toLatin(word));
  const folded = foldKeys(word);
  let best = 0;
  for (const key of keys) {
    if (key === word || key === latin) return 0.98;
    if (folded.includes(key)) best = Math.max(best, 0.95);
    else if (key.startsWith(latin) || key.startsWith(word))
      best = Math.max(best, 0.7 + (0.2 * latin.length) / key.length);
    else if (best < 0.6) best = Math.max(best, looseScore([latin, ...folded], key));
  }
  return best;
}

function looseScore(forms: readonly string[], key: string): number {
  let best = 0;
  for (const form of forms) {
    if (form.length > 1 && key.startsWith(form)) return 0.6 + (0.1 * form.length) / key.length;
    const allowed = maxEdits(form.length);
    const edits = allowed === 0 ? 1 : editDistance(form, key, allowed);
    if (edits <= allowed) best = Math.max(best, edits === 1 ? 0.5 : 0.4);
  }
  return best;
}
