import { Input, TextField } from 'react-aria-components';
import { controlClass, FieldHead, fieldProps } from '../../ui/field.tsx';

type Props = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error: string | undefined;
  readonly onInput?: (text: string) => void;
};

/** Uncontrolled: a passphrase is read once, when the form is sent, and is in no state of the page before or after. */
export function PassphraseField({ name, label, hint, error, onInput }: Props) {
  return (
    <TextField
      id={name}
      name={name}
      type="password"
      autoComplete="off"
      {...(onInput === undefined ? {} : { onChange: onInput })}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <Input className={`utrecht-textbox--html-input ${controlClass(error)} text-field__control--medium`} />
    </TextField>
  );
}
