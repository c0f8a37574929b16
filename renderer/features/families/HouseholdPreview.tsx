import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { countsFrom, type Mover } from '../../../shared/register/household.ts';
import { formatDate, formatList } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { useNameOf } from '../../use-name-of.ts';

type Props = {
  readonly from: IsoDate | null;
  readonly parts: readonly { readonly label: string; readonly members: readonly Mover[] }[];
};

/** Who belongs where after a split or a join, and when the amounts follow. */
export function HouseholdPreview({ from, parts }: Props) {
  const { t } = useTranslation('reception');
  const nameOf = useNameOf();
  const language = currentLanguage();
  if (from === null || parts.some(({ members }) => members.length === 0)) return null;
  const isHeadless = parts.some(({ members }) => !members.some(({ relation }) => relation === 'main-person'));
  return (
    <section aria-label={t('families.preview')}>
      <h3 className="nl-heading nl-heading--level-3">{t('families.preview')}</h3>
      <DataList
        items={[
          ...parts.map(({ label, members }) => ({
            label,
            value: formatList(
              members.map(({ resident }) => nameOf(resident)),
              language,
            ),
          })),
          {
            label: t('families.previewAmounts'),
            value: t('families.previewFrom', { date: formatDate(countsFrom(from), language) }),
          },
        ]}
      />
      {isHeadless && <Alert tone="warning">{t('families.noMain')}</Alert>}
    </section>
  );
}
