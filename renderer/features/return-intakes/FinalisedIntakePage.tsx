import { IconFileTypePdf, IconMessagePlus, IconPrinter } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sharedWith } from '../../../shared/questionnaire/withdrawal.ts';
import { refKey } from '../../../shared/records/record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatLongDate } from '../../i18n/format.ts';
import { currentLanguage, isLanguage, type Language } from '../../i18n/i18n.ts';
import { savePersonalPage } from '../../personal-file.ts';
import { useServices, type OpenError } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import type { ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { AnswerGroups } from './AnswerGroups.tsx';
import { AnswerWords } from './AnswerWords.tsx';
import { frozenLines, toFrozen, type Frozen } from './finalised.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { intakeValues, toIntake } from './intake.ts';
import { peopleNames } from './person-names.ts';
import { WithdrawButton } from './WithdrawButton.tsx';
import { WithdrawnIntake } from './WithdrawnIntake.tsx';

/** What was recorded, in the words it was asked in; nothing in it can be changed. */
export function FinalisedIntakePage({ id }: { id: string }) {
  const { t } = useTranslation('intakes');
  const services = useServices();
  const records = useWorkspace((state) => state.records);
  const residents = useWorkspace((state) => state.residents);
  const [opened, setOpened] = useState<{ readonly id: string; readonly result: ReplicaRecord | OpenError }>();
  useEffect(() => {
    let isCurrent = true;
    void services.open({ kind: 'finalisedIntake', id }).then((outcome) => {
      if (isCurrent) setOpened({ id, result: outcome.ok ? outcome.value.record : outcome.error });
    });
    return () => {
      isCurrent = false;
    };
  }, [services, id]);
  const result = opened?.id === id ? opened.result : undefined;
  const frozen = useMemo(() => (result === undefined || 'type' in result ? undefined : toFrozen(result)), [result]);
  if (result === undefined) return null;
  if ('type' in result) return <Alert tone="error">{errorMessage(result)}</Alert>;
  if (frozen === undefined) return <Alert tone="error">{t('page.unknownVersion')}</Alert>;
  const draft = records.get(refKey({ kind: 'returnIntake', id: frozen.intake.draft }));
  const begun = draft && toIntake(draft.id, intakeValues(draft), residents, frozen.day);
  return begun?.withdrawal === undefined ? <FrozenInterview frozen={frozen} /> : <WithdrawnIntake intake={begun} />;
}

function FrozenInterview({ frozen }: { frozen: Frozen }) {
  const { t } = useTranslation(['intakes', 'common']);
  const services = useServices();
  const navigate = useNavigate();
  const residents = useWorkspace((state) => state.residents);
  const among = frozen.intake.languages.filter(isLanguage);
  const [chosen, setChosen] = useState<Language>();
  const own = currentLanguage();
  const language = chosen ?? (among.includes(own) ? own : (among[0] ?? own));
  const persons = frozen.intake.persons.map(({ id }) => id);
  const lines = frozenLines(frozen, language);
  const [main] = persons;
  const savePdf = () =>
    savePersonalPage(services, {
      name: `${t('frozen.fileName')}.pdf`,
      what: 'finalised intake pdf',
      persons: persons.length,
      isSensitive: true,
    });
  return (
    <>
      <PageHeading
        title={t('frozen.title')}
        aside={peopleNames(residents, persons)}
        actions={
          <>
            <Button icon={<IconPrinter size={18} />} onPress={() => void services.print()}>
              {t('common:action.print')}
            </Button>
            <Button icon={<IconFileTypePdf size={18} />} onPress={() => void savePdf()}>
              {t('common:action.pdf')}
            </Button>
            <WithdrawButton intakeId={frozen.intake.draft} served={sharedWith(frozen.intake.answers['share'])} />
            {main !== undefined && (
              <Button
                icon={<IconMessagePlus size={18} />}
                onPress={() => void navigate({ to: '/intakes', search: { resident: main } })}
              >
                {t('frozen.followUp')}
              </Button>
            )}
          </>
        }
      />
      <p className="no-print muted">{t('frozen.explanation')}</p>
      {among.length > 1 && (
        <div className="no-print">
          <LanguageChoice label={t('section.language')} value={language} among={among} onChange={setChosen} />
        </div>
      )}
      <article className="letter__page">
        <FrozenFacts frozen={frozen} language={language} />
        <AnswerGroups
          language={language}
          changeIn={null}
          lines={lines.map((line) => ({ ...line, title: line.section }))}
        />
        <Statements frozen={frozen} language={language} />
      </article>
    </>
  );
}

function FrozenFacts({ frozen, language }: { frozen: Frozen; language: Language }) {
  const { t } = useTranslation('intakes', { lng: language });
  const { intake } = frozen;
  return (
    <DataList
      items={[
        { label: t('frozen.day'), value: formatLongDate(frozen.day, language) },
        {
          label: t('frozen.by'),
          value: <AnswerWords answer={{ kind: 'ref', value: intake.user }} language={language} />,
        },
        { label: t('frozen.questionnaire'), value: t('frozen.version', { version: intake.questionnaire.version }) },
        { label: t('frozen.note'), value: t('page.notADecision') },
      ]}
    />
  );
}

function Statements({ frozen, language }: { frozen: Frozen; language: Language }) {
  const { t } = useTranslation('intakes', { lng: language });
  const { statements, answers } = frozen.intake;
  const kept = statements[language];
  const shown = [
    ...('consent_participate' in answers ? [kept?.['participation']] : []),
    ...('free_choice' in answers ? [kept?.['voluntary']] : []),
  ].filter((text) => text !== undefined);
  if (shown.length === 0) return null;
  return (
    <section className="answer-group" lang={language}>
      <h2 className="nl-heading nl-heading--level-3">{t('frozen.statements')}</h2>
      {shown.map((text) => (
        <blockquote key={text} className="statement">
          {text}
        </blockquote>
      ))}
    </section>
  );
}
