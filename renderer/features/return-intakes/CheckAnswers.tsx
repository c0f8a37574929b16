import { IconFileCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinaliseError } from '../../../shared/questionnaire/finalised-intake.ts';
import { readBack } from '../../../shared/questionnaire/read-back.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { currentLanguage, languageNames, languages, type Language } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { AnswerGroups } from './AnswerGroups.tsx';
import { FinaliseProblems, findFinaliseProblem } from './FinaliseProblems.tsx';
import type { Intake } from './intake.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { peopleNames } from './person-names.ts';
import { RuleBanners } from './RuleBanners.tsx';
import { interviewLanguage, readShownLanguages, useShownLanguage } from './shown-languages.ts';
import { UrgentDangerButton } from './UrgentDanger.tsx';

/** Everything that was answered, to be read back, and the one button after which nothing can be changed. */
export function CheckAnswers({ intake }: { intake: Intake }) {
  const { t } = useTranslation(['intakes', 'common']);
  const services = useServices();
  const residents = useWorkspace((state) => state.residents);
  const [language, setLanguage] = useState<Language>(() => currentLanguage());
  const [attempt, setAttempt] = useState<{ readonly error: FinaliseError | undefined }>();
  const [isWorking, setWorking] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useShownLanguage(intake.id, language);
  // A draft that another laptop has changed since can have fewer problems, or other ones.
  const problem = findFinaliseProblem(intake) ?? attempt?.error;
  useEffect(() => {
    if (attempt !== undefined) box.current?.focus();
  }, [attempt]);

  const finalise = async () => {
    if (isWorking) return;
    setWorking(true);
    const noted = await readShownLanguages(services, intake.id);
    const shown = languages.filter(
      (one) => noted.includes(one) || one === currentLanguage() || one === interviewLanguage(intake),
    );
    const outcome = await services.finaliseIntake(intake.id, shown);
    setWorking(false);
    if (outcome.ok) return addNotice({ tone: 'ok', text: t('finalise.done') });
    const { error } = outcome;
    if (isFinaliseError(error)) setAttempt({ error });
    else addNotice({ tone: 'error', text: errorMessage(error) });
  };

  const lines = readBack(intake.questionnaire, intake.answers, intake.otherTexts).filter(({ by }) => by !== 'system');
  return (
    <>
      <PageHeading
        title={t('finalise.title')}
        aside={peopleNames(residents, intake.residents)}
        actions={<UrgentDangerButton intakeId={intake.id} />}
      />
      <div className="section-bar">
        <Link className="nl-link" to="/intakes/$intakeId" params={{ intakeId: intake.id }} search={{}}>
          {t('section.back')}
        </Link>
        <LanguageChoice label={t('section.language')} value={language} onChange={setLanguage} />
      </div>
      {problem !== undefined && (
        <div
          ref={box}
          tabIndex={-1}
          role={attempt === undefined ? 'region' : 'alert'}
          aria-labelledby="finalise-problems"
          className={`utrecht-alert utrecht-alert--${attempt === undefined ? 'info' : 'error'}`}
        >
          <div className="utrecht-alert__content">
            <h2 id="finalise-problems" className="nl-heading nl-heading--level-2">
              {attempt === undefined ? t('finalise.notYet') : t('common:form.problems')}
            </h2>
            <FinaliseProblems intake={intake} problem={problem} />
          </div>
        </div>
      )}
      <RuleBanners intake={intake} />
      <AnswerGroups
        language={language}
        lines={lines.map((line) => ({
          ...line,
          section: line.section,
          title: line.sectionTitle[language],
          label: line.label[language],
        }))}
        changeIn={intake.id}
      />
      <Alert tone="info">
        <p>{t('finalise.final')}</p>
        <p>
          {t('finalise.languages', {
            languages: languages
              .filter((one) => one === currentLanguage() || one === interviewLanguage(intake) || one === language)
              .map((one) => languageNames[one]),
          })}
        </p>
      </Alert>
      <div className="form__actions">
        <Button look="primary" icon={<IconFileCheck size={18} />} onPress={() => void finalise()}>
          {t('finalise.button')}
        </Button>
      </div>
    </>
  );
}

const finaliseErrors: readonly string[] = [
  'missing-answers',
  'contradicting-answers',
  'outcome-not-allowed',
  'not-confirmed',
] satisfies readonly FinaliseError['type'][];
const isFinaliseError = (error: { readonly type: string }): error is FinaliseError =>
  finaliseErrors.includes(error.type);
