import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PrintActions } from '../../PrintActions.tsx';
import { useServices } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Letter, type LetterLayout } from './Letter.tsx';
import { LetterChoices, type ReaderLanguage } from './LetterChoices.tsx';
import { isComplete, letterFileName } from './letter-files.ts';
import { LetterFiles } from './LetterFiles.tsx';
import { MonthChooser } from './MonthChooser.tsx';
import { monthIn } from './month-choice.ts';
import { SiteFilter } from './SiteFilter.tsx';
import { batchKinds, useLetterBatch, type BatchKind } from './use-letter-batch.ts';
import { useLetterFiles } from './use-letter-files.ts';
import { useLetterFacts } from './use-letters.ts';

/** The letters of one kind for all households of a month: made in steps that can be stopped, seen, then one PDF. */
export function LetterBatchPage() {
  const { t } = useTranslation(['letters', 'contributions']);
  const navigate = useNavigate();
  const services = useServices();
  const search = useSearch({ strict: false });
  const month = monthIn(search.month, services.today());
  const kind = batchKinds.find((known) => known === search.kind) ?? 'decision';
  const [language, setLanguage] = useState<ReaderLanguage>('uk');
  const [layout, setLayout] = useState<LetterLayout>('after');
  const [isSaving, setSaving] = useState(false);
  const { templateOf } = useLetterFacts();
  const batch = useLetterBatch(month, kind, search.site ?? null);
  const setSearch = (change: object) =>
    void navigate({ to: '/letters', search: { month, kind, site: search.site, ...change }, replace: true });
  const { state, done, total, letters, failed } = batch;
  const languages = useMemo(() => ['nl', language] as const, [language]);
  const isWorking = state === 'working';
  // While they are written one by one the page is drawn anew for each of them.
  const printable = useMemo(
    () =>
      (isWorking ? [] : letters)
        .filter((one) => isComplete(one.letter, templateOf(one.letter), languages))
        .map((one) => ({ key: one.key, name: letterFileName(one, languages, layout, services.hashOf) })),
    [isWorking, letters, templateOf, languages, layout, services],
  );
  const files = useLetterFiles(printable);
  const shown = letters.filter(({ key }) => files.shown === null || key === files.shown);
  return (
    <>
      <div className="no-print stack">
        <PageHeading
          title={t('batch.title')}
          aside={letters.length > 0 && <span role="status">{t('batch.made', { count: letters.length })}</span>}
          actions={
            letters.length > 0 &&
            state !== 'working' && (
              <PrintActions
                pdfName={`brieven-${month}-${kind}.pdf`}
                saved={t('contributions:print.saved')}
                onSaving={setSaving}
              />
            )
          }
        />
        <p>{t('batch.intro')}</p>
        <div className="row">
          <MonthChooser month={month} today={services.today()} onChange={(next) => setSearch({ month: next })} />
          <SelectField<BatchKind>
            id="letterKind"
            label={t('kindLabel')}
            choices={batchKinds.map((code) => ({ code, label: t(`kind.${code}`) }))}
            value={kind}
            onChange={(next) => setSearch({ kind: next })}
          />
          <SiteFilter site={search.site ?? null} onChange={(site) => setSearch({ site })} />
        </div>
        <div className="row letter-choices">
          <LetterChoices language={language} onLanguage={setLanguage} layout={layout} onLayout={setLayout} />
        </div>
        {state === 'working' ? (
          <div className="row">
            <ProgressBar label={t('batch.working', { done, total })} value={done} total={total} />
            <Button icon={<IconPlayerStop size={18} />} onPress={batch.stop}>
              {t('batch.stop')}
            </Button>
          </div>
        ) : (
          state !== 'done' && (
            <div className="row">
              <Button look="primary" icon={<IconPlayerPlay size={18} />} onPress={batch.goOn}>
                {t(state === 'stopped' ? 'batch.goOn' : 'batch.make')}
              </Button>
            </div>
          )
        )}
        {state === 'stopped' && <Alert tone="info">{t('batch.stopped', { done, total })}</Alert>}
        {state === 'done' && letters.length === 0 && <Alert tone="info">{t('batch.none')}</Alert>}
        {failed > 0 && <Alert tone="warning">{t('batch.failed', { count: failed })}</Alert>}
        {printable.length > 0 && (
          <LetterFiles files={files} total={printable.length} withheld={letters.length - printable.length} />
        )}
        {isSaving && <Alert tone="info">{t('batch.saving')}</Alert>}
      </div>
      {state !== 'working' &&
        shown.map(({ key, letter }) => (
          <div key={key} className="letter-batch__one">
            <Letter letter={letter} template={templateOf(letter)} languages={languages} layout={layout} />
          </div>
        ))}
    </>
  );
}
