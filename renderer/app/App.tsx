import { RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { GatePage } from '../features/unlock/GatePage.tsx';
import { isLanguage, localeOf } from '../i18n/i18n.ts';
import { ServicesProvider, type Services } from '../services.tsx';
import { removeNotice, useSession } from '../stores/session-store.ts';
import { CrashPage } from './CrashPage.tsx';
import { Notices } from '../ui/Notices.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { router } from './routes.tsx';
import { ProtectionNotice } from './Shell.tsx';

/** Nothing but the unlock page exists while locked. */
export function App({ services }: { services: Services }) {
  const { t, i18n } = useTranslation();
  const user = useSession((session) => session.user);
  const notices = useSession((session) => session.notices);
  const language = isLanguage(i18n.language) ? i18n.language : 'nl';
  return (
    <I18nProvider locale={localeOf[language]}>
      <ServicesProvider services={services}>
        <ErrorBoundary FallbackComponent={CrashPage}>
          {user === null ? (
            <div className="gate">
              <div>
                <header className="shell__bar">
                  <span className="shell__name">{t('appName')}</span>
                  <LanguageSwitch onChange={(chosen) => void services.setLanguage(chosen)} />
                </header>
                <ProtectionNotice />
                <Notices notices={notices} onClose={removeNotice} />
              </div>
              <GatePage />
            </div>
          ) : (
            <RouterProvider router={router} />
          )}
        </ErrorBoundary>
      </ServicesProvider>
    </I18nProvider>
  );
}
