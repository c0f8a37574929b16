import { IconChevronDown } from '@tabler/icons-react';
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { Choice } from './ChoiceField.tsx';
import { controlClass, FieldHead, fieldProps, type FieldTexts } from './field.tsx';

type Props<Code extends string> = FieldTexts & {
  readonly choices: readonly Choice<Code>[];
  readonly value: Code | null;
  readonly onChange: (code: Code | null) => void;
};

/** One of a long list, found by typing; accents and case do not matter. */
export function ComboField<Code extends string>(props: Props<Code>) {
  const { label, hint, error, choices, value, onChange, id } = props;
  return (
    <ComboBox
      id={id}
      value={value}
      menuTrigger="input"
      defaultItems={choices.map((choice) => ({ ...choice, id: choice.code }))}
      onChange={(code) => onChange(choices.find((choice) => choice.code === code)?.code ?? null)}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <div className="combo-field">
        <Input className={`utrecht-textbox--html-input ${controlClass(error)} text-field__control--medium`} />
        <Button className="nl-button nl-button--secondary nl-button--icon-only">
          <IconChevronDown size={18} aria-hidden="true" />
        </Button>
      </div>
      <Popover className="popover">
        <ListBox<Choice<Code> & { id: Code }> className="list-box">
          {(choice) => (
            <ListBoxItem textValue={choice.label} className="list-box__item">
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
