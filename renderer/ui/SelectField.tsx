import { IconChevronDown } from '@tabler/icons-react';
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import type { Choice } from './ChoiceField.tsx';
import { controlClass, FieldHead, fieldProps, type FieldTexts } from './field.tsx';

type Props<Code extends string> = FieldTexts & {
  readonly choices: readonly Choice<Code>[];
  readonly value: Code | null;
  readonly onChange: (code: Code) => void;
  /** Shown while nothing is chosen. */
  readonly empty?: string;
};

/** One of a closed list of eight or more, or a filter where space is short. */
export function SelectField<Code extends string>(props: Props<Code>) {
  const { label, hint, error, choices, value, onChange, id, empty = '' } = props;
  return (
    <Select
      id={id}
      value={value}
      placeholder={empty}
      onChange={(code) => {
        const chosen = choices.find((choice) => choice.code === code);
        if (chosen !== undefined) onChange(chosen.code);
      }}
      {...fieldProps(error)}
    >
      <FieldHead label={label} hint={hint} error={error} />
      <Button className={`select-field__button ${controlClass(error)}`}>
        <SelectValue className="select-field__value" />
        <IconChevronDown size={18} aria-hidden="true" />
      </Button>
      <Popover className="popover">
        <ListBox className="list-box" items={choices.map((choice) => ({ ...choice, id: choice.code }))}>
          {(choice) => <ListBoxItem className="list-box__item">{choice.label}</ListBoxItem>}
        </ListBox>
      </Popover>
    </Select>
  );
}
