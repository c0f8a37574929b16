import { formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

/** A difference in cents with its sign, also when it is more. */
export const signedMoney = (amount: number): string =>
  `${amount > 0 ? '+' : ''}${formatMoney(amount, currentLanguage())}`;
