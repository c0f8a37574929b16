import { useEffect, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';

/** The problems of the last attempt to save, in the order of the form; a new array per attempt. */
export type FieldProblems = readonly { readonly fieldId: string; readonly message: string }[];

/** React Aria puts the id of a text field on its input, that of a date or radio group on the group. */
function focusField(event: MouseEvent, fieldId: string) {
  const controls = 'input, textarea, button, [role=spinbutton]';
  const field = document.getElementById(fieldId);
  (field?.matches(controls) === true ? field : field?.querySelector<HTMLElement>(controls))?.focus();
  event.preventDefault();
}

/** Stands above the form, takes the focus after a failed attempt, and every line leads to its field. */
export function ErrorSummary({ pageTitle, problems }: { pageTitle: string; problems: FieldProblems }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (problems.length === 0) return;
    document.title = t('form.errorTitle', { page: pageTitle });
    box.current?.focus();
  }, [problems, pageTitle, t]);

  if (problems.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} aria-labelledby="problems" className="utrecht-alert utrecht-alert--error">
      <div className="utrecht-alert__content">
        <h2 id="problems" className="nl-heading nl-heading--level-2">
          {t('form.problems')}
        </h2>
        <ul>
          {problems.map(({ fieldId, message }) => (
            <li key={`${fieldId} ${message}`}>
              <a className="nl-link" href={`#${fieldId}`} onClick={(event) => focusField(event, fieldId)}>
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
