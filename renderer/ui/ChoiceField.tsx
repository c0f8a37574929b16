import { Radio, RadioGroup } from 'react-aria-components';
import { FieldHead, fieldProps, type FieldTexts } from './field.tsx';

export type Choice<Code extends string = string> = {
  readonly code: Code;
  readonly label: string;
  /** Where the label is in another language than the screen. */
  readonly lang?: string;
};

type Props<Code extends string> = FieldTexts & {
  readonly choices: readonly Choice<Code>[];
  readonly value: Code | null;
  readonly onChange: (code: Code) => void;
  readonly inline?: boolean;
};

/** Up to seven answers of which one is chosen; more go into a `SelectField` or `ComboField`. */
export function ChoiceField<Code extends string>(props: Props<Code>) {
  const { label, hint, error, choices, value, onChange, id, inline = false } = props;
  return (
    <RadioGroup
      id={id}
      value={value}
      onChange={(code) => {
        const chosen = choices.find((choice) => choice.code === code);
        if (chosen !== undefined) onChange(chosen.code);
      }}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <div className={`choice-field__choices ${inline ? 'choice-field__choices--inline' : ''}`}>
        {choices.map((choice) => (
          <Radio key={choice.code} value={choice.code} className="choice-field__choice">
            {choice.lang === undefined ? choice.label : <span lang={choice.lang}>{choice.label}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
