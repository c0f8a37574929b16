import type { ComponentProps, ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';

type Props = Omit<ComponentProps<typeof AriaButton>, 'className' | 'children'> & {
  readonly look?: 'primary' | 'secondary' | 'subtle';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

/** Says what happens when it is pressed. Never disabled while a form is incomplete: pressing tells what is missing. */
export function Button({ look = 'secondary', icon, children, ...props }: Props) {
  return (
    <AriaButton {...props} className={`nl-button nl-button--${look}`}>
      {icon !== undefined && (
        <span className="nl-button__icon-start" aria-hidden="true">
          {icon}
        </span>
      )}
      <span className="nl-button__label">{children}</span>
    </AriaButton>
  );
}
