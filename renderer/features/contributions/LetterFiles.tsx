import { IconFolderDown, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import type { useLetterFiles } from './use-letter-files.ts';

type Props = {
  readonly files: ReturnType<typeof useLetterFiles>;
  readonly total: number;
  /** Letters that are not printed, because something is missing in them. */
  readonly withheld: number;
};

/** One PDF per household into a folder: the start, how far it is, and what stopped it. */
export function LetterFiles({ files, total, withheld }: Props) {
  const { t } = useTranslation('letters');
  const { state, done, found, problem, save, stop } = files;
  return (
    <section className="panel stack">
      <h2 className="nl-heading nl-heading--level-2">{t('files.title')}</h2>
      <p>{t('files.about')}</p>
      {withheld > 0 && <Alert tone="warning">{t('files.withheld', { count: withheld })}</Alert>}
      {problem !== null && (
        <Alert tone="error">
          <p>{t(`files.problem.${problem}`)}</p>
          {state === 'stopped' && <p>{t('files.kept', { done, total })}</p>}
        </Alert>
      )}
      {state === 'stopped' && problem === null && <Alert tone="info">{t('files.stopped', { done, total })}</Alert>}
      {state === 'done' && (
        <Alert tone="ok">
          {found > 0 ? t('files.doneFound', { total, found }) : t('files.done', { count: total })}
        </Alert>
      )}
      <div className="row">
        {state === 'working' ? (
          <>
            <ProgressBar label={t('files.working', { done, total })} value={done} total={total} />
            <Button icon={<IconPlayerStop size={18} />} onPress={stop}>
              {t('batch.stop')}
            </Button>
          </>
        ) : (
          <>
            {state === 'stopped' && (
              <Button look="primary" icon={<IconPlayerPlay size={18} />} onPress={() => save(true)}>
                {t('batch.goOn')}
              </Button>
            )}
            <Button icon={<IconFolderDown size={18} />} onPress={() => save(false)}>
              {t(state === 'idle' ? 'files.save' : 'files.other')}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
