import type { ComponentProps, ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

type AriaProps = ComponentProps<typeof AriaButton>;
type Props = Omit<AriaProps, 'className' | 'children'> & {
  readonly look?: 'primary' | 'secondary' | 'subtle';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

/**
 * Says what happens when it is pressed. Never disabled while a form is incomplete: pressing tells what is missing. While
 * it works it keeps the focus and does nothing more. That is not left to the library: what it announces then points to
 * the button, and has no name any more once the page with the button is gone.
 */
export function Button({ look = 'secondary', icon, children, isPending = false, ...props }: Props) {
  const { t } = useTranslation();
  const still: Partial<AriaProps> = isPending ? { onPress: () => undefined, type: 'button' } : {};
  return (
    <AriaButton
      {...props}
      {...still}
      className={`nl-button nl-button--${look}`}
      data-working={isPending ? 'true' : undefined}
    >
      {icon !== undefined && (
        <span className="nl-button__icon-start" aria-hidden="true">
          {icon}
        </span>
      )}
      <span className="nl-button__label">
        {children}
        {isPending && <span className="visually-hidden"> {t('working')}</span>}
      </span>
    </AriaButton>
  );
}
