import { useTranslation } from 'react-i18next';
import { componentNames } from '../../../shared/contribution/components.ts';
import { stateOf, totalsOf, type RunSubject } from '../../../shared/contribution/month-run.ts';
import { formatMoney, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

const columns = ['done', 'clear', 'exception', 'all'] as const;

/** Households and amounts by component, for what is decided, what can be, what needs somebody, and together. */
export function RunTotals({ lines, only }: { lines: readonly RunSubject[]; only?: 'all' }) {
  const { t } = useTranslation('run');
  const language = currentLanguage();
  const shown = only === undefined ? columns : ([only] as const);
  const totals = shown.map((column) => ({
    column,
    ...totalsOf(column === 'all' ? lines : lines.filter((line) => stateOf(line) === column)),
  }));
  // A component that nobody has only makes the table longer.
  const names = componentNames.filter(
    (name) =>
      name === 'allowance' || name === 'contribution' || totals.some(({ components }) => components[name] !== 0),
  );
  return (
    <table className="utrecht-table run-totals">
      <caption className="visually-hidden">{t('totals.title')}</caption>
      <thead className="utrecht-table__header">
        <tr className="utrecht-table__row">
          <th scope="col" className="utrecht-table__header-cell">
            {t('totals.component')}
          </th>
          {totals.map(({ column }) => (
            <th key={column} scope="col" className="utrecht-table__header-cell amount">
              {t(`totals.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="utrecht-table__body">
        <tr className="utrecht-table__row">
          <th scope="row" className="utrecht-table__cell">
            {t('totals.households')}
          </th>
          {totals.map(({ column, count }) => (
            <td key={column} className="utrecht-table__cell amount">
              {formatNumber(count, language)}
            </td>
          ))}
        </tr>
        {names.map((name) => (
          <tr
            key={name}
            className={`utrecht-table__row ${name === 'allowance' || name === 'contribution' ? 'run-totals__sum' : ''}`}
          >
            <th scope="row" className="utrecht-table__cell">
              {t(`component.${name}`)}
            </th>
            {totals.map(({ column, components }) => (
              <td key={column} className="utrecht-table__cell amount">
                {formatMoney(components[name], language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
