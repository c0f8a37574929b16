import { Checkbox, CheckboxGroup, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { toggleOption } from '../../../shared/questionnaire/answer-value.ts';
import { codesOf, pnta } from '../../../shared/questionnaire/answers.ts';
import { optionsOf } from '../../../shared/questionnaire/questionnaire.ts';
import { FieldHead, fieldProps } from '../../ui/field.tsx';
import { answersWithPnta, inputId, type InputProps } from './answer-options.ts';

export function SingleAnswer({ file, question, value, language, onAnswer, error }: InputProps) {
  return (
    <RadioGroup
      id={inputId(question)}
      value={typeof value === 'string' ? value : null}
      onChange={onAnswer}
      {...fieldProps(error)}
    >
      <FieldHead label={question.label[language]} error={error} />
      {answersWithPnta(file, question, language).map(({ code, label }) => (
        <Radio key={code} value={code} className="answer">
          {label}
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** Several answers; an exclusive one ("none", "do not know", "prefer not to say") clears the others. */
export function ManyAnswers({ file, question, value, language, onAnswer, error }: InputProps) {
  const { t } = useTranslation('intakes', { lng: language });
  const chosen = value === pnta ? [pnta] : codesOf(value);
  const max = question.type === 'multi' ? question.max : undefined;
  const hint =
    question.type === 'checklist'
      ? t('answer.allPoints')
      : max === undefined
        ? t('answer.several')
        : t('answer.atMost', { count: max });
  const toggle = (codes: readonly string[]) => {
    const toggled = [...codes, ...chosen].find((code) => codes.includes(code) !== chosen.includes(code));
    if (toggled === undefined) return;
    if (toggled === pnta) onAnswer(chosen.includes(pnta) ? undefined : pnta);
    else {
      const known = chosen.filter((code) => code !== pnta);
      const next = toggleOption(file, question, known, toggled);
      onAnswer(next.length === 0 ? undefined : next);
    }
  };
  return (
    <CheckboxGroup id={inputId(question)} value={[...chosen]} onChange={toggle} {...fieldProps(error)}>
      <FieldHead label={question.label[language]} hint={hint} error={error} />
      {answersWithPnta(file, question, language).map(({ code, label }) => (
        <Checkbox key={code} value={code} className="answer answer--several">
          {label}
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}

/** The first press is the most important one; pressing again takes it out, the rest moves up. */
export function RankedAnswers({ file, question, value, language, onAnswer, error }: InputProps) {
  const { t } = useTranslation('intakes', { lng: language });
  const max = question.type === 'rank' ? question.max : optionsOf(file, question).length;
  const chosen = value === pnta ? [pnta] : codesOf(value);
  const press = (codes: readonly string[]) => {
    const toggled = [...codes, ...chosen].find((code) => codes.includes(code) !== chosen.includes(code));
    if (toggled === undefined) return;
    if (toggled === pnta) return onAnswer(chosen.includes(pnta) ? undefined : pnta);
    const known = chosen.filter((code) => code !== pnta);
    const next = toggleOption(file, question, known, toggled);
    if (next.length <= max) onAnswer(next.length === 0 ? undefined : next);
  };
  return (
    <CheckboxGroup id={inputId(question)} value={[...chosen]} onChange={press} {...fieldProps(error)}>
      <FieldHead label={question.label[language]} hint={t('answer.order', { count: max })} error={error} />
      {answersWithPnta(file, question, language).map(({ code, label }) => {
        const place = code === pnta ? 0 : chosen.indexOf(code) + 1;
        return (
          <Checkbox key={code} value={code} className="answer answer--several">
            {place > 0 ? t('answer.place', { place, label }) : label}
          </Checkbox>
        );
      })}
    </CheckboxGroup>
  );
}
