import { IconLock, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CaseboxPanel } from '../features/settings/CaseboxPanel.tsx';
import { StandingNotice } from '../features/sync/StandingNotice.tsx';
import { failureText } from '../features/sync/stuck.ts';
import { useServices } from '../services.tsx';
import { removeNotice, useSession } from '../stores/session-store.ts';
import { useSync } from '../stores/sync-store.ts';
import { Alert } from '../ui/Alert.tsx';
import { Button } from '../ui/Button.tsx';
import { Notices } from '../ui/Notices.tsx';
import { PageHeading } from '../ui/PageHeading.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { ProtectionNotice } from './Shell.tsx';

/**
 * On a laptop that was too long without contact, in the place of all other pages: what was not sent goes first, by the
 * network or on a stick, and nothing of a person is on the screen until it has.
 */
export function DeliverFirstPage() {
  const { t } = useTranslation('sync');
  const { t: common } = useTranslation();
  const services = useServices();
  const notices = useSession((session) => session.notices);
  const { lease, unsent, isSending, failure } = useSync();
  return (
    <div className="gate">
      <div>
        <header className="shell__bar">
          <span className="shell__name">{common('appName')}</span>
          <LanguageSwitch onChange={(chosen) => void services.setLanguage(chosen)} />
          <Button look="subtle" icon={<IconLock size={18} />} onPress={() => void services.lock()}>
            {common('action.lock')}
          </Button>
        </header>
        <ProtectionNotice />
        <StandingNotice />
        <Notices notices={notices} onClose={removeNotice} />
      </div>
      <main className="gate__page gate__page--wide">
        <section className="panel">
          <PageHeading title={t('lease.title')} />
          <p>{t('lease.over', { count: lease?.days ?? 0 })}</p>
          <p>{unsent === 0 ? t('lease.nothing') : t('lease.unsent', { count: unsent })}</p>
          {failure !== null && failure !== 'revoked' && !isSending && (
            <Alert tone="warning">{t(failure === 'offline' ? 'lease.cannotSend' : failureText[failure])}</Alert>
          )}
          <div className="form__actions">
            <Button
              look="primary"
              icon={<IconSend size={18} />}
              isPending={isSending}
              onPress={() => void services.syncNow()}
            >
              {t('lease.send')}
            </Button>
          </div>
        </section>
        <CaseboxPanel />
      </main>
    </div>
  );
}
