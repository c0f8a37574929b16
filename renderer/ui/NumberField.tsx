import { Input, NumberField as AriaNumberField } from 'react-aria-components';
import { controlClass, FieldHead, fieldProps, type FieldTexts } from './field.tsx';

type Props = FieldTexts & {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
};

/** A whole number, such as a count of people. */
export function NumberField({ label, hint, error, value, onChange, id, min, max }: Props) {
  return (
    <AriaNumberField
      id={id}
      formatOptions={{ maximumFractionDigits: 0 }}
      value={value ?? Number.NaN}
      onChange={(number) => onChange(Number.isNaN(number) ? null : Math.round(number))}
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <Input className={`utrecht-textbox--html-input ${controlClass(error)} text-field__control--short`} />
    </AriaNumberField>
  );
}
