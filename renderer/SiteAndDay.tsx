import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../shared/kernel/dates.ts';
import { useSites } from './stores/register-views.ts';
import { DateField } from './ui/DateField.tsx';
import { SelectField } from './ui/SelectField.tsx';

type Change = { readonly site: string } | { readonly day: IsoDate | undefined };
type Props = { readonly site: string; readonly day: IsoDate; readonly onChange: (change: Change) => void };

/** Which site and which day a page is about; where there is one site there is nothing to choose. */
export function SiteAndDay({ site, day, onChange }: Props) {
  const { t } = useTranslation('reception');
  const sites = useSites();
  return (
    <>
      {sites.length > 1 && (
        <SelectField
          id="site"
          label={t('beds.site')}
          choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
          value={site}
          onChange={(id) => onChange({ site: id })}
        />
      )}
      <DateField
        id="day"
        label={t('beds.day')}
        value={day}
        onChange={(chosen) => onChange({ day: chosen ?? undefined })}
      />
    </>
  );
}
