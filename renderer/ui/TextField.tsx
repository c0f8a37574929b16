import { Input, TextArea, TextField as AriaTextField } from 'react-aria-components';
import { controlClass, FieldHead, fieldProps, type FieldProps } from './field.tsx';

type Props = FieldProps<typeof AriaTextField> & {
  readonly width?: 'short' | 'medium' | 'full';
  readonly lines?: number;
};

/** Names are never spell-checked: every name would be marked as a mistake. */
export function TextField({ label, hint, error, width = 'medium', lines, ...props }: Props) {
  const className = `utrecht-textbox--html-input ${controlClass(error)} text-field__control--${width}`;
  return (
    <AriaTextField spellCheck="false" autoComplete="off" {...props} {...fieldProps(error)}>
      <FieldHead label={label} hint={hint} error={error} />
      {lines === undefined ? <Input className={className} /> : <TextArea rows={lines} className={className} />}
    </AriaTextField>
  );
}
