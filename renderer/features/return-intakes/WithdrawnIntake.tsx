import { useTranslation } from 'react-i18next';
import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import type { Recall } from '../../../shared/questionnaire/withdrawal.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useSave } from '../../use-save.ts';
import { AnswerWords } from './AnswerWords.tsx';
import type { Intake } from './intake.ts';
import { peopleNames } from './person-names.ts';
import { shownBase } from './use-answers.ts';

const dayIn = (text: string | null) => {
  const day = text === null ? undefined : parseIsoDate(text);
  return day === undefined ? null : formatDate(day, currentLanguage());
};

/** All that is left of an interview whose consent was taken back, and which parties still have to be told. */
export function WithdrawnIntake({ intake }: { intake: Intake }) {
  const { t } = useTranslation('intakes');
  const residents = useWorkspace((state) => state.residents);
  const { withdrawal } = intake;
  if (withdrawal === undefined) return null;
  return (
    <>
      <PageHeading title={t('withdrawn.title')} aside={peopleNames(residents, intake.residents)} />
      <Alert tone="info">
        <p>{t('withdrawn.explanation')}</p>
      </Alert>
      <section className="panel">
        <DataList
          items={[
            { label: t('withdrawn.started'), value: dayIn(intake.startedOn ?? null) },
            { label: t('withdrawn.on'), value: dayIn(withdrawal.on) },
            {
              label: t('withdrawn.by'),
              value:
                withdrawal.by === null ? null : (
                  <AnswerWords answer={{ kind: 'ref', value: withdrawal.by }} language={currentLanguage()} />
                ),
            },
          ]}
        />
      </section>
      {withdrawal.recalls.length > 0 && (
        <section className="panel" aria-labelledby="recalls">
          <h2 id="recalls" className="nl-heading nl-heading--level-2">
            {t('withdrawn.recalls')}
          </h2>
          <p>{t('withdrawn.recallsHint')}</p>
          <ul className="plain-list">
            {withdrawal.recalls.map((recall) => (
              <RecallLine key={recall.recipient} intake={intake} recall={recall} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function RecallLine({ intake, recall }: { intake: Intake; recall: Recall }) {
  const { t } = useTranslation('intakes');
  const services = useServices();
  const save = useSave();
  const options = intake.questionnaire.file.optionSets['share'];
  const name = options?.find(({ code }) => code === recall.recipient)?.label[currentLanguage()] ?? recall.recipient;
  const tell = async () => {
    const ref: RecordRef = { kind: 'returnIntake', id: intake.id };
    const field = `recall.${recall.recipient}`;
    const value = { askedOn: recall.askedOn, doneOn: services.today() };
    await save({
      records: [{ ref, edits: [{ field, value, base: shownBase(ref, field) }] }],
      action: 'edit',
      purpose: null,
    });
  };
  return (
    <li className="recall">
      <span>{name}</span>
      {recall.doneOn === null ? (
        <Button onPress={() => void tell()}>{t('withdrawn.tell', { name })}</Button>
      ) : (
        <span>{t('withdrawn.told', { day: dayIn(recall.doneOn) })}</span>
      )}
    </li>
  );
}
