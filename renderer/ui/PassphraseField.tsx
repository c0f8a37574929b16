import { useEffect, useRef } from 'react';
import { Input, TextField } from 'react-aria-components';
import { controlClass, FieldHead, fieldProps } from './field.tsx';

type Props = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error: string | undefined;
  readonly onInput?: (text: string) => void;
  /** Takes the focus when it appears: the field of a new attempt. */
  readonly takesFocus?: boolean;
};

/** Uncontrolled: a passphrase is read once, when the form is sent, and is in no state of the page before or after. */
export function PassphraseField({ name, label, hint, error, onInput, takesFocus = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
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
      <Input ref={input} className={`utrecht-textbox--html-input ${controlClass(error)} text-field__control--medium`} />
    </TextField>
  );
}
