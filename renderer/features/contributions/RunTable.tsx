import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatList, formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { RunLine } from '../../services.tsx';
import { keyOf } from './run-lines.ts';

type Props = {
  readonly label: string;
  readonly lines: readonly RunLine[];
  readonly nameOf: (line: RunLine) => string;
  /** The last two columns: what else is the matter, and what can be done. Absent: neither. */
  readonly more?: (line: RunLine) => { readonly reasons: ReactNode; readonly action: ReactNode };
};

/** Households of a run with what they get and pay, beside the month before. */
export function RunTable({ label, lines, nameOf, more }: Props) {
  const { t } = useTranslation('run');
  const language = currentLanguage();
  const money = (amount: number | undefined) => (amount === undefined ? t('none') : formatMoney(amount, language));
  return (
    <table className="utrecht-table run-table" aria-label={label}>
      <thead className="utrecht-table__header">
        <tr className="utrecht-table__row">
          <th scope="col" className="utrecht-table__header-cell">
            {t('head.household')}
          </th>
          {(['allowance', 'contribution', 'before'] as const).map((head) => (
            <th
              key={head}
              scope="col"
              className={`utrecht-table__header-cell amount run-table__${head === 'before' ? 'before' : 'number'}`}
            >
              {t(`head.${head}`)}
            </th>
          ))}
          {more !== undefined &&
            (['reasons', 'action'] as const).map((head) => (
              <th
                key={head}
                scope="col"
                className={`utrecht-table__header-cell ${head === 'action' ? 'run-table__act' : ''}`}
              >
                {t(`head.${head}`)}
              </th>
            ))}
        </tr>
      </thead>
      <tbody className="utrecht-table__body">
        {lines.map((line) => {
          const { before, now } = line;
          const rest = more?.(line);
          return (
            <tr key={keyOf(line)} className="utrecht-table__row">
              <th scope="row" className="utrecht-table__cell">
                <Link
                  className="nl-link"
                  to="/contributions/$familyId"
                  params={{ familyId: line.familyId }}
                  search={{ month: line.month, unit: line.grownChild ?? undefined }}
                >
                  {nameOf(line)}
                </Link>
                {line.grownName === null && line.members.length > 0 && (
                  <span className="muted run-table__members">
                    {formatList(
                      line.members.map((name) => name.split(' ')[0] ?? name),
                      language,
                    )}
                  </span>
                )}
              </th>
              <td className="utrecht-table__cell amount">{money(now?.assessment.allowanceCents)}</td>
              <td className="utrecht-table__cell amount">{money(now?.assessment.contributionCents)}</td>
              <td className="utrecht-table__cell amount">
                {before === null
                  ? t('none')
                  : t('beforeAmounts', {
                      allowance: money(before.allowance),
                      contribution: money(before.contribution),
                    })}
              </td>
              {rest !== undefined && (
                <>
                  <td className="utrecht-table__cell">{rest.reasons}</td>
                  <td className="utrecht-table__cell">{rest.action}</td>
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
