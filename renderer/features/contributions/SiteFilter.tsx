import { useTranslation } from 'react-i18next';
import { useSites } from '../../stores/register-views.ts';
import { SelectField } from '../../ui/SelectField.tsx';

const all = 'all';

/** One site or all of them, for the search of the page; where there is one site there is nothing to choose. */
export function SiteFilter({ site, onChange }: { site: string | null; onChange: (site: string | undefined) => void }) {
  const { t } = useTranslation('contributions');
  const sites = useSites();
  if (sites.length <= 1) return null;
  return (
    <SelectField
      id="site"
      label={t('list.site')}
      choices={[{ code: all, label: t('list.allSites') }, ...sites.map(({ id, name }) => ({ code: id, label: name }))]}
      value={site ?? all}
      onChange={(code) => onChange(code === all ? undefined : code)}
    />
  );
}
