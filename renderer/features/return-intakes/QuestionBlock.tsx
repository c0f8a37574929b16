import { useTranslation } from 'react-i18next';
import { checkOtherText, findFieldProblems } from '../../../shared/questionnaire/answer-value.ts';
import type { VisibleQuestion } from '../../../shared/questionnaire/conditions.ts';
import { opensText, toWording } from '../../../shared/questionnaire/read-back.ts';
import type { Question } from '../../../shared/questionnaire/questionnaire-schema.ts';
import type { Language } from '../../i18n/i18n.ts';
import { TextField } from '../../ui/TextField.tsx';
import { inputId } from './answer-options.ts';
import { AnswerWords } from './AnswerWords.tsx';
import type { Intake } from './intake.ts';
import { QuestionInput } from './QuestionInput.tsx';
import { statementFor } from './resident-questions.ts';
import type { AnswerSheet } from './use-answers.ts';
import { useTyped } from './use-typed.ts';

type Props = {
  readonly intake: Intake;
  readonly sheet: AnswerSheet;
  readonly shown: VisibleQuestion;
  readonly language: Language;
};

/** One question with its statement, its answer, what is wrong with it, and the text behind "other". */
export function QuestionBlock({ intake, sheet, shown, language }: Props) {
  const { t } = useTranslation(['intakes', 'common'], { lng: language });
  const { question, key, person } = shown;
  const { file } = intake.questionnaire;
  const error = useAnswerError(intake, sheet, shown, language);
  const statement = statementFor(intake, key);
  const value = sheet.valueOf(key, person);
  if (question.type === 'calc') return <WorkedOut intake={intake} shown={shown} language={language} />;
  const label =
    question.required === 'optional' ? t('common:form.optional', { label: question.label[language] }) : null;
  const named: Question = label === null ? question : { ...question, label: { nl: label, uk: label, en: label } };
  return (
    <div className="question">
      {statement !== undefined && <blockquote className="statement">{statement[language]}</blockquote>}
      <QuestionInput
        file={file}
        question={named}
        value={value}
        language={language}
        error={error}
        onAnswer={(given) => sheet.give(question, person, given)}
      />
      {opensText(file, question, value) && (
        <OtherText intake={intake} sheet={sheet} shown={shown} language={language} />
      )}
    </div>
  );
}

/** What is wrong with the answer by itself, or beside another answer. */
export function useAnswerError(
  intake: Intake,
  sheet: AnswerSheet,
  { key, person }: VisibleQuestion,
  language: Language,
): string | undefined {
  const { t } = useTranslation('intakes', { lng: language });
  const own = sheet.errorOf(key, person);
  if (own !== undefined) {
    const { type, ...facts } = own;
    return t(`problem.${type}`, facts);
  }
  const beside = findFieldProblems(intake.questionnaire.file, intake.answers).find(
    ({ at }) => at.key === key && at.person === person,
  );
  return beside === undefined ? undefined : t(`problem.${beside.type}`);
}

/** Kept in the language it is typed in; it never leaves this laptop. */
export function OtherText({ intake, sheet, shown, language }: Props) {
  const { t } = useTranslation('intakes', { lng: language });
  const { key, person } = shown;
  const stored = intake.otherTexts[person === null ? key : `${key}.${person}`] ?? '';
  const typed = useTyped(stored, (text) => sheet.giveText(key, person, text));
  const checked = checkOtherText(typed.value);
  return (
    <TextField
      id={`${inputId(shown.question)}-text`}
      label={t('answer.otherText')}
      error={checked.ok ? undefined : t('problem.too-long', { max: 120 })}
      width="full"
      {...typed}
    />
  );
}

/** What the app works out itself; a status of a place never without the list it comes from. */
function WorkedOut({ intake, shown, language }: Omit<Props, 'sheet'>) {
  const { t } = useTranslation('intakes', { lng: language });
  const { question, key, person } = shown;
  const value = intake.evaluation.answerTo(key, person);
  if (question.type !== 'calc' || value === undefined) return null;
  return (
    <div className="question" id={inputId(question)}>
      <p className="utrecht-form-label">{question.label[language]}</p>
      <p>
        <AnswerWords answer={toWording(intake.questionnaire.file, question, value)} language={language} />
        {question.computedBy === 'territory-status' && <span className="muted"> {t('answer.noTerritoryList')}</span>}
      </p>
    </div>
  );
}
