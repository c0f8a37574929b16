import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingOn } from '../../../shared/contribution/dated-policy.ts';
import { standingDecisions } from '../../../shared/contribution/decisions-of.ts';
import { startOf } from '../../../shared/follow-up/due.ts';
import { followUpTypes, type FollowUpType } from '../../../shared/follow-up/follow-up.ts';
import { addMonths, monthOf, type IsoMonth } from '../../../shared/kernel/dates.ts';
import { formatMonth } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type AssessedFamily } from '../../services.tsx';
import { usePolicyOf } from '../../stores/due-views.ts';
import { useDecisions, useFamilies } from '../../stores/register-views.ts';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { MoneyField } from '../../ui/MoneyField.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { fieldsOf, newProblems, newValues, type NewField, type NewForm } from './follow-up-form.ts';
import { monthsAround } from './month-choice.ts';
import { useFollowUpProblems } from './use-follow-up-problems.ts';

type Props = { readonly unit: AssessedFamily; readonly month: IsoMonth; readonly onClose: () => void };

/** Something to follow up for one family of the law: what it is, from which day, and what that kind asks for. */
export function NewFollowUpDialog({ unit, month, onClose }: Props) {
  const { t } = useTranslation('followUp');
  const services = useServices();
  const save = useSave();
  const today = services.today();
  const family = useFamilies().find(({ id }) => id === unit.familyId);
  const policy = usePolicyOf(today)(family?.site ?? null);
  const [standing] = standingDecisions(useDecisions(), unit, month);
  const settled = settingOn(policy, 'payment.instalments', today);
  const { errorOf, setFound } = useFollowUpProblems<NewField>();
  const [form, setForm] = useState<NewForm>({
    type: 'request',
    day: today,
    month,
    text: '',
    evidence: '',
    amount: null,
    until: null,
    firstMonth: addMonths(monthOf(today), 1),
    instalments: settled ?? null,
  });
  const change = (part: Partial<NewForm>) => setForm({ ...form, ...part });
  const choose = (type: FollowUpType) => {
    const start = type === 'information' && family !== undefined ? (startOf(family, today) ?? today) : today;
    setFound([]);
    setForm({ ...form, type, day: start, until: type === 'information' ? today : null });
  };
  const submit = async () => {
    const problems = newProblems(form);
    setFound(problems);
    if (problems.length > 0) return;
    const about = { ...unit, site: family?.site ?? null, decision: standing?.id ?? null };
    const edits = Object.entries(newValues(form, about)).map(([field, value]) => ({ field, value, base: [] }));
    const ref = { kind: 'followUp', id: services.newId() } as const;
    const request = { records: [{ ref, edits }], action: 'create', purpose: null } as const;
    if ((await save(request, t('new.saved'))) !== undefined) onClose();
  };
  const has = (field: NewField) => fieldsOf[form.type].includes(field);
  const { type } = form;
  return (
    <FormDialog title={t('new.title')} onClose={onClose} onSubmit={submit}>
      <SelectField
        id="followUpType"
        label={t('new.type')}
        choices={followUpTypes.map((code) => ({ code, label: t(`type.${code}`) }))}
        value={type}
        onChange={choose}
      />
      <DateField
        id="followUpDay"
        label={t(`day.${type}`)}
        error={errorOf('day')}
        value={form.day}
        onChange={(day) => change({ day })}
      />
      {has('amount') && (
        <MoneyField
          id="followUpAmount"
          label={t(
            type === 'hardship' ? 'field.hardshipAmount' : type === 'arrangement' ? 'field.total' : 'field.amount',
          )}
          error={errorOf('amount')}
          value={form.amount}
          onChange={(amount) => change({ amount })}
        />
      )}
      {has('instalments') && (
        <div className="row">
          <NumberField
            id="followUpInstalments"
            label={t('field.instalments')}
            hint={settled === undefined ? undefined : t('instalmentHint', { count: settled })}
            error={errorOf('instalments')}
            value={form.instalments}
            onChange={(instalments) => change({ instalments })}
          />
          <SelectField
            id="followUpFirst"
            label={t('field.firstMonth')}
            choices={monthsAround(monthOf(today)).map((code) => ({
              code,
              label: formatMonth(code, currentLanguage()),
            }))}
            value={form.firstMonth}
            onChange={(firstMonth) => change({ firstMonth })}
          />
        </div>
      )}
      {has('until') && (
        <DateField
          id="followUpUntil"
          label={t(type === 'information' ? 'field.given' : 'field.until')}
          error={errorOf('until')}
          value={form.until}
          onChange={(until) => change({ until })}
        />
      )}
      {has('text') && (
        <TextField
          id="followUpText"
          label={t(type === 'objection' ? 'field.subject' : type === 'information' ? 'field.how' : 'field.reason')}
          width="full"
          lines={2}
          error={errorOf('text')}
          value={form.text}
          onChange={(text) => change({ text })}
        />
      )}
      {has('evidence') && (
        <TextField
          id="followUpEvidence"
          label={t('field.evidence')}
          hint={t('field.evidenceHint')}
          width="full"
          error={errorOf('evidence')}
          value={form.evidence}
          onChange={(evidence) => change({ evidence })}
        />
      )}
    </FormDialog>
  );
}
