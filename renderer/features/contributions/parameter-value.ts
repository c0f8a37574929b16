import { parameterValueRule, type ParameterName } from '../../../shared/contribution/parameter-row.ts';
import { formatBasisPoints, formatMoney, formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';

/** Words of a choice as parts of a text key: some of them hold signs that a key cannot. */
const wordKeys = {
  'food.adult': 'adultRate',
  'food.minor': 'minorRate',
  '>=': 'atLeast',
  '>': 'above',
  municipal: 'municipal',
  none: 'none',
  scaled_sum: 'scaledSum',
  scaled_leefgeld_plus_eb: 'scaledPlus',
  step: 'step',
  taper: 'taper',
  manual: 'manual',
  earners: 'earners',
  adults: 'adults',
  discretionary: 'discretionary',
  mandatory: 'mandatory',
  ask: 'ask',
  default_impose: 'defaultImpose',
  lowers: 'lowers',
  by_hand: 'byHand',
  full: 'wholeMonth',
  pro_rata: 'byDays',
} as const;
type WordKey = (typeof wordKeys)[keyof typeof wordKeys];
const isWord = (word: string): word is keyof typeof wordKeys => Object.hasOwn(wordKeys, word);
/** Undefined for a word of a newer version. */
export const wordKey = (word: string): WordKey | undefined => (isWord(word) ? wordKeys[word] : undefined);

/** A value with its unit in the language of the reader; a word through `wordText`. */
export function parameterText(
  param: ParameterName,
  value: number | string,
  language: Language,
  wordText: (key: WordKey) => string,
): string {
  if (typeof value === 'string') {
    const key = wordKey(value);
    return key === undefined ? value : wordText(key);
  }
  const { unit } = parameterValueRule(param);
  if (unit === 'cents') return formatMoney(value, language);
  return unit === 'basis-points' ? formatBasisPoints(value, language) : formatNumber(value, language);
}
