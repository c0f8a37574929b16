import { IconCircleCheck, IconClock, IconDoorExit, IconPlaneArrival } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SummaryStatus } from '../../../shared/register/resident-summary.ts';
import { Badge } from '../../ui/Badge.tsx';

const looks = {
  expected: { tone: 'info', Icon: IconPlaneArrival },
  present: { tone: 'positive', Icon: IconCircleCheck },
  absent: { tone: 'warning', Icon: IconClock },
  departed: { tone: 'neutral', Icon: IconDoorExit },
} as const;

export function StatusBadge({ status }: { status: SummaryStatus }) {
  const { t } = useTranslation('register');
  const { tone, Icon } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon />}>
      {t(`status.${status}`)}
    </Badge>
  );
}
