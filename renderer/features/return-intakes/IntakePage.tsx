import { IconArrowRight, IconChecklist, IconDeviceLaptop } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { missingForFinalise } from '../../../shared/questionnaire/finalised-intake.ts';
import { firstUnanswered } from '../../../shared/questionnaire/task-list.ts';
import { refKey } from '../../../shared/records/record.ts';
import type { ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { RecordKept } from '../../RecordKept.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { CheckAnswers } from './CheckAnswers.tsx';
import { FinalisedIntakePage } from './FinalisedIntakePage.tsx';
import type { Intake } from './intake.ts';
import { InterviewFacts } from './InterviewFacts.tsx';
import { peopleNames, personName } from './person-names.ts';
import { RuleBanners } from './RuleBanners.tsx';
import { firstForResident } from './resident-questions.ts';
import { ResumePanel } from './ResumePanel.tsx';
import { TaskListView } from './TaskListView.tsx';
import { UrgentDangerButton } from './UrgentDanger.tsx';
import { useIntake } from './use-intake.ts';
import { WithdrawButton } from './WithdrawButton.tsx';
import { WithdrawnIntake } from './WithdrawnIntake.tsx';

const nothingUnsaved = {};

/** A draft with its task list, its check before it is recorded (`step=check`), or what was recorded. */
export function IntakePage() {
  const { intakeId = '' } = useParams({ strict: false });
  const isFinalised = useWorkspace((state) => state.records.has(refKey({ kind: 'finalisedIntake', id: intakeId })));
  return isFinalised ? <FinalisedIntakePage id={intakeId} /> : <DraftPage key={intakeId} id={intakeId} />;
}

function DraftPage({ id }: { id: string }) {
  const { t } = useTranslation('intakes');
  const { step } = useSearch({ strict: false });
  const state = useIntake(id, nothingUnsaved);
  if (state.state === 'loading') return null;
  if (state.state === 'failed') return <Alert tone="error">{errorMessage(state.error)}</Alert>;
  if (state.state === 'unknown-version') return <Alert tone="error">{t('page.unknownVersion')}</Alert>;
  const { intake } = state;
  if (intake.withdrawal !== undefined) return <WithdrawnIntake intake={intake} />;
  if (intake.finalisedAs !== undefined) return <FinalisedIntakePage id={intake.finalisedAs} />;
  return step === 'check' ? <CheckAnswers intake={intake} /> : <TaskPage intake={intake} record={state.record} />;
}

function TaskPage({ intake, record }: { intake: Intake; record: ReplicaRecord }) {
  const { t } = useTranslation('intakes');
  const navigate = useNavigate();
  const residents = useWorkspace((state) => state.residents);
  const { questionnaire, answers, id: intakeId } = intake;
  const missing = missingForFinalise(questionnaire, answers);
  const next = firstUnanswered(questionnaire, answers);
  // A closed interview needs only a few answers: asking on through the rest would be wrong.
  const isClosed = questionnaire.flags(answers).some(({ rule }) => rule === 'rule-01') && next !== undefined;
  const target = (isClosed ? missing[0] : undefined) ?? next;

  return (
    <>
      <PageHeading
        title={t('page.title')}
        aside={
          <span>
            {peopleNames(residents, intake.residents)}
            {intake.startedOn !== undefined && (
              <span className="muted">
                {' '}
                {t('page.startedOn', { day: formatDate(intake.startedOn, currentLanguage()) })}
              </span>
            )}
          </span>
        }
        actions={
          <>
            <WithdrawButton intakeId={intakeId} served={[]} />
            <UrgentDangerButton intakeId={intakeId} />
          </>
        }
      />
      <p className="muted">{t('page.notADecision')}</p>
      <RecordKept record={record} />
      <ResumePanel intake={intake} />
      <div className="form__actions">
        {target !== undefined && (
          <Button
            look="primary"
            icon={<IconArrowRight size={18} />}
            onPress={() =>
              void navigate({
                to: '/intakes/$intakeId/section/$section',
                params: { intakeId, section: target.section },
                search: { ...(target.person === null ? {} : { person: target.person }), question: target.key },
              })
            }
          >
            {t('page.continue')}
          </Button>
        )}
        <Button
          look={target === undefined ? 'primary' : 'secondary'}
          icon={<IconChecklist size={18} />}
          onPress={() => void navigate({ to: '/intakes/$intakeId', params: { intakeId }, search: { step: 'check' } })}
        >
          {missing.length === 0 ? t('page.check') : t('page.checkMissing', { count: missing.length })}
        </Button>
      </div>
      <div className="intake-columns">
        <TaskListView intake={intake} />
        <div className="stack">
          <RuleBanners intake={intake} />
          <TurnLaptop intake={intake} />
          <InterviewFacts intake={intake} />
        </div>
      </div>
    </>
  );
}

/** Each person apart: nobody sees what another has answered. */
function TurnLaptop({ intake }: { intake: Intake }) {
  const { t } = useTranslation('intakes');
  const navigate = useNavigate();
  const residents = useWorkspace((state) => state.residents);
  return (
    <section className="panel" aria-labelledby="turn">
      <h2 id="turn" className="nl-heading nl-heading--level-2">
        {t('turn.title')}
      </h2>
      <div className="form__actions">
        {intake.residents.map((person) => (
          <Button
            key={person}
            icon={<IconDeviceLaptop size={18} />}
            onPress={() =>
              void navigate({
                to: '/intakes/$intakeId/resident/$question',
                params: { intakeId: intake.id, question: firstForResident(intake, person) },
                search: { person },
              })
            }
          >
            {intake.residents.length === 1 ? t('turn.button') : t('turn.to', { name: personName(residents, person) })}
          </Button>
        ))}
      </div>
      <p className="muted">{t('turn.hint')}</p>
    </section>
  );
}
