import { Checkbox } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import { pnta, type AnswerValue } from '../../../shared/questionnaire/answers.ts';
import { maxNameLength } from '../../../shared/questionnaire/answer-value.ts';
import { findCodeList } from '../../../shared/questionnaire/code-lists.ts';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { inputId, type InputProps } from './answer-options.ts';
import { useTyped } from './use-typed.ts';

export function TextAnswer(props: InputProps) {
  const { question, language, error } = props;
  const { t } = useTranslation('intakes', { lng: language });
  const max = question.type === 'text' || question.type === 'longtext' ? question.maxLength : maxNameLength;
  const typed = useTyped(typedText(props.value), (text) => props.onAnswer(text === '' ? undefined : text));
  return (
    <>
      <TextField
        id={inputId(question)}
        label={question.label[language]}
        hint={t('answer.characters', { max })}
        error={error}
        width="full"
        {...(question.type === 'longtext' ? { lines: 5 } : {})}
        {...typed}
      />
      <PntaBox {...props} />
    </>
  );
}

const typedText = (value: AnswerValue | undefined): string =>
  typeof value === 'string' && value !== pnta ? value : '';

export function NumberAnswer(props: InputProps) {
  const { question, value, language, onAnswer, error } = props;
  const { t } = useTranslation('intakes', { lng: language });
  const range = question.type === 'int' ? { min: question.min, max: question.max } : { min: 0, max: 0 };
  return (
    <>
      <NumberField
        id={inputId(question)}
        label={question.label[language]}
        hint={t('answer.range', range)}
        error={error}
        value={typeof value === 'number' ? value : null}
        onChange={(number) => onAnswer(number ?? undefined)}
      />
      <PntaBox {...props} />
    </>
  );
}

export function DateAnswer(props: InputProps) {
  const { question, value, language, onAnswer, error } = props;
  return (
    <>
      <DateField
        id={inputId(question)}
        label={question.label[language]}
        error={error}
        value={typeof value === 'string' ? (parseIsoDate(value) ?? null) : null}
        onChange={(day) => onAnswer(day ?? undefined)}
      />
      <PntaBox {...props} />
    </>
  );
}

/** A code of a shipped list, found by typing; a list that is not shipped takes the name as it is typed. */
export function CodeAnswer(props: InputProps) {
  const { question, value, language, onAnswer, error } = props;
  const { t } = useTranslation('intakes', { lng: language });
  const list = question.type === 'code' ? findCodeList(question.codeList) : undefined;
  if (list === undefined) return <TextAnswer {...props} />;
  return (
    <>
      <ComboField
        id={inputId(question)}
        label={question.label[language]}
        hint={t('answer.listSearch')}
        error={error}
        choices={list.entries.map(({ code, label }) => ({ code, label: label[language] }))}
        value={typeof value === 'string' && value !== pnta ? value : null}
        onChange={(code) => onAnswer(code ?? undefined)}
      />
      <PntaBox {...props} />
    </>
  );
}

/** By full name on the screen, or on paper; an image of a signature is not kept. */
export function SignatureAnswer(props: InputProps) {
  const { question, value, language, onAnswer, error } = props;
  const { t } = useTranslation('intakes', { lng: language });
  const onPaper = value === 'paper';
  const typed = useTyped(onPaper ? '' : typedText(value), (text) => onAnswer(text === '' ? undefined : text));
  return (
    <div className="stack">
      <TextField
        id={inputId(question)}
        label={question.label[language]}
        hint={t('answer.signedName')}
        error={error}
        {...typed}
      />
      <Checkbox
        isSelected={onPaper}
        onChange={(on) => onAnswer(on ? 'paper' : undefined)}
        className="answer answer--several"
      >
        {t('answer.signedPaper')}
      </Checkbox>
    </div>
  );
}

function PntaBox({ file, question, value, language, onAnswer }: InputProps) {
  if (!question.pnta) return null;
  return (
    <Checkbox
      isSelected={value === pnta}
      onChange={(on) => onAnswer(on ? pnta : undefined)}
      className="answer answer--several"
    >
      {file.reserved.pnta[language]}
    </Checkbox>
  );
}
