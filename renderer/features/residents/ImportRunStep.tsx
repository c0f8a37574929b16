import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '../../../shared/exchange/import-plan.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices, type SaveRequest } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

type Outcome = { readonly lines: number; readonly undo: readonly SaveRequest[]; readonly error: string | null };

/** Saves family by family, so that stopping half-way leaves whole families; all of it can be undone as one. */
export function ImportRunStep({ plan, onDone }: { plan: ImportPlan; onDone: () => void }) {
  const { t } = useTranslation('register');
  const services = useServices();
  const [done, setDone] = useState(0);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const stop = useRef(new AbortController());
  const isStarted = useRef(false);
  const total = plan.saves.reduce((lines, save) => lines + save.lines, 0);

  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    const requests = plan.saves.map(({ records }): SaveRequest => ({ records, action: 'import', purpose: null }));
    const linesOf = (saves: number) => plan.saves.slice(0, saves).reduce((lines, save) => lines + save.lines, 0);
    void services
      .saveAll(requests, (saves) => setDone(linesOf(saves)), stop.current.signal)
      .then(({ saved, undo, error }) => {
        setOutcome({ lines: linesOf(saved), undo, error: error === null ? null : errorMessage(error) });
      });
  }, [services, plan]);

  const undo = async () => {
    if (outcome === null) return;
    setOutcome(null);
    setDone(0);
    const undone = await services.saveAll([...outcome.undo].reverse(), () => undefined, new AbortController().signal);
    addNotice(
      undone.error === null
        ? { tone: 'ok', text: t('import.undone') }
        : { tone: 'error', text: errorMessage(undone.error) },
    );
    onDone();
  };

  if (outcome === null) {
    return (
      <section className="panel">
        <ProgressBar label={t('import.running', { done, total })} value={done} total={total} />
        <div className="row">
          <Button onPress={() => stop.current.abort()}>{t('import.stop')}</Button>
        </div>
      </section>
    );
  }
  return (
    <section className="panel">
      <Alert tone={outcome.error === null ? 'ok' : 'error'} role="alert">
        <p>{t('import.done', { count: outcome.lines })}</p>
        {outcome.error !== null && <p>{outcome.error}</p>}
      </Alert>
      <div className="row">
        <Button look="primary" onPress={onDone}>
          {t('import.toList')}
        </Button>
        <Button onPress={() => void undo()}>{t('import.undo')}</Button>
      </div>
    </section>
  );
}
