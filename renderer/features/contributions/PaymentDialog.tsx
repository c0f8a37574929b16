import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decisionReference, type ReadDecision } from '../../../shared/contribution/decisions-of.ts';
import { paymentPurposes } from '../../../shared/follow-up/payment-schemas.ts';
import { paymentValues, type Payment, type PaymentPurpose } from '../../../shared/follow-up/payment.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { cents, type Cents } from '../../../shared/kernel/money.ts';
import { formatDate, formatMoney, formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { MoneyField } from '../../ui/MoneyField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';

const directions = ['in', 'back'] as const;
type Props = {
  /** The decisions that stand, oldest first: one of them is what the money is for. */
  readonly decisions: readonly ReadDecision[];
  readonly chosen: ReadDecision;
  readonly onClose: () => void;
};

/** One payment against a decided month, typed in. */
export function PaymentDialog({ decisions, chosen, onClose }: Props) {
  const { t } = useTranslation('payments');
  const services = useServices();
  const save = useSave();
  const language = currentLanguage();
  const today = services.today();
  const [decisionId, setDecisionId] = useState(chosen.id);
  const [of, setOf] = useState<PaymentPurpose>('contribution');
  const [direction, setDirection] = useState<(typeof directions)[number]>('in');
  const [day, setDay] = useState<IsoDate | null>(today);
  const [amount, setAmount] = useState<Cents | null>(null);
  const [booking, setBooking] = useState('');
  const [isSent, setSent] = useState(false);
  const dayProblem = day === null ? t('problem.day') : day > today ? t('problem.future') : undefined;
  const amountProblem = amount === null || amount <= 0 ? t('problem.amount') : undefined;
  const decision = decisions.find(({ id }) => id === decisionId) ?? chosen;

  const submit = async () => {
    setSent(true);
    if (day === null || amount === null || dayProblem !== undefined || amountProblem !== undefined) return;
    const { familyId, grownChild, facts } = decision.receipt;
    const values = paymentValues({
      ...{ site: decision.site, familyId, grownChild, day, month: facts.month, decision: decision.id, of },
      amountCents: direction === 'in' ? amount : cents(0 - amount),
      booking: booking.trim(),
      recordedOn: today,
    });
    const edits = Object.entries(values).map(([field, value]) => ({ field, value, base: [] }));
    const records = [{ ref: { kind: 'followUp', id: services.newId() }, edits }] as const;
    if ((await save({ records, action: 'create', purpose: null }, t('saved'))) !== undefined) onClose();
  };
  return (
    <FormDialog title={t('add')} onClose={onClose} onSubmit={submit}>
      <SelectField
        id="paymentFor"
        label={t('field.for')}
        choices={decisions.map(({ id, receipt }) => ({
          code: id,
          label: t('field.forChoice', {
            month: formatMonth(receipt.facts.month, language),
            reference: decisionReference(id, receipt.facts.month),
          }),
        }))}
        value={decisionId}
        onChange={setDecisionId}
      />
      <SelectField
        id="paymentOf"
        label={t('field.of')}
        choices={paymentPurposes.map((code) => ({ code, label: t(`of.${code}`) }))}
        value={of}
        onChange={setOf}
      />
      <ChoiceField
        id="paymentDirection"
        label={t('field.direction')}
        choices={directions.map((code) => ({ code, label: t(`direction.${code}`) }))}
        value={direction}
        onChange={setDirection}
      />
      <div className="row">
        <DateField
          id="paymentDay"
          label={t('field.day')}
          error={isSent ? dayProblem : undefined}
          value={day}
          onChange={setDay}
        />
        <MoneyField
          id="paymentAmount"
          label={t('field.amount')}
          error={isSent ? amountProblem : undefined}
          value={amount}
          onChange={setAmount}
        />
      </div>
      <TextField
        id="paymentBooking"
        label={t('field.booking')}
        hint={t('field.bookingHint')}
        value={booking}
        onChange={(text) => setBooking(text.slice(0, 60))}
      />
    </FormDialog>
  );
}

/** A payment that was entered wrongly: it stays on the page and counts for nothing. */
export function WithdrawDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const { t } = useTranslation('payments');
  const services = useServices();
  const save = useSave();
  const language = currentLanguage();
  const [reason, setReason] = useState('');
  const [isSent, setSent] = useState(false);
  const submit = async () => {
    setSent(true);
    if (reason.trim() === '') return;
    const edits = [{ field: 'withdrawn', value: { on: services.today(), reason: reason.trim() }, base: [] }];
    const records = [{ ref: { kind: 'followUp', id: payment.id }, edits }] as const;
    if ((await save({ records, action: 'edit', purpose: null }, t('withdrawn'))) !== undefined) onClose();
  };
  return (
    <FormDialog title={t('withdraw')} submit={t('withdraw')} onClose={onClose} onSubmit={submit}>
      <p>
        {t('withdrawAbout', {
          amount: formatMoney(payment.amountCents, language),
          date: formatDate(payment.day, language),
        })}
      </p>
      <TextField
        id="withdrawReason"
        label={t('field.reason')}
        width="full"
        lines={2}
        error={isSent && reason.trim() === '' ? t('problem.reason') : undefined}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
