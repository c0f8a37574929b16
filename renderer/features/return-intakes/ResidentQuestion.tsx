import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisibleQuestion } from '../../../shared/questionnaire/conditions.ts';
import { isAnswered } from '../../../shared/questionnaire/questionnaire.ts';
import { opensText } from '../../../shared/questionnaire/read-back.ts';
import { sectionsOf } from '../../../shared/questionnaire/questionnaire-schema.ts';
import type { Language } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import type { Intake } from './intake.ts';
import { givenName } from './person-names.ts';
import { OtherText, useAnswerError } from './QuestionBlock.tsx';
import { QuestionInput } from './QuestionInput.tsx';
import { statementFor } from './resident-questions.ts';
import type { AnswerSheet } from './use-answers.ts';

type Props = {
  readonly intake: Intake;
  readonly sheet: AnswerSheet;
  readonly shown: VisibleQuestion;
  /** All questions of this person, for the place of this one in its section. */
  readonly questions: readonly VisibleQuestion[];
  readonly language: Language;
  readonly onNext: () => void;
  readonly onBack: (() => void) | undefined;
};

/** Sections of which the page says why their questions are asked. */
const explained = [
  'B_consent',
  'C_persons',
  'C2_family',
  'D_status',
  'E_intention',
  'F_destination',
  'G_voluntary',
  'H_needs',
  'I_documents',
  'J_travel',
  'K_closing',
  'L_reintegration',
  'M_outcome',
  'R_scenario',
  'P_profession',
] as const;

export function ResidentQuestion(props: Props) {
  const { intake, sheet, shown, questions, language, onNext, onBack } = props;
  const { t } = useTranslation('intakes', { lng: language });
  const residents = useWorkspace((state) => state.residents);
  const heading = useRef<HTMLHeadingElement>(null);
  const [isMissing, setMissing] = useState(false);
  const { question, key, person } = shown;
  const { file } = intake.questionnaire;
  const together = questions.filter((other) => other.section === shown.section && other.person === person);
  const [place, total] = [together.indexOf(shown) + 1, together.length];
  const section = sectionsOf(file).find((known) => known.key === shown.section)?.title[language] ?? '';
  const value = sheet.valueOf(key, person);
  const error = useAnswerError(intake, sheet, shown, language);
  const isDone = isAnswered(file, question, value);
  const reason = explained.find((known) => known === shown.section);
  const statement = statementFor(intake, key);
  useEffect(() => heading.current?.focus(), []);

  const goOn = () => {
    if (error !== undefined || (!isDone && question.required !== 'optional')) return setMissing(true);
    onNext();
  };
  const missing = question.pnta ? t('resident.missing') : t('resident.missingRequired');

  return (
    <>
      <p className="resident-page__progress">
        {t('resident.progress', { section, place, total })}
        {person !== null && ` · ${t('resident.about', { name: givenName(residents, person, language) })}`}
      </p>
      <h1 ref={heading} tabIndex={-1} className="nl-heading nl-heading--level-1">
        {question.label[language]}
      </h1>
      {statement !== undefined && <blockquote className="statement">{statement[language]}</blockquote>}
      {reason !== undefined && <p>{t(`why.${reason}`)}</p>}
      {question.required === 'optional' && <p>{t('resident.optional')}</p>}
      <div className="resident-question">
        <QuestionInput
          file={file}
          question={question}
          value={value}
          language={language}
          error={error ?? (isMissing && !isDone ? missing : undefined)}
          onAnswer={(given) => sheet.give(question, person, given)}
        />
      </div>
      {opensText(file, question, value) && (
        <OtherText intake={intake} sheet={sheet} shown={shown} language={language} />
      )}
      <div className="form__actions">
        <Button look="primary" onPress={goOn}>
          {t('resident.next')}
        </Button>
        {onBack !== undefined && <Button onPress={onBack}>{t('resident.back')}</Button>}
      </div>
    </>
  );
}
