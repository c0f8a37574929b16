import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useServices } from './services.tsx';
import { addNotice } from './stores/session-store.ts';
import { Button } from './ui/Button.tsx';

type Props = {
  readonly pdfName: string;
  /** Said once the PDF stands where the user wanted it. */
  readonly saved: string;
  readonly onSaving?: (isSaving: boolean) => void;
};

/** What the page shows, as a PDF or on paper. */
export function PrintActions({ pdfName, saved, onSaving }: Props) {
  const { t } = useTranslation();
  const services = useServices();
  const savePdf = async () => {
    onSaving?.(true);
    const outcome = await services.savePdf(pdfName);
    onSaving?.(false);
    if (outcome === 'saved') addNotice({ tone: 'ok', text: saved });
  };
  return (
    <>
      <Button icon={<IconFileTypePdf size={18} />} onPress={() => void savePdf()}>
        {t('action.pdf')}
      </Button>
      <Button look="primary" icon={<IconPrinter size={18} />} onPress={() => void services.print()}>
        {t('action.print')}
      </Button>
    </>
  );
}
