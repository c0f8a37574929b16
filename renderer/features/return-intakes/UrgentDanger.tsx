import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';

export const urgentSection = 'H2_urgent';

/** On every screen of an interview that the member of staff sees. */
export function UrgentDangerButton({ intakeId }: { intakeId: string }) {
  const { t } = useTranslation('intakes');
  const navigate = useNavigate();
  return (
    <Button
      icon={<IconAlertTriangle size={18} />}
      onPress={() =>
        void navigate({ to: '/intakes/$intakeId/section/$section', params: { intakeId, section: urgentSection } })
      }
    >
      {t('urgent.button')}
    </Button>
  );
}

/** What to do now, before anything is filled in. There is no field to describe it in. */
export function ProtocolCard() {
  const { t } = useTranslation('intakes');
  return (
    <Alert tone="warning" title={t('urgent.title')} role="status">
      <ol>
        <li>{t('urgent.stay')}</li>
        <li>{t('urgent.call')}</li>
        <li>{t('urgent.protocol')}</li>
        <li>{t('urgent.note')}</li>
      </ol>
    </Alert>
  );
}
