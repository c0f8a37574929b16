import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices, type Services } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { setSync, useSync } from '../../stores/sync-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { ConnectForm } from './ConnectForm.tsx';

type Status = Awaited<ReturnType<Services['syncStatus']>>;

export function ConnectionPanel() {
  const { t } = useTranslation('settings');
  const services = useServices();
  const isSending = useSync((sync) => sync.isSending);
  const unarchived = useSync((sync) => sync.unarchived);
  const lease = useSync((sync) => sync.lease);
  const [status, setStatus] = useState<Status | null>(null);
  const [isEntering, setEntering] = useState(false);
  useEffect(() => {
    void services.syncStatus().then(setStatus);
  }, [services]);

  const send = async () => {
    const outcome = await services.syncNow();
    // What stands in the way is said in the bar at the top; here only what was exchanged.
    if (outcome.type === 'done') addNotice({ tone: 'ok', text: t('connection.exchanged', outcome) });
  };
  const onConnected = async () => {
    setEntering(false);
    setSync({ enrolled: true });
    setStatus(await services.syncStatus());
    addNotice({ tone: 'ok', text: t('connection.connected') });
    await services.syncNow();
  };

  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('connection.title')}</h2>
      {status !== null && status.endpoint !== null && (
        <>
          <DataList
            items={[
              { label: t('connection.address'), value: status.endpoint },
              { label: t('connection.device'), value: status.device },
              ...(lease === null
                ? []
                : [
                    {
                      label: t('connection.contact'),
                      value: t('connection.contactDays', { ...lease, count: lease.days }),
                    },
                  ]),
              {
                label: t('connection.backup'),
                value:
                  unarchived === null
                    ? t('connection.backupNone')
                    : unarchived === 0
                      ? t('connection.backupAll')
                      : t('connection.backupWaits', { count: unarchived }),
              },
            ]}
          />
          <div className="row">
            <Button look="primary" isPending={isSending} onPress={() => void send()}>
              {t('connection.sendNow')}
            </Button>
            <Button onPress={() => setEntering(true)}>{t('connection.otherCode')}</Button>
          </div>
          {isEntering && <ConnectForm address={status.endpoint} onConnected={() => void onConnected()} />}
        </>
      )}
      {status !== null && status.endpoint === null && (
        <>
          <p>{t('connection.none')}</p>
          <ConnectForm address="" onConnected={() => void onConnected()} />
        </>
      )}
    </section>
  );
}
