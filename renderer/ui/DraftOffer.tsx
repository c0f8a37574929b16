import { useTranslation } from 'react-i18next';
import { Alert } from './Alert.tsx';
import { Button } from './Button.tsx';

/** After a crash: what was typed is still there, and nobody has to take it. */
export function DraftOffer({ onRestore, onDiscard }: { onRestore: () => void; onDiscard: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert tone="info">
      <p>{t('draft.found')}</p>
      <div className="row">
        <Button look="primary" onPress={onRestore}>
          {t('draft.restore')}
        </Button>
        <Button onPress={onDiscard}>{t('draft.discard')}</Button>
      </div>
    </Alert>
  );
}
