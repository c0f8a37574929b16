import { useTranslation } from 'react-i18next';
import { closedGates } from '../../../shared/questionnaire/task-list.ts';
import { toWording } from '../../../shared/questionnaire/read-back.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { AnswerWords } from './AnswerWords.tsx';
import type { Intake } from './intake.ts';

const shown = ['language', 'interpreter', 'others_present', 'private_setting'];

/** On resuming: who was there and what had to wait, so that it can be asked again when that has changed. */
export function InterviewFacts({ intake }: { intake: Intake }) {
  const { t } = useTranslation('intakes');
  const language = currentLanguage();
  const { evaluation, questionnaire } = intake;
  const items = evaluation.visible
    .filter(({ key }) => shown.includes(key))
    .map(({ key, question }) => {
      const value = evaluation.answerTo(key);
      const answer = value === undefined ? undefined : toWording(questionnaire.file, question, value);
      return {
        label: question.label[language],
        value: answer === undefined ? null : <AnswerWords answer={answer} language={language} />,
      };
    });
  const isPostponed = evaluation.visible.some(({ postponed }) => postponed);
  return (
    <section className="panel" aria-labelledby="facts">
      <h2 id="facts" className="nl-heading nl-heading--level-2">
        {t('facts.title')}
      </h2>
      <DataList items={items} />
      {isPostponed && closedGates(questionnaire, intake.answers).includes('private') && (
        <Alert tone="info">{t('facts.postponed')}</Alert>
      )}
    </section>
  );
}
