import { IconEye } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { reachOf } from '../../../shared/contribution/settled-entries.ts';
import { firstDayOf, monthOf, type IsoDate } from '../../../shared/kernel/dates.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type PolicyChange } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { usePolicyDesk, type PolicyEdit } from './policy-desk.ts';
import { findOverlap, type Period } from './policy-edits.ts';
import { PolicyPreviewDialog } from './PolicyPreviewDialog.tsx';

type Props = {
  readonly id: string;
  /** What is wrong with the fields inside; null when they are complete. */
  readonly problem: FieldProblems[number] | null;
  readonly submit: string;
  /** What is settled of the same thing already; given where it can have an end of its own, and no two may meet. */
  readonly periods?: readonly Period[];
  readonly toEdit: (from: IsoDate, reason: string, to: IsoDate | null) => PolicyEdit | null;
  readonly children: (errorOf: (fieldId: string) => string | undefined) => ReactNode;
};

/** A fact that a municipality settles: from which day, and why; whom it touches can be seen before it is saved. */
export function SettledForm({ id, problem, submit, periods, toEdit, children }: Props) {
  const { t } = useTranslation('contributions');
  const services = useServices();
  const { policyId, municipality, entries, settle } = usePolicyDesk();
  const [from, setFrom] = useState<IsoDate | null>(firstDayOf(monthOf(services.today())));
  const [to, setTo] = useState<IsoDate | null>(null);
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [shown, setShown] = useState<PolicyChange | null>(null);
  const errorOf = (fieldId: string) => problems.find((one) => one.fieldId === fieldId)?.message;

  const overlapOf = ({ from: first }: Period) =>
    t('policy.problem.overlap', { date: formatDate(first, currentLanguage()) });
  const checked = (): PolicyChange | null => {
    const other = from === null || periods === undefined ? undefined : findOverlap(periods, from, to);
    const found = [
      ...(problem === null ? [] : [problem]),
      ...(from === null ? [{ fieldId: `${id}From`, message: t('policy.problem.from') }] : []),
      ...(from !== null && to !== null && to < from ? [{ fieldId: `${id}To`, message: t('policy.problem.to') }] : []),
      ...(other === undefined ? [] : [{ fieldId: `${id}From`, message: overlapOf(other) }]),
      ...(reason.trim() === '' ? [{ fieldId: `${id}Reason`, message: t('policy.problem.reason') }] : []),
    ];
    setProblems(found);
    const edit = found.length > 0 || from === null ? null : toEdit(from, reason.trim(), to);
    if (edit === null || from === null) return null;
    const reach = reachOf(entries.get(edit.field), { field: edit.field, from, to });
    return { edits: [edit], policyId, municipality, ...reach };
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const change = checked();
    if (change !== null) await settle(...change.edits);
  };
  return (
    <form noValidate className="stack" onSubmit={(event) => void send(event)}>
      <ErrorSummary pageTitle={t('policy.title')} problems={problems} />
      {children(errorOf)}
      <div className="row">
        <DateField
          id={`${id}From`}
          label={t('policy.from')}
          hint={t('policy.fromHint')}
          error={errorOf(`${id}From`)}
          value={from}
          onChange={setFrom}
        />
        {periods !== undefined && (
          <DateField
            id={`${id}To`}
            label={t('policy.to')}
            hint={t('policy.toHint')}
            error={errorOf(`${id}To`)}
            value={to}
            onChange={setTo}
          />
        )}
      </div>
      <TextField
        id={`${id}Reason`}
        label={t('policy.reason')}
        error={errorOf(`${id}Reason`)}
        width="full"
        value={reason}
        onChange={setReason}
      />
      <div className="form__actions">
        <Button type="submit" look="primary">
          {submit}
        </Button>
        <Button icon={<IconEye size={18} />} onPress={() => setShown(checked())}>
          {t('preview.open')}
        </Button>
      </div>
      {shown !== null && (
        <PolicyPreviewDialog
          change={shown}
          onClose={() => setShown(null)}
          onSave={async () => {
            if (await settle(...shown.edits)) setShown(null);
          }}
        />
      )}
    </form>
  );
}
