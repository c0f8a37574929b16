import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readPaymentList, type PaymentLine } from '../../../shared/follow-up/payment-list.ts';
import { paymentValues } from '../../../shared/follow-up/payment.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatDate, formatList, formatMoney, formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { openList } from '../../personal-file.ts';
import { useServices, type SaveRequest } from '../../services.tsx';
import { useDecisions, usePayments } from '../../stores/register-views.ts';
import { addNotice } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

type Unit = { readonly familyId: string; readonly grownChild: string | null };
/** Payments per save: each is kept whole, and a list of a municipality does not wait for one large one. */
const perSave = 50;

/** A list of the finance department: chosen, checked line by line, and recorded as far as it can be. */
export function PaymentListPanel({ labelOf }: { labelOf: (unit: Unit) => string }) {
  const { t } = useTranslation(['payments', 'register']);
  const services = useServices();
  const decisions = useDecisions();
  const payments = usePayments();
  const [problem, setProblem] = useState<string | null>(null);
  const [lines, setLines] = useState<readonly PaymentLine[] | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const good = (lines ?? []).flatMap(({ payment }) => payment ?? []);

  const choose = async () => {
    const file = await openList(services, { again: false, encoding: 'auto' });
    setLines(null);
    if ('refused' in file) {
      setProblem(file.refused === 'cancelled' ? null : t(`register:fileProblem.${file.refused}`));
      return;
    }
    const read = readPaymentList(file.rows, {
      decisions,
      payments,
      today: services.today(),
      hashOf: services.hashOf,
    });
    if (!read.ok) {
      const columns = formatList(
        read.error.columns.map((column) => t(`column.${column}`)),
        currentLanguage(),
      );
      setProblem(t('columnsMissing', { columns }));
    } else if (read.value.length === 0) setProblem(t('register:fileProblem.empty-table'));
    else {
      setProblem(null);
      setLines(read.value);
    }
  };
  const record = async () => {
    const requests = Array.from({ length: Math.ceil(good.length / perSave) }, (_, at): SaveRequest => ({
      action: 'import',
      purpose: 'payments',
      records: good.slice(at * perSave, (at + 1) * perSave).map((payment) => ({
        ref: { kind: 'followUp', id: payment.id },
        edits: Object.entries(paymentValues(payment)).map(([field, value]) => ({ field, value, base: [] })),
      })),
    }));
    setDone(0);
    const goOn = new AbortController().signal;
    const report = await services.saveAll(requests, (saved) => setDone(Math.min(good.length, saved * perSave)), goOn);
    setDone(null);
    if (report.error !== null) {
      setProblem(errorMessage(report.error));
      return;
    }
    setLines(null);
    const undo = async () => {
      const undone = await services.saveAll([...report.undo], () => undefined, goOn);
      addNotice(
        undone.error === null
          ? { tone: 'ok', text: t('listUndone') }
          : { tone: 'error', text: errorMessage(undone.error) },
      );
    };
    addNotice({ tone: 'ok', text: t('listSaved', { count: good.length }), undo: () => void undo() });
  };
  return (
    <section className="panel stack">
      <h2 className="nl-heading nl-heading--level-2">{t('list')}</h2>
      <p>{t('listAbout')}</p>
      <div className="form__actions">
        <Button icon={<IconFileUpload size={18} />} onPress={() => void choose()}>
          {t('listChoose')}
        </Button>
        {good.length > 0 && done === null && (
          <Button look="primary" onPress={() => void record()}>
            {t('listRecord', { count: good.length })}
          </Button>
        )}
      </div>
      {problem !== null && <Alert tone="error">{problem}</Alert>}
      {done !== null && <ProgressBar label={t('listWorking')} value={done} total={good.length} />}
      {lines !== null && <Check lines={lines} labelOf={labelOf} />}
    </section>
  );
}

/** What cannot be recorded first, with the cell that says why; then what will be. */
function Check({ lines, labelOf }: { lines: readonly PaymentLine[]; labelOf: (unit: Unit) => string }) {
  const { t } = useTranslation('payments');
  const language = currentLanguage();
  const sorted = [...lines].sort((a, b) => Number(a.payment !== null) - Number(b.payment !== null) || a.line - b.line);
  const wrong = lines.filter(({ payment }) => payment === null).length;
  const heads = ['line', 'household', 'month', 'day', 'amount', 'state'] as const;
  return (
    <>
      <p role="status">{t('checked', { count: lines.length, wrong })}</p>
      <div className="payment-check">
        <table className="utrecht-table" aria-label={t('list')}>
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              {heads.map((head) => (
                <th
                  key={head}
                  scope="col"
                  className={`utrecht-table__header-cell ${head === 'amount' ? 'amount' : ''}`}
                >
                  {t(`check.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {sorted.map((line) => (
              <tr key={line.line} className="utrecht-table__row">
                <td className="utrecht-table__cell">{line.line}</td>
                <td className="utrecht-table__cell">
                  {line.payment === null ? line.cells.reference : labelOf(line.payment)}
                </td>
                <td className="utrecht-table__cell payment-check__short">
                  {line.payment === null ? '–' : formatMonth(line.payment.month, language)}
                </td>
                <td className="utrecht-table__cell payment-check__short">
                  {line.payment === null ? line.cells.day : formatDate(line.payment.day, language)}
                </td>
                <td className="utrecht-table__cell amount">
                  {line.payment === null ? line.cells.amount : formatMoney(line.payment.amountCents, language)}
                </td>
                <td className="utrecht-table__cell">
                  {line.payment === null
                    ? t('refusedLine', { column: t(`column.${line.column}`), problem: t(`refused.${line.problem}`) })
                    : t(`of.${line.payment.of}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
