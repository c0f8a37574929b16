import { IconArrowRight, IconCopy } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAnswered, isAsked } from '../../../shared/questionnaire/questionnaire.ts';
import { sectionsOf, type Section } from '../../../shared/questionnaire/questionnaire-schema.ts';
import { taskList } from '../../../shared/questionnaire/task-list.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { currentLanguage, localeOf, type Language } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useSave } from '../../use-save.ts';
import { inputId } from './answer-options.ts';
import type { Intake } from './intake.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { personName } from './person-names.ts';
import { QuestionBlock } from './QuestionBlock.tsx';
import { copyFromMain } from './same-as-main.ts';
import { noteSeen } from './seen-intake.ts';
import { SavingStatus } from './SavingStatus.tsx';
import { useShownLanguage } from './shown-languages.ts';
import { ProtocolCard, UrgentDangerButton, urgentSection } from './UrgentDanger.tsx';
import { useAnswers, type AnswerSheet } from './use-answers.ts';
import { I18nProvider } from 'react-aria-components';
import { WithdrawnIntake } from './WithdrawnIntake.tsx';

/** The questions of one section under one heading, as the member of staff fills them in. */
export function SectionPage() {
  const { t } = useTranslation('intakes');
  const { intakeId = '', section = '' } = useParams({ strict: false });
  const { person = null } = useSearch({ strict: false });
  const { state, sheet } = useAnswers(intakeId);
  if (state.state === 'loading') return null;
  if (state.state === 'failed') return <Alert tone="error">{errorMessage(state.error)}</Alert>;
  const found =
    state.state === 'ready'
      ? sectionsOf(state.intake.questionnaire.file).find(({ key }) => key === section)
      : undefined;
  if (state.state === 'unknown-version' || found === undefined) {
    return <Alert tone="error">{t('page.unknownVersion')}</Alert>;
  }
  if (state.intake.withdrawal !== undefined) return <WithdrawnIntake intake={state.intake} />;
  if (state.intake.finalisedAs !== undefined) return <Alert tone="info">{t('section.finalised')}</Alert>;
  return (
    <SectionForm
      key={`${section} ${person ?? ''}`}
      intake={state.intake}
      sheet={sheet}
      section={found}
      person={person}
    />
  );
}

type Props = {
  readonly intake: Intake;
  readonly sheet: AnswerSheet;
  readonly section: Section;
  readonly person: string | null;
};

function SectionForm({ intake, sheet, section, person }: Props) {
  const { t } = useTranslation('intakes');
  const navigate = useNavigate();
  const residents = useWorkspace((state) => state.residents);
  const { question: asked } = useSearch({ strict: false });
  const [language, setLanguage] = useState<Language>(currentLanguage);
  const [problems, setProblems] = useState<FieldProblems>([]);
  useShownLanguage(intake.id, language);
  const title = section.title[currentLanguage()];
  const { evaluation, questionnaire } = intake;
  const questions = evaluation.visible.filter(
    // Who it is about stands in the heading; site and member of staff are known since the beginning.
    (shown) =>
      shown.section === section.key &&
      shown.person === person &&
      shown.key !== 'resident_ref' &&
      (shown.question.by !== 'system' || shown.question.type === 'calc'),
  );
  const isPostponed = questions.some(({ postponed }) => postponed);

  useEffect(() => {
    if (asked === undefined) return;
    const field = document.getElementById(`question-${asked}`);
    const control =
      field?.matches('input, textarea, button') === true
        ? field
        : field?.querySelector<HTMLElement>('input, textarea, button, [role=spinbutton]');
    control?.focus();
    field?.scrollIntoView({ block: 'center' });
  }, [asked]);

  const tasks = taskList(questionnaire, intake.answers);
  const here = tasks.findIndex((task) => task.section === section.key && task.person === person);
  const next = tasks.find((task, at) => at > here && task.status !== 'cannot-start');
  const goOn = () => {
    const open = questions.filter(
      (shown) =>
        isAsked(shown) &&
        shown.question.required === 'always' &&
        !isAnswered(questionnaire.file, shown.question, evaluation.answerTo(shown.key, shown.person)),
    );
    const missing = open.map(({ question }) => ({
      fieldId: inputId(question),
      message: t('section.missing', { question: question.label[currentLanguage()] }),
    }));
    if (missing.length > 0 && !isPostponed) return setProblems(missing);
    const params = { intakeId: intake.id };
    void (next === undefined
      ? navigate({ to: '/intakes/$intakeId', params })
      : navigate({
          to: '/intakes/$intakeId/section/$section',
          params: { ...params, section: next.section },
          search: next.person === null ? {} : { person: next.person },
        }));
  };

  return (
    <>
      <ErrorSummary pageTitle={title} problems={problems} />
      <PageHeading
        title={title}
        aside={person === null ? undefined : personName(residents, person)}
        actions={<UrgentDangerButton intakeId={intake.id} />}
      />
      <div className="section-bar">
        <Link className="nl-link" to="/intakes/$intakeId" params={{ intakeId: intake.id }}>
          {t('section.back')}
        </Link>
        <SavingStatus saving={sheet.saving} onRetry={sheet.retry} />
        <LanguageChoice label={t('section.language')} value={language} onChange={setLanguage} />
      </div>
      {section.key === urgentSection && <ProtocolCard />}
      {section.key === 'D_status' && person !== null && <SameAsMain intake={intake} person={person} />}
      {isPostponed ? (
        <Alert tone="warning" title={t('section.postponedTitle')}>
          {t('section.postponed')}
        </Alert>
      ) : questions.length === 0 ? (
        <Alert tone="info">{t('section.nothing')}</Alert>
      ) : (
        <I18nProvider locale={localeOf[language]}>
          <div className="interview" lang={language}>
            {questions.map((shown) => (
              <QuestionBlock key={shown.key} intake={intake} sheet={sheet} shown={shown} language={language} />
            ))}
          </div>
        </I18nProvider>
      )}
      <div className="form__actions">
        <Button look="primary" icon={<IconArrowRight size={18} />} onPress={goOn}>
          {next === undefined ? t('section.done') : t('section.next', { section: next.title[currentLanguage()] })}
        </Button>
        <Link className="nl-link" to="/intakes/$intakeId" params={{ intakeId: intake.id }}>
          {t('section.later')}
        </Link>
      </div>
    </>
  );
}

/** Copies the answers themselves: what is true of the one later is not changed for the other. */
function SameAsMain({ intake, person }: { intake: Intake; person: string }) {
  const { t } = useTranslation('intakes');
  const save = useSave();
  const services = useServices();
  const residents = useWorkspace((state) => state.residents);
  const edits = copyFromMain(intake, 'D_status', person);
  const main = intake.residents[0];
  if (edits.length === 0 || main === undefined || main === person) return null;
  return (
    <div>
      <Button
        icon={<IconCopy size={18} />}
        onPress={() =>
          void save(
            { records: [{ ref: { kind: 'returnIntake', id: intake.id }, edits }], action: 'edit', purpose: null },
            t('section.copied'),
          ).then((saved) => (saved === undefined ? undefined : noteSeen(services, intake.id, edits)))
        }
      >
        {t('section.sameAsMain', { name: personName(residents, main) })}
      </Button>
    </div>
  );
}
