import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findQuestion } from '../../../shared/questionnaire/questionnaire.ts';
import {
  changesSince,
  sittingEdits,
  whyAskAgain,
  type ResumeChange,
  type SeenIntake,
} from '../../../shared/questionnaire/sittings.ts';
import { refKey, type RecordRef } from '../../../shared/records/record.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSession } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { useSave } from '../../use-save.ts';
import { intakeValues, type Intake } from './intake.ts';
import { intakePersons, personName } from './person-names.ts';
import { readSeen, writeSeen } from './seen-intake.ts';
import { shownBase } from './use-answers.ts';

const openingSection = 'A_meta';

/** On going on: who is there now is asked again on another day or by somebody else, and what has changed meanwhile. */
export function ResumePanel({ intake }: { intake: Intake }) {
  const { t } = useTranslation('intakes');
  const services = useServices();
  const save = useSave();
  const user = useSession((state) => state.user?.id ?? null);
  const record = useWorkspace((state) => state.records.get(refKey({ kind: 'returnIntake', id: intake.id })));
  const today = services.today();
  if (record === undefined || user === null) return null;
  const values = intakeValues(record);
  const why = whyAskAgain(values, today, user);
  const confirm = async () => {
    const ref: RecordRef = { kind: 'returnIntake', id: intake.id };
    const edits = sittingEdits(values, today, user).map(([field, value]) => ({
      field,
      value,
      base: shownBase(ref, field),
    }));
    await save({ records: [{ ref, edits }], action: 'edit', purpose: null }, t('resume.confirmed'));
  };
  return (
    <>
      {why !== null && (
        <section className="utrecht-alert utrecht-alert--warning" aria-labelledby="resume">
          <div className="utrecht-alert__content">
            <h2 id="resume" className="nl-heading nl-heading--level-2">
              {t('resume.title')}
            </h2>
            <p>{t(`resume.${why}`)}</p>
            <div className="form__actions">
              <Button look="primary" onPress={() => void confirm()}>
                {t('resume.same')}
              </Button>
              <Link
                className="nl-link"
                to="/intakes/$intakeId/section/$section"
                params={{ intakeId: intake.id, section: openingSection }}
                search={{}}
              >
                {t('resume.change')}
              </Link>
            </div>
          </div>
        </section>
      )}
      <ChangedMeanwhile intake={intake} />
    </>
  );
}

function ChangedMeanwhile({ intake }: { intake: Intake }) {
  const { t } = useTranslation('intakes');
  const services = useServices();
  const residents = useWorkspace((state) => state.residents);
  const record = useWorkspace((state) => state.records.get(refKey({ kind: 'returnIntake', id: intake.id })));
  const [seen, setSeen] = useState<SeenIntake>();
  const day = intake.answers.day;
  useEffect(() => {
    let isCurrent = true;
    void readSeen(services, intake.id).then(async (known) => {
      if (known === undefined && record !== undefined) await writeSeen(services, intake.id, intakeValues(record), day);
      else if (isCurrent) setSeen(known);
    });
    return () => {
      isCurrent = false;
    };
  }, [services, intake.id, record, day]);
  if (seen === undefined || record === undefined) return null;
  const persons = intakePersons(residents, intake.residents);
  const changes = changesSince(seen, intakeValues(record), day, persons);
  if (changes.length === 0) return null;
  const wordsOf = (change: ResumeChange): string => {
    if (change.type === 'questionnaire') return t('resume.newQuestionnaire', { version: change.newest });
    if (change.type === 'came-of-age') return t('resume.cameOfAge', { name: personName(residents, change.person) });
    const label = findQuestion(intake.questionnaire.file, change.key)?.label[currentLanguage()] ?? change.key;
    const question = change.person === null ? label : `${label} · ${personName(residents, change.person)}`;
    return change.taken ? t('resume.taken', { question }) : t('resume.changed', { question });
  };
  const done = () => {
    setSeen(undefined);
    void writeSeen(services, intake.id, intakeValues(record), day);
  };
  return (
    <section className="panel" aria-labelledby="changed">
      <h2 id="changed" className="nl-heading nl-heading--level-2">
        {t('resume.changes', { count: changes.length })}
      </h2>
      <ul className="resume-changes">
        {changes.map((change) => (
          <li key={JSON.stringify(change)}>{wordsOf(change)}</li>
        ))}
      </ul>
      <Button onPress={done}>{t('resume.seen')}</Button>
    </section>
  );
}
