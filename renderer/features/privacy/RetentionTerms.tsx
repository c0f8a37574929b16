import { useTranslation } from 'react-i18next';
import { shippedTerms, type RetentionClass, type RetentionTerm } from '../../../shared/register/retention.ts';
import { Button } from '../../ui/Button.tsx';

/** What the law asks for at least, how sure that is, and what the municipality has set. */
export function RetentionTerms({
  terms,
  onChange,
}: {
  terms: ReadonlyMap<RetentionClass, RetentionTerm>;
  onChange: (which: RetentionClass) => void;
}) {
  const { t } = useTranslation('privacy');
  const months = (count: number | null) => (count === null ? t('retention.unknown') : t('retention.months', { count }));
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('retention.termsTitle')}</h2>
      <table className="utrecht-table">
        <thead className="utrecht-table__header">
          <tr className="utrecht-table__row">
            {(['what', 'law', 'source', 'set', 'change'] as const).map((column) => (
              <th key={column} scope="col" className="utrecht-table__header-cell">
                {t(`retention.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="utrecht-table__body">
          {shippedTerms.map((shipped) => {
            const set = terms.get(shipped.class);
            const name = t(`class.${shipped.class}`);
            return (
              <tr key={shipped.class} className="utrecht-table__row">
                <th scope="row" className="utrecht-table__cell">
                  {name}
                </th>
                <td className="utrecht-table__cell">{months(shipped.months)}</td>
                <td className="utrecht-table__cell">
                  {shipped.source} <span className="muted">({t(`retention.confidence.${shipped.confidence}`)})</span>
                </td>
                <td className="utrecht-table__cell">
                  {set === undefined ? t('retention.notSet') : `${months(set.months)} (${set.source})`}
                </td>
                <td className="utrecht-table__cell">
                  <Button onPress={() => onChange(shipped.class)} aria-label={t('retention.setOf', { name })}>
                    {t('retention.setTerm')}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
