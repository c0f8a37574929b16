import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FitReason } from '../../../shared/reception/bed-suggestions.ts';
import type { Objection } from '../../../shared/reception/placing.ts';
import { formatDate, formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

/** What speaks against a bed, in words that say what to do. */
export function useObjectionText(nameOf: (resident: string) => string): (objection: Objection) => string {
  const { t } = useTranslation('reception');
  return useCallback(
    (objection) => {
      const day = (date: Parameters<typeof formatDate>[0]) => formatDate(date, currentLanguage());
      switch (objection.type) {
        case 'taken':
          return t('objection.taken', { name: nameOf(objection.resident), from: day(objection.from) });
        case 'out-of-service':
          return t('objection.out-of-service', { from: day(objection.from), reason: objection.reason });
        case 'reserved':
          return t('objection.reserved', { until: day(objection.until), reason: objection.reason });
        default:
          return t(`objection.${objection.type}`);
      }
    },
    [t, nameOf],
  );
}

/** Why a bed fits, as one sentence. */
export function useFitText(): (reasons: readonly FitReason[]) => string {
  const { t } = useTranslation('reception');
  return useCallback(
    (reasons) => {
      const words = reasons.map((reason) =>
        'count' in reason ? t(`fit.${reason.type}`, { count: reason.count }) : t(`fit.${reason.type}`),
      );
      return formatList(words, currentLanguage());
    },
    [t],
  );
}
