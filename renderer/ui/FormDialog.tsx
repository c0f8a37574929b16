import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  /** Says what is wrong at the fields, or does it and closes; nothing that was typed is cleared. */
  readonly onSubmit: () => void | Promise<void>;
  /** What the first button does, where that is not to save. */
  readonly submit?: string;
  /** A button after cancel. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
};

/** A form over the page: its fields, then the button that sends it and the one that leaves everything as it was. */
export function FormDialog({ title, onClose, onSubmit, submit, more, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form
        noValidate
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        {children}
        <div className="form__actions">
          <Button type="submit" look="primary">
            {submit ?? t('action.save')}
          </Button>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          {more}
        </div>
      </form>
    </Dialog>
  );
}
