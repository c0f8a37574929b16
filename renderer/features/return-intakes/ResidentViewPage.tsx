import { useBlocker, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '../../i18n/error-message.ts';
import { localeOf, type Language } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import type { Intake } from './intake.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { ResidentQuestion } from './ResidentQuestion.tsx';
import { endOfQuestions, firstForResident, residentQuestions } from './resident-questions.ts';
import { interviewLanguage, useShownLanguage } from './shown-languages.ts';
import { StaffCheck } from './StaffCheck.tsx';
import { useAnswers, type AnswerSheet } from './use-answers.ts';
import { useQuickHide } from './use-quick-hide.ts';

/** The laptop turned to the resident: one question, nothing of the staff, and no way out without the passphrase. */
export function ResidentViewPage() {
  const { t } = useTranslation('intakes');
  const { intakeId = '' } = useParams({ strict: false });
  const { state, sheet } = useAnswers(intakeId);
  if (state.state === 'loading') return null;
  if (state.state === 'failed') return <Alert tone="error">{errorMessage(state.error)}</Alert>;
  if (state.state === 'unknown-version') return <Alert tone="error">{t('page.unknownVersion')}</Alert>;
  if (state.intake.finalisedAs !== undefined) return <Alert tone="info">{t('section.finalised')}</Alert>;
  return <ResidentView intake={state.intake} sheet={sheet} />;
}

function ResidentView({ intake, sheet }: { intake: Intake; sheet: AnswerSheet }) {
  const navigate = useNavigate();
  const { question = '' } = useParams({ strict: false });
  const { person: asked } = useSearch({ strict: false });
  const [language, setLanguage] = useState<Language>(() => interviewLanguage(intake) ?? 'uk');
  const [isHidden, setHidden] = useState(false);
  const { t } = useTranslation(['intakes', 'common'], { lng: language });
  const person = intake.residents.find((id) => id === asked) ?? intake.residents[0] ?? '';
  const here = `/intakes/${intake.id}/resident/`;
  // Whatever is pressed: another page comes only after the member of staff.
  useBlocker({ shouldBlockFn: ({ next }) => !next.pathname.startsWith(here) });
  useQuickHide(() => setHidden(true));
  useEffect(() => {
    document.title = t('common:appName');
  }, [t]);
  useShownLanguage(intake.id, language);

  const questions = residentQuestions(intake.evaluation, intake.answers, person);
  const goTo = (key: string) =>
    void navigate({
      to: '/intakes/$intakeId/resident/$question',
      params: { intakeId: intake.id, question: key },
      search: { person },
    });
  const shown = questions.find(({ key }) => key === question);
  // A question that an answer has hidden meanwhile gives way to the first that is open.
  const current =
    shown ??
    (question === endOfQuestions ? undefined : questions.find(({ key }) => key === firstForResident(intake, person)));
  const at = current === undefined ? questions.length : questions.indexOf(current);

  if (isHidden) {
    return (
      <StaffCheck
        language={language}
        onStaff={() =>
          void navigate({ to: '/intakes/$intakeId', params: { intakeId: intake.id }, ignoreBlocker: true })
        }
        onContinue={() => setHidden(false)}
      />
    );
  }
  return (
    <I18nProvider locale={localeOf[language]}>
      <div className="resident-page" lang={language}>
        <header className="resident-page__bar">
          <Button onPress={() => setHidden(true)}>{t('resident.toStaff')}</Button>
          <Button onPress={() => setHidden(true)}>{t('resident.stop')}</Button>
          <LanguageChoice label={t('resident.language')} value={language} onChange={setLanguage} />
        </header>
        <p className="resident-page__header">{t('resident.notADecision')}</p>
        <main>
          {current === undefined ? (
            <End
              language={language}
              onBack={questions.length === 0 ? undefined : () => goTo(questions.at(-1)?.key ?? '')}
            />
          ) : (
            <ResidentQuestion
              key={`${current.key} ${current.person ?? ''}`}
              intake={intake}
              sheet={sheet}
              shown={current}
              questions={questions}
              language={language}
              onNext={() => goTo(questions[at + 1]?.key ?? endOfQuestions)}
              onBack={at === 0 ? undefined : () => goTo(questions[at - 1]?.key ?? '')}
            />
          )}
        </main>
      </div>
    </I18nProvider>
  );
}

function End({ language, onBack }: { language: Language; onBack: (() => void) | undefined }) {
  const { t } = useTranslation('intakes', { lng: language });
  return (
    <>
      <h1 className="nl-heading nl-heading--level-1">{t('resident.endTitle')}</h1>
      <p>{t('resident.endText')}</p>
      {onBack !== undefined && (
        <div className="form__actions">
          <Button onPress={onBack}>{t('resident.back')}</Button>
        </div>
      )}
    </>
  );
}
