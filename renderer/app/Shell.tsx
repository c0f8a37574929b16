import { IconLock, IconShieldOff } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { ConnectionNotice } from '../features/sync/ConnectionNotice.tsx';
import { SyncStatus } from '../features/sync/SyncStatus.tsx';
import { FileQuestions } from '../FileQuestions.tsx';
import { useServices } from '../services.tsx';
import { removeNotice, useSession } from '../stores/session-store.ts';
import { Button } from '../ui/Button.tsx';
import { Notices } from '../ui/Notices.tsx';
import { CrashPage } from './CrashPage.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Menu } from './Menu.tsx';
import { useShortcuts } from './shortcuts.ts';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

/** The frame around every page while unlocked. */
export function Shell() {
  const { t } = useTranslation();
  const services = useServices();
  const notices = useSession((session) => session.notices);
  const shortcuts = useShortcuts();

  return (
    <div className="shell">
      <div className="shell__top">
        <a className="nl-skip-link" href="#page" onClick={skipToPage}>
          {t('skip')}
        </a>
        <header className="shell__bar no-print">
          <span className="shell__name">{t('appName')}</span>
          <SyncStatus />
          <LanguageSwitch onChange={(language) => void services.setLanguage(language)} />
          <Button look="subtle" icon={<IconLock size={18} />} onPress={() => void services.lock()}>
            {t('action.lock')}
          </Button>
        </header>
        <ProtectionNotice />
        <ConnectionNotice />
      </div>
      <Menu />
      <main id="page" tabIndex={-1} className="shell__page">
        <ErrorBoundary FallbackComponent={CrashPage}>
          <Outlet />
        </ErrorBoundary>
      </main>
      <Notices notices={notices} onClose={removeNotice} />
      <FileQuestions />
      <ShortcutsDialog isOpen={shortcuts.isOpen} onClose={shortcuts.close} />
    </div>
  );
}

function skipToPage(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('page')?.focus();
}

/** Cannot be closed, and is printed along: what is shown here must not be a real person's. */
export function ProtectionNotice() {
  const { t } = useTranslation();
  const protection = useSession((session) => session.protection);
  if (protection === 'full') return null;
  return (
    <div role="note" className="shell__notice shell__notice--protection">
      <IconShieldOff size={20} aria-hidden="true" />
      {t('reduced')}
    </div>
  );
}
