import { Input, NumberField } from 'react-aria-components';
import { cents, type Cents } from '../../shared/kernel/money.ts';
import { controlClass, FieldHead, fieldProps, type FieldTexts } from './field.tsx';

type Props = FieldTexts & {
  readonly value: Cents | null;
  readonly onChange: (amount: Cents | null) => void;
};

/** An amount typed in euros in the way of the language, kept in cents. A negative one is taken in, so that the check can say what is wrong. */
export function MoneyField({ label, hint, error, value, onChange, id }: Props) {
  return (
    <NumberField
      id={id}
      formatOptions={{ style: 'currency', currency: 'EUR', currencyDisplay: 'narrowSymbol' }}
      value={value === null ? Number.NaN : value / 100}
      onChange={(euros) => onChange(toCents(euros))}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <Input className={`utrecht-textbox--html-input ${controlClass(error)} text-field__control--short money-field`} />
    </NumberField>
  );
}

/** A hand that lies on the nines must not be a bug: what cannot be an amount any more is the largest one there is. */
function toCents(euros: number): Cents | null {
  if (Number.isNaN(euros)) return null;
  const limit = Number.MAX_SAFE_INTEGER;
  return cents(Math.max(-limit, Math.min(limit, Math.round(euros * 100))));
}
