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

type Done = { readonly lines: number; readonly tasks: number };
type Outcome = Done & { readonly undo: readonly SaveRequest[]; readonly error: string | null };

const nothing: Done = { lines: 0, tasks: 0 };

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
      // What is in once so many requests are.
      const doneAt: Done[] = [nothing];
      const doneOf = (count: number) => doneAt[count] ?? nothing;
      const requests = function* () {
        for (const { lines, tasks, request } of saves.saves()) {
          const before = doneAt.at(-1) ?? nothing;
          doneAt.push({ lines: before.lines + lines, tasks: before.tasks + tasks });
          yield request;
        }
      };
      const report = await services.saveAll(requests(), (count) => setDone(doneOf(count).lines), signal);
      const error = report.error === null ? null : errorMessage(report.error);
      setOutcome({ ...doneOf(report.saved), undo: report.undo, error });
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
  const isStopped = outcome.error === null && (outcome.lines < saves.count || outcome.tasks < saves.tasks);
  return (
    <section className="panel">
      <Alert tone={outcome.error === null ? 'ok' : 'error'} role="alert">
        {(saves.count > 0 || saves.tasks === 0) && <p>{t('import.done', { count: outcome.lines })}</p>}
        {outcome.tasks > 0 && <p>{t('import.tasksDone', { count: outcome.tasks })}</p>}
        {outcome.error !== null && <p>{outcome.error}</p>}
        {isStopped && <p>{t('import.goOn')}</p>}
      </Alert>
      <div className="row">
        <Button look="primary" onPress={onDone}>
          {t('import.toList')}
        </Button>
        {outcome.tasks > 0 && (
          <Button onPress={() => void navigate({ to: '/residents/tasks' })}>{t('import.toTasks')}</Button>
        )}
        <Button onPress={() => void navigate({ to: '/residents/doubles' })}>{t('likely.open')}</Button>
        <Button onPress={() => void undo()}>{t('import.undo')}</Button>
      </div>
    </section>
  );
}
