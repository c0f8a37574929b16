import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly title: string;
  /** For the window title when the heading names a person: a title never does (it shows in the task bar). */
  readonly windowTitle?: string;
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
};

/** The one h1 of a page. It takes the focus after navigation, so that a screen reader starts there. */
export function PageHeading({ title, windowTitle = title, aside, actions }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = t('windowTitle', { page: windowTitle });
  }, [windowTitle, t]);
  useEffect(() => heading.current?.focus(), []);

  return (
    <div className="page-heading">
      <h1 ref={heading} tabIndex={-1} className="nl-heading nl-heading--level-1">
        {title}
      </h1>
      {aside !== undefined && <div className="page-heading__aside">{aside}</div>}
      {actions !== undefined && <div className="page-heading__actions">{actions}</div>}
    </div>
  );
}
