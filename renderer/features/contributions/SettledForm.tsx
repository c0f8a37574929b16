import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDayOf, monthOf, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** True when it was saved; on failure the form stays as it is. */
export type Settle = (field: string, value: Value) => Promise<boolean>;

type Props = {
  readonly id: string;
  /** What is wrong with the fields inside; null when they are complete. */
  readonly problem: FieldProblems[number] | null;
  readonly submit: string;
  /** Whether it can have an end of its own. */
  readonly hasEnd?: boolean;
  readonly onSubmit: (from: IsoDate, reason: string, to: IsoDate | null) => Promise<boolean>;
  readonly children: (errorOf: (fieldId: string) => string | undefined) => ReactNode;
};

/** A fact that a municipality settles: from which day, and why. */
export function SettledForm({ id, problem, submit, hasEnd = false, onSubmit, children }: Props) {
  const { t } = useTranslation('contributions');
  const services = useServices();
  const [from, setFrom] = useState<IsoDate | null>(firstDayOf(monthOf(services.today())));
  const [to, setTo] = useState<IsoDate | null>(null);
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblems>([]);
  const errorOf = (fieldId: string) => problems.find((one) => one.fieldId === fieldId)?.message;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const found = [
      ...(problem === null ? [] : [problem]),
      ...(from === null ? [{ fieldId: `${id}From`, message: t('policy.problem.from') }] : []),
      ...(from !== null && to !== null && to < from ? [{ fieldId: `${id}To`, message: t('policy.problem.to') }] : []),
      ...(reason.trim() === '' ? [{ fieldId: `${id}Reason`, message: t('policy.problem.reason') }] : []),
    ];
    setProblems(found);
    if (found.length === 0 && from !== null) await onSubmit(from, reason.trim(), to);
  };
  return (
    <form noValidate className="stack" onSubmit={(event) => void send(event)}>
      <ErrorSummary pageTitle={t('policy.title')} problems={problems} />
      {children(errorOf)}
      <DateField
        id={`${id}From`}
        label={t('policy.from')}
        hint={t('policy.fromHint')}
        error={errorOf(`${id}From`)}
        value={from}
        onChange={setFrom}
      />
      {hasEnd && (
        <DateField
          id={`${id}To`}
          label={t('policy.to')}
          hint={t('policy.toHint')}
          error={errorOf(`${id}To`)}
          value={to}
          onChange={setTo}
        />
      )}
      <TextField
        id={`${id}Reason`}
        label={t('policy.reason')}
        error={errorOf(`${id}Reason`)}
        width="full"
        value={reason}
        onChange={setReason}
      />
      <div>
        <Button type="submit" look="primary">
          {submit}
        </Button>
      </div>
    </form>
  );
}
