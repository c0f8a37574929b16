import type { ComponentProps, ElementType, ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';

/** What every field has in common; `id` is the target of the link in the error summary. */
export type FieldTexts = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

type Own = 'id' | 'children' | 'className' | 'isInvalid' | 'validationBehavior';
export type FieldProps<Component extends ElementType> = FieldTexts & Omit<ComponentProps<Component>, Own>;

/** Label, hint and error stand above the control, in this order; React Aria links them to it. */
export function FieldHead({ label, hint, error }: Omit<FieldTexts, 'id'>): ReactNode {
  return (
    <>
      <Label className="utrecht-form-label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="utrecht-form-field-description">
          {hint}
        </Text>
      )}
      <FieldError className="utrecht-form-field-error-message">{error}</FieldError>
    </>
  );
}

/** The same on every field: the message is ours, the browser validates nothing by itself. */
export const fieldProps = (error: string | undefined) => ({
  isInvalid: error !== undefined,
  validationBehavior: 'aria' as const,
  className: `utrecht-form-field ${error === undefined ? '' : 'utrecht-form-field--invalid'}`,
});

export const controlClass = (error: string | undefined): string =>
  `utrecht-textbox ${error === undefined ? '' : 'utrecht-textbox--invalid'}`;
