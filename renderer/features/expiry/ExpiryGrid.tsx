import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { ExpiryLine, ScenarioLine } from '../../../shared/register/expiry.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';

type Line = ExpiryLine | ScenarioLine;
type Props = { readonly lines: readonly Line[]; readonly onOpen: (id: string) => void };

/** The three ends side by side; in a scenario the end before and after. */
export function ExpiryGrid({ lines, onOpen }: Props) {
  const { t } = useTranslation(['expiry', 'register']);
  const residents = useWorkspace((state) => state.residents);
  const language = currentLanguage();
  const day = (end: IsoDate | null) => (end === null ? '–' : formatDate(end, language));
  const summary = ({ id }: Line) => residents.get(id);
  const isScenario = lines.some((line) => 'isRedated' in line);
  const columns: readonly Column<Line>[] = [
    {
      key: 'name',
      header: t('column.name'),
      width: 'minmax(160px, 1.2fr)',
      isRowHeader: true,
      render: (line) => [summary(line)?.family, summary(line)?.given].filter(Boolean).join(', '),
    },
    {
      key: 'cyrillic',
      header: t('column.cyrillic'),
      width: 'minmax(150px, 1.1fr)',
      lang: 'uk',
      render: (line) => [summary(line)?.familyCyrillic, summary(line)?.givenCyrillic].filter(Boolean).join(' '),
    },
    {
      key: 'group',
      header: t('column.group'),
      width: 'minmax(150px, 1fr)',
      render: ({ group }) => t(`register:nationalityGroup.${group}`),
    },
    {
      key: 'protection',
      header: isScenario ? t('column.endBefore') : t('column.protectionEnd'),
      width: isScenario ? '112px' : '136px',
      render: (line) => day('endBefore' in line ? line.endBefore : line.protectionEnd),
    },
    ...(isScenario
      ? [
          {
            key: 'after',
            header: t('column.endAfter'),
            width: '112px',
            render: (line: Line) => ('endAfter' in line ? day(line.endAfter) : ''),
          },
        ]
      : []),
    {
      key: 'proof',
      header: t('column.proofEnd'),
      width: isScenario ? '130px' : '172px',
      render: (line) => day(line.proofEnd),
    },
    { key: 'document', header: t('column.documentEnd'), width: '124px', render: (line) => day(line.documentEnd) },
    isScenario
      ? {
          key: 'redated',
          header: t('column.redated'),
          width: '120px',
          render: (line) => ('isRedated' in line && line.isRedated ? t('moves') : t('stays')),
        }
      : {
          key: 'days',
          header: t('column.daysLeft'),
          width: '90px',
          align: 'end',
          render: (line) => ('daysLeft' in line ? formatNumber(line.daysLeft, language) : ''),
        },
  ];
  const byId = new Map(lines.map((line) => [line.id, line]));
  return (
    <DataGrid
      label={t('title')}
      columns={columns}
      ids={lines.map(({ id }) => id)}
      rowOf={(id) => byId.get(id)}
      onOpen={onOpen}
    />
  );
}
