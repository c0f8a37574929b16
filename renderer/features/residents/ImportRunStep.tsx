import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices, type SaveRequest } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import type { ImportSaves } from './import-saves.ts';

type Outcome = { readonly lines: number; readonly undo: readonly SaveRequest[]; readonly error: string | null };

/** Saves family by family, so that stopping half-way leaves whole families; all of it can be undone as one. */
export function ImportRunStep({ saves, onDone }: { saves: ImportSaves; onDone: () => void }) {
  const { t } = useTranslation('register');
  const services = useServices();
  const navigate = useNavigate();
  const [done, setDone] = useState(0);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const stop = useRef(new AbortController());
  const isStarted = useRef(false);

  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    const { signal } = stop.current;
    const run = async () => {
      // People that are in once so many requests are.
      const linesAt = [0];
      const requests = function* () {
        for (const { lines, request } of saves.saves()) {
          linesAt.push((linesAt.at(-1) ?? 0) + lines);
          yield request;
        }
      };
      const linesOf = (count: number) => linesAt[count] ?? 0;
      const report = await services.saveAll(requests(), (count) => setDone(linesOf(count)), signal);
      const error = report.error === null ? null : errorMessage(report.error);
      setOutcome({ lines: linesOf(report.saved), undo: report.undo, error });
    };
    void run();
  }, [services, saves]);

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
        <ProgressBar label={t('import.running', { done, total: saves.count })} value={done} total={saves.count} />
        <div className="row">
          <Button onPress={() => stop.current.abort()}>{t('import.stop')}</Button>
        </div>
      </section>
    );
  }
  const isStopped = outcome.error === null && outcome.lines < saves.count;
  return (
    <section className="panel">
      <Alert tone={outcome.error === null ? 'ok' : 'error'} role="alert">
        <p>{t('import.done', { count: outcome.lines })}</p>
        {outcome.error !== null && <p>{outcome.error}</p>}
        {isStopped && <p>{t('import.goOn')}</p>}
      </Alert>
      <div className="row">
        <Button look="primary" onPress={onDone}>
          {t('import.toList')}
        </Button>
        <Button onPress={() => void navigate({ to: '/residents/doubles' })}>{t('likely.open')}</Button>
        <Button onPress={() => void undo()}>{t('import.undo')}</Button>
      </div>
    </section>
  );
}
