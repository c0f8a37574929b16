import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../stores/session-store.ts';
import { DataList } from '../../ui/DataList.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { CaseboxPanel } from './CaseboxPanel.tsx';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { LastResidencePanel } from './LastResidencePanel.tsx';
import { UsersPanel } from './UsersPanel.tsx';

export function SettingsPage() {
  const { t } = useTranslation(['settings', 'contributions', 'letters', 'privacy']);
  const { version, protection } = useSession();
  return (
    <>
      <PageHeading title={t('title')} />
      <div className="columns">
        <ConnectionPanel />
        <CaseboxPanel />
        <UsersPanel />
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('contributions:policy.title')}</h2>
          <p>{t('contributions:policy.basisHint')}</p>
          <Link to="/settings/municipality" className="nl-link">
            {t('contributions:fix.settings')}
          </Link>
        </section>
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('letters:texts.title')}</h2>
          <p>{t('letters:texts.intro')}</p>
          <Link to="/settings/letters" className="nl-link">
            {t('letters:texts.open')}
          </Link>
        </section>
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('privacy:retention.title')}</h2>
          <p>{t('privacy:retention.short')}</p>
          <Link to="/retention" className="nl-link">
            {t('privacy:retention.open')}
          </Link>
        </section>
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('privacy:seal.openTitle')}</h2>
          <p>{t('privacy:seal.openAbout')}</p>
          <Link to="/settings/sealed-file" className="nl-link">
            {t('privacy:seal.openLink')}
          </Link>
        </section>
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('contacts.title')}</h2>
          <p>{t('contacts.intro')}</p>
          <Link to="/settings/contacts" className="nl-link">
            {t('contacts.open')}
          </Link>
        </section>
        <LastResidencePanel />
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('help.title')}</h2>
          <p>{t('help.intro')}</p>
          <Link to="/settings/help" className="nl-link">
            {t('help.open')}
          </Link>
        </section>
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('about.title')}</h2>
          <DataList
            items={[
              { label: t('about.version'), value: version },
              { label: t('about.protection'), value: t(`about.${protection}`) },
              { label: t('about.licence'), value: 'EUPL-1.2' },
            ]}
          />
        </section>
      </div>
    </>
  );
}
