import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitBalance } from '../../../shared/contribution/money-entries.ts';
import type { Payment } from '../../../shared/follow-up/payment.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { formatDate, formatMoney, formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type AssessedFamily } from '../../services.tsx';
import { useBalances, usePayments } from '../../stores/register-views.ts';
import { Button } from '../../ui/Button.tsx';
import { PaymentDialog, WithdrawDialog } from './PaymentDialog.tsx';

type Unit = Pick<AssessedFamily, 'familyId' | 'grownChild'>;

/** What one family of the law owes and has paid, for every decided month, and the payments themselves. */
export function PaymentPanel({ unit, month }: { unit: Unit; month: IsoMonth }) {
  const { t } = useTranslation('payments');
  const [isAdding, setAdding] = useState(false);
  const balance = useBalances(useServices().today()).find((one) => isSame(one, unit));
  const payments = usePayments()
    .filter((payment) => isSame(payment, unit))
    .sort((a, b) => (a.day > b.day ? -1 : a.day < b.day ? 1 : a.id < b.id ? -1 : 1));
  const decisions = balance?.decisions ?? [];
  const chosen = decisions.find(({ receipt }) => receipt.facts.month === month) ?? decisions.at(-1);
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('title')}</h2>
        {chosen !== undefined && (
          <Button icon={<IconPlus size={18} />} onPress={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      {chosen === undefined && <p>{t('undecided')}</p>}
      {balance !== undefined && <BalanceTable balance={balance} />}
      <PaymentLines payments={payments} />
      {isAdding && chosen !== undefined && (
        <PaymentDialog decisions={decisions} chosen={chosen} onClose={() => setAdding(false)} />
      )}
    </section>
  );
}

const isSame = (a: Unit, b: Unit): boolean => a.familyId === b.familyId && a.grownChild === b.grownChild;

const always = ['due', 'received', 'open'] as const;
/** Columns that most households have nothing in. */
const seldom = ['waived', 'recovered'] as const;
const order = ['due', 'received', 'waived', 'open', 'recovered'] as const;

function BalanceTable({ balance }: { balance: UnitBalance }) {
  const { t } = useTranslation('payments');
  const language = currentLanguage();
  const shown = order.filter(
    (name) => always.some((one) => one === name) || seldom.some((one) => one === name && balance.total[one] !== 0),
  );
  const rows = [
    ...[...balance.months]
      .reverse()
      .map((line) => ({ key: line.month, head: formatMonth(line.month, language), line, isSum: false })),
    { key: 'total', head: t('total'), line: balance.total, isSum: true },
  ];
  return (
    <table className="utrecht-table run-totals">
      <caption className="visually-hidden">{t('balance')}</caption>
      <thead className="utrecht-table__header">
        <tr className="utrecht-table__row">
          <th scope="col" className="utrecht-table__header-cell">
            {t('month')}
          </th>
          {shown.map((name) => (
            <th key={name} scope="col" className="utrecht-table__header-cell amount">
              {t(`head.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="utrecht-table__body">
        {rows.map(({ key, head, line, isSum }) => (
          <tr key={key} className={`utrecht-table__row ${isSum ? 'run-totals__sum' : ''}`}>
            <th scope="row" className="utrecht-table__cell">
              {head}
            </th>
            {shown.map((name) => (
              <td key={name} className="utrecht-table__cell amount">
                {name === 'open' && line.open < 0
                  ? t('tooMuch', { amount: formatMoney(Math.abs(line.open), language) })
                  : formatMoney(line[name], language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PaymentLines({ payments }: { payments: readonly Payment[] }) {
  const { t } = useTranslation('payments');
  const language = currentLanguage();
  const [withdrawing, setWithdrawing] = useState<Payment | null>(null);
  const lineOf = ({ of, day, amountCents, month, booking, withdrawn }: Payment) => {
    const facts = {
      date: formatDate(day, language),
      amount: formatMoney(Math.abs(amountCents), language),
      month: formatMonth(month, language),
    };
    return [
      t(`line.${of}-${amountCents > 0 ? 'in' : 'back'}`, facts),
      ...(booking === '' ? [] : [t('line.booking', { booking })]),
      ...(withdrawn === null
        ? []
        : [t('line.withdrawn', { date: formatDate(withdrawn.on, language), reason: withdrawn.reason })]),
    ].join(' ');
  };
  if (payments.length === 0) return null;
  return (
    <>
      <h3 className="nl-heading nl-heading--level-3">{t('lines')}</h3>
      <ul className="plain-list">
        {payments.map((payment) => (
          <li key={payment.id} className={payment.withdrawn === null ? undefined : 'muted'}>
            {lineOf(payment)}{' '}
            {payment.withdrawn === null && (
              <Button
                look="subtle"
                aria-label={t('withdrawOne', { line: lineOf(payment) })}
                onPress={() => setWithdrawing(payment)}
              >
                {t('withdraw')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {withdrawing !== null && <WithdrawDialog payment={withdrawing} onClose={() => setWithdrawing(null)} />}
    </>
  );
}
