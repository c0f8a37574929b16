import { IconUsb } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseboxError } from '../../../shared/transport-ports.ts';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type CaseboxReport, type Services } from '../../services.tsx';
import { useSync } from '../../stores/sync-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';

type Status = Awaited<ReturnType<Services['caseboxStatus']>>;
type Outcome =
  | { readonly type: 'saved'; readonly saved: number; readonly left: number }
  | { readonly type: 'taken'; readonly report: CaseboxReport }
  | { readonly type: 'failed'; readonly why: Exclude<CaseboxError['type'], 'cancelled'> | 'store' };

const reasons = [
  ...(['not-connected', 'no-key', 'full', 'read-only', 'unplugged', 'not-written', 'foreign', 'newer'] as const),
  ...(['damaged', 'own-file', 'other-municipality', 'other-laptop', 'not-signed'] as const),
];
/** What goes wrong with the store or the pages is told in one way; only the stick has reasons of its own. */
const reasonOf = (type: string) => reasons.find((known) => known === type) ?? 'store';

/** Changes that travel in a pocket: the steps in order, what was done last, and what is wrong with a stick. */
export function CaseboxPanel() {
  const { t } = useTranslation('settings');
  const services = useServices();
  const unsent = useSync((sync) => sync.unsent);
  const [status, setStatus] = useState<Status>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [isWorking, setWorking] = useState(false);
  const look = useCallback(() => services.caseboxStatus().then(setStatus), [services]);
  useEffect(() => void look(), [look]);

  const perform = async (work: () => Promise<Outcome | undefined>) => {
    setWorking(true);
    setOutcome(undefined);
    setOutcome(await work());
    await look();
    setWorking(false);
  };
  const write = () =>
    perform(async () => {
      const written = await services.exportCasebox();
      if (written.ok) return { type: 'saved', ...written.value };
      return written.error.type === 'cancelled' ? undefined : { type: 'failed', why: reasonOf(written.error.type) };
    });
  const read = () =>
    perform(async () => {
      const taken = await services.importCasebox();
      if (taken.ok) return { type: 'taken', report: taken.value };
      return taken.error.type === 'cancelled' ? undefined : { type: 'failed', why: reasonOf(taken.error.type) };
    });

  if (status === undefined) return null;
  const language = currentLanguage();
  const when = (ms: number | null) => (ms === null ? t('stick.never') : formatMoment(ms, language));
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('stick.title')}</h2>
      <p>{t('stick.intro')}</p>
      {status.ready === 'yes' ? (
        <>
          <ol className="steps">
            <li>{t('stick.step1')}</li>
            <li>{t('stick.step2')}</li>
            <li>{t('stick.step3')}</li>
          </ol>
          <p>{t('stick.safe')}</p>
          <DataList
            items={[
              { label: t('stick.unsent'), value: t('stick.changes', { count: unsent }) },
              {
                label: t('stick.lastOut'),
                value:
                  status.exportedMs === null
                    ? t('stick.never')
                    : t('stick.lastOutValue', { count: status.exportedOps, when: when(status.exportedMs) }),
              },
              { label: t('stick.lastIn'), value: when(status.importedMs) },
              ...(status.waiting === 0
                ? []
                : [{ label: t('stick.waiting'), value: t('stick.waitingValue', { count: status.waiting }) }]),
            ]}
          />
          {outcome !== undefined && <OutcomeAlert outcome={outcome} />}
          <div className="row">
            <Button look="primary" icon={<IconUsb size={18} />} isPending={isWorking} onPress={() => void write()}>
              {t('stick.write')}
            </Button>
            <Button isPending={isWorking} onPress={() => void read()}>
              {t('stick.read')}
            </Button>
          </div>
        </>
      ) : (
        <p>{t(`stick.failed.${status.ready}`)}</p>
      )}
    </section>
  );
}

function OutcomeAlert({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('settings');
  if (outcome.type === 'failed')
    return (
      <Alert tone="error" role="alert">
        {t(`stick.failed.${outcome.why}`)}
      </Alert>
    );
  if (outcome.type === 'saved')
    return (
      <Alert tone="ok">
        <p>{t('stick.saved', { count: outcome.saved })}</p>
        {outcome.left > 0 && <p>{t('stick.left', { count: outcome.left })}</p>}
      </Alert>
    );
  const { confirmed, received, held, parked, quarantined, more, waiting, status } = outcome.report;
  const isNothing = confirmed + received + waiting + parked + quarantined === 0;
  const isAlarming = quarantined > 0 || status === 'revoked' || status === 'wipe';
  return (
    <Alert tone={isAlarming ? 'warning' : 'ok'}>
      {isNothing ? (
        <p>{t('stick.known')}</p>
      ) : (
        <>
          <p>{t('stick.confirmed', { count: confirmed })}</p>
          <p>{t('stick.received', { count: received })}</p>
        </>
      )}
      {held > 0 && <p>{t('stick.held', { count: held })}</p>}
      {(parked > 0 || waiting > 0) && <p>{t('stick.earlier')}</p>}
      {more && <p>{t('stick.more')}</p>}
      {isAlarming && <p>{t('stick.alarm')}</p>}
    </Alert>
  );
}
