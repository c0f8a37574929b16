import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { DataList } from '../../ui/DataList.tsx';

type SettledItem = {
  readonly from: IsoDate;
  readonly to?: IsoDate | null;
  readonly text: string;
  readonly reason: string;
};

/** What holds, newest first, with the day it began and why. */
export function SettledList({ items }: { items: readonly SettledItem[] }) {
  const { t } = useTranslation('contributions');
  const date = (day: IsoDate) => formatDate(day, currentLanguage());
  if (items.length === 0) return <p>{t('policy.nothing')}</p>;
  return (
    <DataList
      items={[...items].reverse().map(({ from, to, text, reason }) => ({
        label:
          to === undefined || to === null
            ? t('policy.since', { date: date(from) })
            : t('policy.period', { from: date(from), to: date(to) }),
        value: t('policy.settled', { text, reason }),
      }))}
    />
  );
}
