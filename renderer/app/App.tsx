import { IconHelp } from '@tabler/icons-react';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { LockedHelp } from '../features/settings/HelpPage.tsx';
import { GatePage } from '../features/unlock/GatePage.tsx';
import { isLanguage, localeOf } from '../i18n/i18n.ts';
import { ServicesProvider, type Services } from '../services.tsx';
import { removeNotice, useSession } from '../stores/session-store.ts';
import { useSync } from '../stores/sync-store.ts';
import { Button } from '../ui/Button.tsx';
import { CrashPage } from './CrashPage.tsx';
import { DeliverFirstPage } from './DeliverFirstPage.tsx';
import { Notices } from '../ui/Notices.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { router } from './routes.tsx';
import { ProtectionNotice } from './Shell.tsx';

/** Nothing but the unlock page exists while locked. */
export function App({ services }: { services: Services }) {
  const { t, i18n } = useTranslation();
  const user = useSession((session) => session.user);
  const notices = useSession((session) => session.notices);
  const isOver = useSync((sync) => sync.lease?.stage === 'over');
  const [isHelp, setHelp] = useState(false);
  const language = isLanguage(i18n.language) ? i18n.language : 'nl';
  return (
    <I18nProvider locale={localeOf[language]}>
      <ServicesProvider services={services}>
        <ErrorBoundary FallbackComponent={CrashPage}>
          {user !== null && isOver ? (
            <DeliverFirstPage />
          ) : user === null ? (
            <div className="gate">
              <div>
                <header className="shell__bar">
                  <span className="shell__name">{t('appName')}</span>
                  <LanguageSwitch onChange={(chosen) => void services.setLanguage(chosen)} />
                  <Button look="subtle" icon={<IconHelp size={18} />} onPress={() => setHelp(!isHelp)}>
                    {isHelp ? t('help.back') : t('help.title')}
                  </Button>
                </header>
                <ProtectionNotice />
                <Notices notices={notices} onClose={removeNotice} />
              </div>
              {isHelp ? <LockedHelp /> : <GatePage />}
            </div>
          ) : (
            <RouterProvider router={router} />
          )}
        </ErrorBoundary>
      </ServicesProvider>
    </I18nProvider>
  );
}
