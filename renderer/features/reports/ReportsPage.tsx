import { useTranslation } from 'react-i18next';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { NationalFiguresPanel } from './NationalFiguresPanel.tsx';
import { OccupancyPanel } from './OccupancyPanel.tsx';
import { RegistrationsPanel } from './RegistrationsPanel.tsx';

export function ReportsPage() {
  const { t } = useTranslation('reports');
  return (
    <>
      <PageHeading title={t('title')} />
      <div className="columns columns--wide-first">
        <OccupancyPanel />
        <NationalFiguresPanel />
        <RegistrationsPanel />
      </div>
    </>
  );
}
