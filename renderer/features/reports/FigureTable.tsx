import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toCsv } from '../../../shared/exchange/csv.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { BarChart, type Bar } from './BarChart.tsx';
import { useReportAddress, type AnyFigure } from './report-address.ts';

/** A number opens what is behind `figure`; a text, such as a percentage, opens nothing of its own. */
export type Cell = { readonly value: number; readonly figure?: AnyFigure } | { readonly text: string };
type FigureRow = { readonly key: string; readonly label: string; readonly cells: readonly Cell[] };

type Props = {
  readonly title: string;
  /** The conclusion, in one sentence. */
  readonly sentence: string;
  readonly rowHeader: string;
  readonly columns: readonly string[];
  readonly rows: readonly FigureRow[];
  readonly chart: { readonly label: string; readonly bars: readonly Bar[] };
  readonly fileName: string;
  readonly children?: ReactNode;
};

/** One report: a sentence, bars, and the same as a table in which every figure opens the list behind it. */
export function FigureTable({ title, sentence, rowHeader, columns, rows, chart, fileName, children }: Props) {
  const { t } = useTranslation(['reports', 'common']);
  const services = useServices();
  const exportCsv = () => {
    const lines = rows.map(({ label, cells }) => [
      label,
      ...cells.map((cell) => ('text' in cell ? cell.text : cell.value)),
    ]);
    void services.exportFile(fileName, toUtf8(toCsv([[rowHeader, ...columns], ...lines])), t('figures.exportReason'));
  };
  return (
    <section className="panel report">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{title}</h2>
        <div className="form__actions no-print">
          <Button icon={<IconDownload size={18} />} onPress={exportCsv}>
            {t('figures.csv')}
          </Button>
          <Button icon={<IconPrinter size={18} />} onPress={() => void services.print()}>
            {t('common:action.print')}
          </Button>
        </div>
      </div>
      {children}
      <p>{sentence}</p>
      <div className="report__columns">
        <BarChart label={chart.label} bars={chart.bars} />
        <table className="utrecht-table">
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              <th scope="col" className="utrecht-table__header-cell">
                {rowHeader}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className="utrecht-table__header-cell amount">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {rows.map(({ key, label, cells }) => (
              <tr key={key} className="utrecht-table__row">
                <th scope="row" className="utrecht-table__cell">
                  {label}
                </th>
                {cells.map((cell, at) => (
                  <td key={columns[at]} className="utrecht-table__cell amount">
                    <CellView cell={cell} label={t('figures.open', { row: label, column: columns[at] })} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function CellView({ cell, label }: { cell: Cell; label: string }) {
  const { tab, day, from } = useReportAddress();
  if ('text' in cell) return cell.text;
  const number = formatNumber(cell.value, currentLanguage());
  if (cell.figure === undefined || cell.value === 0) return number;
  return (
    <Link
      className="nl-link"
      to="/reports"
      search={{ tab, day, from, ...cell.figure }}
      aria-label={`${number}, ${label}`}
    >
      {number}
    </Link>
  );
}
