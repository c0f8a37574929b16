import { IconPrinter } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { SavedTable } from '../../save-table.ts';
import { useServices } from '../../services.tsx';
import { TableExport } from '../../TableExport.tsx';
import { Button } from '../../ui/Button.tsx';
import { BarChart, type Bar } from './BarChart.tsx';
import { placeOf, useReportAddress, type AnyFigure, type ReportPlace } from './report-address.ts';

/**
 * A number or a rate opens what is behind `figure`. `lines` is how much that is where the number itself does not say so:
 * as many people may have come as left.
 */
export type Cell = { readonly figure?: AnyFigure; readonly lines?: number } & (
  | { readonly value: number }
  /** One decimal with a point; '' where there is none. */
  | { readonly percent: string }
);
export type FigureColumn = { readonly key: string; readonly label: string };
export type FigureRow = { readonly key: string; readonly label: string; readonly cells: readonly Cell[] };

type Props = {
  /** A code: what the file is called, and in the audit log. */
  readonly name: string;
  readonly title: string;
  /** The conclusion, in one sentence. */
  readonly sentence: string;
  readonly rowHeader: string;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly FigureRow[];
  readonly chart: { readonly label: string; readonly bars: readonly Bar[] };
  /** Where the figures are not about the days in the address. */
  readonly place?: ReportPlace;
  readonly children?: ReactNode;
};

/** A country has 1,400 sites: so many are drawn at first, the rest when somebody wants them. The file has them all. */
const mostRows = 100;

/** One report: a sentence, bars, and the same as a table in which every figure opens the list behind it. */
export function FigureTable(props: Props) {
  const { title, sentence, rowHeader, columns, rows, chart, children } = props;
  const { t } = useTranslation(['reports', 'common']);
  const services = useServices();
  const address = useReportAddress();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, mostRows);
  const place = props.place ?? placeOf(address);
  const makeTable = (): SavedTable => ({
    what: `report ${props.name}`,
    sheet: title,
    fileName: `${props.name}-${place.day}`,
    columns: [
      { key: 'row', header: rowHeader, type: 'text', sensitive: null },
      ...columns.map(({ key, label }) => ({ key, header: label, type: 'number' as const, sensitive: null })),
    ],
    rows: rows.map(({ label, cells }) => [
      label,
      ...cells.map((cell) => ('percent' in cell ? cell.percent : String(cell.value))),
    ]),
    persons: 0,
  });
  return (
    <section className="panel report">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{title}</h2>
        <div className="form__actions no-print">
          <TableExport makeTable={makeTable} />
          <Button icon={<IconPrinter size={18} />} onPress={() => void services.print()}>
            {t('common:action.print')}
          </Button>
        </div>
      </div>
      {children}
      <p>{sentence}</p>
      <div className="report__columns">
        <BarChart label={chart.label} bars={isWhole ? chart.bars : chart.bars.slice(0, mostRows)} />
        <table className="utrecht-table">
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              <th scope="col" className="utrecht-table__header-cell">
                {rowHeader}
              </th>
              {columns.map(({ key, label }) => (
                <th key={key} scope="col" className="utrecht-table__header-cell amount">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {shown.map(({ key, label, cells }) => (
              <tr key={key} className="utrecht-table__row">
                <th scope="row" className="utrecht-table__cell">
                  {label}
                </th>
                {cells.map((cell, at) => (
                  <td key={columns[at]?.key} className="utrecht-table__cell amount">
                    <CellView
                      cell={cell}
                      place={place}
                      label={t('figures.open', { row: label, column: columns[at]?.label })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && (
        <div className="no-print">
          <Button onPress={() => setWhole(true)}>{t('figures.all', { count: rows.length })}</Button>
        </div>
      )}
    </section>
  );
}

function CellView({ cell, place, label }: { cell: Cell; place: ReportPlace; label: string }) {
  const language = currentLanguage();
  const said =
    'value' in cell
      ? formatNumber(cell.value, language)
      : cell.percent === ''
        ? '–'
        : formatPercent(cell.percent, language);
  const lines = cell.lines ?? ('value' in cell ? cell.value : 0);
  if (cell.figure === undefined || lines === 0) return said;
  return (
    <Link className="nl-link" to="/reports" search={{ ...place, ...cell.figure }} aria-label={`${said}, ${label}`}>
      {said}
    </Link>
  );
}
