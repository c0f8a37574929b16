import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useSites } from '../../stores/register-views.ts';
import { useSync } from '../../stores/sync-store.ts';
import { DataList } from '../../ui/DataList.tsx';

/** How old what colleagues elsewhere wrote is on this laptop, site by site. */
export function SiteAgesPanel() {
  const { t } = useTranslation('settings');
  const sites = useSites();
  const pulledMs = useSync((sync) => sync.pulledMs);
  const language = currentLanguage();
  const items = sites
    .map(({ id, name }) => ({ label: name, ms: pulledMs[id] }))
    .sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0) || a.label.localeCompare(b.label, language));
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('help.sites')}</h2>
      <p>{t('help.sitesHint')}</p>
      {items.length === 0 ? (
        <p>{t('help.noSites')}</p>
      ) : (
        <DataList
          items={items.map(({ label, ms }) => ({
            label,
            value: ms === undefined ? t('help.neverPulled') : formatMoment(ms, language),
          }))}
        />
      )}
    </section>
  );
}
