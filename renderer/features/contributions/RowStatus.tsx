import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconGavel, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import type { ListRow, RowState } from './contribution-list.ts';
import { missingWord } from './missing-word.ts';

const looks: Readonly<Record<RowState, { tone: BadgeTone; Icon: typeof IconGavel }>> = {
  decided: { tone: 'positive', Icon: IconCircleCheck },
  open: { tone: 'neutral', Icon: IconCircleDashed },
  judge: { tone: 'info', Icon: IconGavel },
  changed: { tone: 'warning', Icon: IconRefresh },
  missing: { tone: 'warning', Icon: IconAlertTriangle },
};

/** Decided, not yet, or what is missing. */
export function RowStatus({ row }: { row: ListRow }) {
  const { t } = useTranslation('contributions');
  const { tone, Icon } = looks[row.state];
  const text = row.missing === null ? t(`state.${row.state}`) : t(`missing.${missingWord(row.missing)}`);
  return (
    <Badge tone={row.missing === 'no-income-information' ? 'neutral' : tone} icon={<Icon size={16} />}>
      {text}
    </Badge>
  );
}
