import { useTranslation } from 'react-i18next';
import { DataList } from '../ui/DataList.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

const keys = [
  ['Ctrl+K', 'everywhere'],
  ['/', 'search'],
  ['Alt+1 … Alt+9', 'menu'],
  ['↑ ↓ PageUp PageDown Home End', 'grid'],
  ['Enter', 'open'],
  ['Ctrl+Enter', 'submit'],
  ['Esc', 'escape'],
  ['?', 'help'],
] as const;

export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('shortcuts.title')} isOpen={isOpen} onClose={onClose}>
      <DataList items={keys.map(([key, name]) => ({ label: t(`shortcuts.${name}`), value: <kbd>{key}</kbd> }))} />
      <div className="form__actions">
        <Button onPress={onClose}>{t('action.close')}</Button>
      </div>
    </Dialog>
  );
}
