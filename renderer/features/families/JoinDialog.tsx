import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Relation } from '../../../shared/register/codes.ts';
import { membersOn, type Family } from '../../../shared/register/family.ts';
import { planJoin, type Mover } from '../../../shared/register/household.ts';
import { useServices } from '../../services.tsx';
import { familyEdits } from '../../stores/family-edits.ts';
import { useFamilies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSave } from '../../use-save.ts';
import { HouseholdPreview } from './HouseholdPreview.tsx';
import { RelationFields } from './RelationFields.tsx';

/** Another household comes in from a day on; both records stay, and every month before is as it was. */
export function JoinDialog({ family, onClose }: { family: Family; onClose: () => void }) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const families = useFamilies();
  const records = useWorkspace((state) => state.records);
  const [from, setFrom] = useState<IsoDate | null>(services.today());
  const [other, setOther] = useState<string | null>(null);
  const [relations, setRelations] = useState<ReadonlyMap<string, Relation>>(new Map());
  const [errors, setErrors] = useState<{ readonly other?: string; readonly from?: string }>({});

  const choices = useMemo(
    () =>
      from === null
        ? []
        : families
            .filter((one) => one.id !== family.id && membersOn(one, from).length > 0)
            .map(({ id, label }) => ({ code: id, label }))
            .sort((a, b) => a.label.localeCompare(b.label, 'nl')),
    [families, family.id, from],
  );
  const leaving = families.find(({ id }) => id === other);
  const present = from === null ? [] : membersOn(family, from);
  const movers: readonly Mover[] =
    leaving === undefined || from === null
      ? []
      : membersOn(leaving, from).map(({ resident, relation }) => ({
          resident,
          // There is one main person already.
          relation: relations.get(resident) ?? (relation === 'main-person' ? 'other-relative' : relation),
        }));
  const joined = [
    ...present,
    ...movers.filter(({ resident }) => !present.some((member) => member.resident === resident)),
  ];

  const submit = async () => {
    setErrors({
      ...(movers.length === 0 ? { other: t('families.joinOtherError') } : {}),
      ...(from === null ? { from: t('families.fromError') } : {}),
    });
    if (leaving === undefined || from === null || movers.length === 0) return;
    const plan = planJoin(family, leaving, movers, from);
    const request = { records: familyEdits(records, plan), action: 'edit', purpose: null } as const;
    if ((await save(request, t('families.joinDone'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('families.joinTitle')} onClose={onClose} onSubmit={submit} submit={t('families.joinSubmit')}>
      <DateField id="joinFrom" label={t('families.from')} value={from} onChange={setFrom} error={errors.from} />
      <ComboField
        id="joinOther"
        label={t('families.joinOther')}
        choices={choices}
        value={other}
        onChange={setOther}
        error={errors.other}
      />
      <RelationFields
        movers={movers}
        onChange={(resident, relation) => setRelations((now) => new Map(now).set(resident, relation))}
      />
      {movers.length > 0 && (
        <HouseholdPreview
          from={from}
          parts={[{ label: t('families.previewJoined', { label: family.label }), members: joined }]}
        />
      )}
    </FormDialog>
  );
}
