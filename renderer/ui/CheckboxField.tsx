import { Checkbox, CheckboxGroup } from 'react-aria-components';
import type { Choice } from './ChoiceField.tsx';
import { FieldHead, fieldProps, type FieldTexts } from './field.tsx';

/** One yes-or-no; the label says what "on" means. */
export function CheckboxField(props: { id: string; label: string; value: boolean; onChange: (on: boolean) => void }) {
  return (
    <Checkbox id={props.id} isSelected={props.value} onChange={props.onChange} className="checkbox">
      <span className="checkbox__box" aria-hidden="true" />
      {props.label}
    </Checkbox>
  );
}

type GroupProps<Code extends string> = FieldTexts & {
  readonly choices: readonly Choice<Code>[];
  readonly value: readonly Code[];
  readonly onChange: (codes: readonly Code[]) => void;
};

/** Several answers at once, in the order of the choices. */
export function CheckboxGroupField<Code extends string>(props: GroupProps<Code>) {
  const { label, hint, error, choices, value, onChange, id } = props;
  return (
    <CheckboxGroup
      id={id}
      value={[...value]}
      onChange={(codes) => onChange(choices.map((choice) => choice.code).filter((code) => codes.includes(code)))}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <div className="choice-field__choices">
        {choices.map((choice) => (
          <Checkbox key={choice.code} value={choice.code} className="checkbox">
            <span className="checkbox__box" aria-hidden="true" />
            {choice.label}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
