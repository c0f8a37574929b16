import { Checkbox, Radio, RadioGroup } from 'react-aria-components';
import { pnta, type AnswerValue } from '../../../shared/questionnaire/answers.ts';
import { optionsOf, rowsOf } from '../../../shared/questionnaire/questionnaire.ts';
import { inputId, type InputProps } from './answer-options.ts';

/** One choice per row. Every row starts empty: silence is never taken for a yes. */
export function MatrixAnswer({ file, question, value, language, onAnswer, error }: InputProps) {
  const answers = byRow(value);
  const options = optionsOf(file, question);
  return (
    <fieldset id={inputId(question)} className="matrix">
      <legend className="utrecht-form-label">{question.label[language]}</legend>
      {error !== undefined && <p className="utrecht-form-field-error-message">{error}</p>}
      {rowsOf(file, question).map((row) => (
        <RadioGroup
          key={row.code}
          value={answers[row.code] ?? null}
          onChange={(code) => onAnswer({ ...answers, [row.code]: code })}
          className="matrix__row"
          aria-label={row.label[language]}
        >
          <span className="matrix__label" aria-hidden="true">
            {row.label[language]}
          </span>
          <span className="matrix__choices">
            {options.map(({ code, label }) => (
              <Radio key={code} value={code} className="choice-field__choice">
                {label[language]}
              </Radio>
            ))}
          </span>
        </RadioGroup>
      ))}
      {question.pnta && (
        <Checkbox
          isSelected={value === pnta}
          onChange={(on) => onAnswer(on ? pnta : undefined)}
          className="answer answer--several"
        >
          {file.reserved.pnta[language]}
        </Checkbox>
      )}
    </fieldset>
  );
}

function byRow(value: AnswerValue | undefined): Readonly<Record<string, string>> {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, string>>) : {};
}
