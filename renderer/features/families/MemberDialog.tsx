import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { relations, type Relation } from '../../../shared/register/codes.ts';
import { memberFieldId, membersOn, type Family } from '../../../shared/register/family.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { useFamilies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useSave } from '../../use-save.ts';

type Props = { readonly opened: OpenedRecord; readonly family: Family; readonly onClose: () => void };
type Errors = { readonly resident?: string; readonly relation?: string; readonly from?: string };

export function MemberDialog({ opened, family, onClose }: Props) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const families = useFamilies();
  const residents = useWorkspace((state) => state.residents);
  const [resident, setResident] = useState<string | null>(null);
  const [relation, setRelation] = useState<Relation | null>(family.memberships.length === 0 ? 'main-person' : null);
  const [from, setFrom] = useState<IsoDate | null>(services.today());
  const [errors, setErrors] = useState<Errors>({});
  const choices = useMemo(
    () =>
      [...residents.values()]
        .filter(({ status }) => status !== 'departed')
        .map(({ id, family: last, given, familyCyrillic }) => ({
          code: id,
          label: `${last}, ${given} ${familyCyrillic}`,
        }))
        .sort((a, b) => a.label.localeCompare(b.label, 'nl')),
    [residents],
  );

  const submit = async () => {
    const other =
      resident === null || from === null
        ? undefined
        : families.find(
            (candidate) =>
              candidate.id !== family.id && membersOn(candidate, from).some((member) => member.resident === resident),
          );
    if (resident === null || relation === null || from === null || other !== undefined) {
      setErrors({
        ...(resident === null ? { resident: t('families.residentError') } : {}),
        ...(other === undefined ? {} : { resident: t('families.inOther', { label: other.label }) }),
        ...(relation === null ? { relation: t('families.relationError') } : {}),
        ...(from === null ? { from: t('families.fromError') } : {}),
      });
      return;
    }
    const field = memberFieldId(resident, from);
    const edit = { field, value: { to: null, relation }, base: opened.baseOf(field) };
    const records = [{ ref: { kind: 'family', id: family.id }, edits: [edit] }] as const;
    if ((await save({ records, action: 'edit', purpose: null })) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('families.addMember')} onClose={onClose} onSubmit={submit} submit={t('families.addMember')}>
      <ComboField
        id="resident"
        label={t('families.resident')}
        choices={choices}
        value={resident}
        onChange={setResident}
        error={errors.resident}
      />
      <SelectField
        id="relation"
        label={t('families.relation')}
        choices={relations.map((code) => ({ code, label: t(`relation.${code}`) }))}
        value={relation}
        onChange={setRelation}
        error={errors.relation}
      />
      <DateField id="from" label={t('families.from')} value={from} onChange={setFrom} error={errors.from} />
    </FormDialog>
  );
}
