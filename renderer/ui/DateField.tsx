import { parseDate } from '@internationalized/date';
import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components';
import { parseIsoDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { controlClass, FieldHead, fieldProps, type FieldTexts } from './field.tsx';

type Props = FieldTexts & {
  readonly value: IsoDate | null;
  readonly onChange: (day: IsoDate | null) => void;
  readonly onBlur?: () => void;
};

/** A typed day in the order of the language. No calendar: it is slow for dates of birth. */
export function DateField({ label, hint, error, value, onChange, onBlur, id }: Props) {
  return (
    <AriaDateField
      id={id}
      shouldForceLeadingZeros
      value={value === null ? null : parseDate(value)}
      onChange={(day) => onChange(day === null ? null : (parseIsoDate(day.toString()) ?? null))}
      {...(onBlur === undefined ? {} : { onBlur })}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <DateInput className={`date-input ${controlClass(error)}`}>
        {(segment) => <DateSegment segment={segment} />}
      </DateInput>
    </AriaDateField>
  );
}
