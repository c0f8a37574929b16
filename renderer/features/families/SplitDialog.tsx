import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Relation } from '../../../shared/register/codes.ts';
import { membersOn, type Family } from '../../../shared/register/family.ts';
import { planSplit, type Mover } from '../../../shared/register/household.ts';
import { useServices } from '../../services.tsx';
import { familyEdits } from '../../stores/family-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useNameOf } from '../../use-name-of.ts';
import { useSave } from '../../use-save.ts';
import { HouseholdPreview } from './HouseholdPreview.tsx';
import { RelationFields } from './RelationFields.tsx';

const kinds = ['municipal', 'private'] as const;
type Errors = { readonly who?: string; readonly from?: string; readonly label?: string };

/** Some members go to a household of their own from a day on; every month before stays as it was. */
export function SplitDialog({ family, onClose }: { family: Family; onClose: () => void }) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const nameOf = useNameOf();
  const records = useWorkspace((state) => state.records);
  const [id] = useState(() => services.newId());
  const [from, setFrom] = useState<IsoDate | null>(services.today());
  const [going, setGoing] = useState<ReadonlyMap<string, Relation>>(new Map());
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<(typeof kinds)[number]>('municipal');
  const [isCatered, setCatered] = useState(false);
  const [errors, setErrors] = useState<Errors>({});

  const members = from === null ? [] : membersOn(family, from);
  const movers: readonly Mover[] = members.flatMap(({ resident }) => {
    const relation = going.get(resident);
    return relation === undefined ? [] : [{ resident, relation }];
  });
  const stays = members.filter(({ resident }) => !going.has(resident));

  const toggle = (resident: string, relation: Relation, isGoing: boolean) =>
    setGoing((now) => {
      const next = new Map(now);
      if (!isGoing) next.delete(resident);
      // The first to go is the main person of the new household until somebody says otherwise.
      else
        next.set(
          resident,
          [...now.values()].includes('main-person') || relation === 'child' ? relation : 'main-person',
        );
      return next;
    });

  const submit = async () => {
    const isWhoRight = movers.length > 0 && stays.length > 0;
    setErrors({
      ...(isWhoRight ? {} : { who: t('families.splitWhoError') }),
      ...(from === null ? { from: t('families.fromError') } : {}),
      ...(label.trim() === '' ? { label: t('families.labelError') } : {}),
    });
    if (!isWhoRight || from === null || label.trim() === '') return;
    const reception = { reception: kind, catered: kind === 'municipal' && isCatered };
    const plan = planSplit(family, movers, from, { id, label: label.trim(), site: family.site, reception });
    const request = { records: familyEdits(records, plan), action: 'edit', purpose: null } as const;
    if ((await save(request, t('families.splitDone'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('families.splitTitle')} onClose={onClose} onSubmit={submit} submit={t('families.split')}>
      <DateField id="splitFrom" label={t('families.from')} value={from} onChange={setFrom} error={errors.from} />
      <fieldset className="form__section" aria-describedby={errors.who === undefined ? undefined : 'splitWhoError'}>
        <legend className="utrecht-form-label">{t('families.splitWho')}</legend>
        {errors.who !== undefined && (
          <p id="splitWhoError" className="utrecht-form-field-error-message">
            {errors.who}
          </p>
        )}
        {members.map(({ resident, relation }) => (
          <CheckboxField
            key={resident}
            id={`going-${resident}`}
            label={nameOf(resident)}
            value={going.has(resident)}
            onChange={(isGoing) => toggle(resident, relation, isGoing)}
          />
        ))}
      </fieldset>
      <RelationFields
        movers={movers}
        onChange={(who, relation) => setGoing((now) => new Map(now).set(who, relation))}
      />
      <TextField
        id="splitLabel"
        label={t('families.newLabel')}
        value={label}
        onChange={setLabel}
        error={errors.label}
      />
      <ChoiceField
        id="splitKind"
        label={t('families.newReception')}
        choices={kinds.map((code) => ({ code, label: t(`kind.${code}`) }))}
        value={kind}
        onChange={setKind}
      />
      {kind === 'municipal' && (
        <CheckboxField id="splitCatered" label={t('families.catered')} value={isCatered} onChange={setCatered} />
      )}
      <HouseholdPreview
        from={from}
        parts={[
          { label: t('families.previewStays', { label: family.label }), members: stays },
          { label: t('families.previewGoes'), members: movers },
        ]}
      />
    </FormDialog>
  );
}
