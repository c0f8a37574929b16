import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decisionReference } from '../../../shared/contribution/decisions-of.ts';
import { objectionOutcomes, objectionStatuses, type FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { monthOf } from '../../../shared/kernel/dates.ts';
import { refKey } from '../../../shared/records/record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useDecisions } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { MoneyField } from '../../ui/MoneyField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { factProblems, toFact, type FactField, type FactForm, type FactName } from './follow-up-form.ts';
import { monthsAround } from './month-choice.ts';
import { useFollowUpProblems } from './use-follow-up-problems.ts';

type Props = { readonly name: FactName; readonly item: FollowUp; readonly onClose: () => void };
const none = 'none';

/** One thing that happened to a follow-up, with its day; it is added and never replaces what was there. */
export function FollowUpFactDialog({ name, item, onClose }: Props) {
  const { t } = useTranslation('followUp');
  const services = useServices();
  const save = useSave();
  const today = services.today();
  const [record] = useState(() => useWorkspace.getState().records.get(refKey({ kind: 'followUp', id: item.id })));
  const { errorOf, setFound } = useFollowUpProblems<FactField>();
  const [form, setForm] = useState<FactForm>({
    day: today,
    amount: null,
    from: monthOf(today),
    to: monthOf(today),
    status: 'more-information',
    outcome: 'upheld',
    decision: null,
    text: '',
  });
  const change = (part: Partial<FactForm>) => setForm({ ...form, ...part });
  const renewed = useDecisions().filter(
    ({ id, receipt }) =>
      receipt?.familyId === item.familyId && receipt.grownChild === item.grownChild && id !== item.decision,
  );
  const submit = async () => {
    const problems = factProblems(name, form, item);
    setFound(problems);
    if (problems.length > 0) return;
    const [field, value] = toFact(name, form, services.newId().slice(0, 8));
    const base = record === undefined ? [] : baseOf(record, field, definitionOf('followUp'));
    const records = [{ ref: { kind: 'followUp', id: item.id }, edits: [{ field, value, base }] }] as const;
    if ((await save({ records, action: 'edit', purpose: null }, t('new.saved'))) !== undefined) onClose();
  };
  const months = monthsAround(monthOf(today)).map((code) => ({ code, label: formatMonth(code, currentLanguage()) }));
  return (
    <FormDialog title={t(`fact.${name}`)} onClose={onClose} onSubmit={submit}>
      {name === 'pause' ? (
        <div className="row">
          <SelectField
            id="factFrom"
            label={t('field.from')}
            choices={months}
            value={form.from}
            onChange={(from) => change({ from, to: form.to < from ? from : form.to })}
          />
          <SelectField
            id="factTo"
            label={t('field.to')}
            error={errorOf('to')}
            choices={months}
            value={form.to}
            onChange={(to) => change({ to })}
          />
        </div>
      ) : (
        <DateField
          id="factDay"
          label={t('field.day')}
          error={errorOf('day')}
          value={form.day}
          onChange={(day) => change({ day })}
        />
      )}
      {(name === 'paid' || name === 'waiver') && (
        <MoneyField
          id="factAmount"
          label={t('field.amount')}
          error={errorOf('amount')}
          value={form.amount}
          onChange={(amount) => change({ amount })}
        />
      )}
      {name === 'status' && (
        <SelectField
          id="factStatus"
          label={t('field.status')}
          choices={objectionStatuses.map((code) => ({ code, label: t(`status.${code}`) }))}
          value={form.status}
          onChange={(status) => change({ status })}
        />
      )}
      {name === 'outcome' && (
        <>
          <SelectField
            id="factOutcome"
            label={t('field.outcome')}
            choices={objectionOutcomes.map((code) => ({ code, label: t(`outcome.${code}`) }))}
            value={form.outcome}
            onChange={(outcome) => change({ outcome })}
          />
          <SelectField
            id="factDecision"
            label={t('field.decision')}
            choices={[
              { code: none, label: t('field.noDecision') },
              ...renewed.map(({ id, receipt }) => ({
                code: id,
                label: receipt === null ? id : decisionReference(id, receipt.facts.month),
              })),
            ]}
            value={form.decision ?? none}
            onChange={(decision) => change({ decision: decision === none ? null : decision })}
          />
        </>
      )}
      {name !== 'paid' && (
        <TextField
          id="factText"
          label={t(name === 'status' ? 'field.note' : 'field.reason')}
          width="full"
          lines={2}
          error={errorOf('text')}
          value={form.text}
          onChange={(text) => change({ text })}
        />
      )}
    </FormDialog>
  );
}
