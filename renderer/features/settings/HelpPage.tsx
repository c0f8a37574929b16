import { useTranslation } from 'react-i18next';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { DiagnosisPanel } from './DiagnosisPanel.tsx';
import { SiteAgesPanel } from './SiteAgesPanel.tsx';

const questions = ['offline', 'waiting', 'old', 'trouble'] as const;

/** What to do when nothing goes out, how old everything is, and the report for who helps. */
export function HelpPage() {
  const { t } = useTranslation('settings');
  return (
    <>
      <PageHeading title={t('help.title')} />
      <div className="columns">
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('help.what')}</h2>
          <dl className="help">
            {questions.map((question) => (
              <div key={question}>
                <dt>{t(`help.questions.${question}.title`)}</dt>
                <dd>{t(`help.questions.${question}.text`)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <SiteAgesPanel />
        <DiagnosisPanel />
      </div>
    </>
  );
}

/** While locked, or when the store does not open: only the report. */
export function LockedHelp() {
  const { t } = useTranslation('settings');
  return (
    <main className="gate__page">
      <PageHeading title={t('help.title')} />
      <DiagnosisPanel />
    </main>
  );
}
