import type { ReactNode } from 'react';

type Props = {
  readonly tone: 'info' | 'ok' | 'warning' | 'error';
  readonly title?: string;
  readonly children?: ReactNode;
  /** `alert` interrupts a screen reader: only for what the user must know now. */
  readonly role?: 'status' | 'alert';
};

/** A message that belongs to the page and stays. */
export function Alert({ tone, title, children, role = 'status' }: Props) {
  return (
    <div role={role} className={`utrecht-alert utrecht-alert--${tone}`}>
      <div className="utrecht-alert__content">
        {title !== undefined && <p className="alert__title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
