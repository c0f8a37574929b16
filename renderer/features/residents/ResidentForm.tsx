import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { checkResident, warnResident } from '../../../shared/register/check-resident.ts';
import { toResident } from '../../../shared/register/resident.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';
import { useServices } from '../../services.tsx';
import { useDraft } from '../../use-draft.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DraftOffer } from '../../ui/DraftOffer.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { controlOf, toEdits, toFieldValues, toFormValues, type ResidentFormValues } from './resident-form.ts';
import { ContactFields, IdentityFields, NumberFields, ProtectionFields, StayFields } from './ResidentFields.tsx';
import { MrzField } from './MrzField.tsx';
import { LikelyDoubles } from './LikelyDoubles.tsx';
import { useLikelyDoubles } from './use-likely-doubles.ts';
import type { OpenedRecord } from '../../services.tsx';

type Props = {
  readonly title: string;
  readonly opened: OpenedRecord;
  readonly draftKey: string;
  /** True when it was saved; on failure the form stays as it is. */
  readonly onSave: (edits: readonly Edit[], purpose: string | null) => Promise<boolean>;
  readonly onCancel: () => void;
};

/** One form for a new resident and for changes. It checks on submit and never clears what was typed. */
export function ResidentForm({ title, opened, draftKey, onSave, onCancel }: Props) {
  const { t } = useTranslation(['register', 'common']);
  const services = useServices();
  // The record as it was when the form opened: what lands meanwhile must meet these edits, not vanish under them.
  const [start] = useState(() => ({
    ...opened,
    resident: toResident(opened.record.id, opened.values),
    freshKey: services.newId(),
  }));
  const [form, setForm] = useState<ResidentFormValues>(() => toFormValues(start.resident));
  const [isChanged, setChanged] = useState(false);
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const [doubleReason, setDoubleReason] = useState('');
  const draft = useDraft(draftKey, form, isChanged);
  const { doubles, isReading, bsnTwins } = useLikelyDoubles(start.record.id, form, start.resident);

  const set = (change: Partial<ResidentFormValues>) => {
    setChanged(true);
    setForm((now) => ({ ...now, ...change }));
  };
  const errorOf = (control: keyof ResidentFormValues) =>
    problems.find((problem) => problem.fieldId === control)?.message;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const values = toFieldValues(form, start.resident, start.freshKey);
    const today = services.today();
    const found = checkResident(values, today).map(({ field, part, problem }) => {
      const control = controlOf(field, part);
      return { fieldId: control, message: t(`problem.${problem}`, { field: t(`control.${control}`) }) };
    });
    setProblems(found);
    if (found.length > 0) return;
    const unusual = warnResident(values, today).map(({ warning }) => t(`warning.${warning}`));
    // What only looks unusual is said once; saving again keeps it as it is.
    const isNew = unusual.some((warning) => !warnings.includes(warning));
    setWarnings(unusual);
    if (isNew) return;
    const reason = doubleReason.trim();
    if ((await bsnTwins()).length > 0 && reason === '') {
      setProblems([{ fieldId: 'doubleReason', message: t('doubles.blocked') }]);
      return;
    }
    const purpose = reason === '' ? null : reason;
    if (await onSave(toEdits(values, start.values, start.baseOf), purpose)) await draft.clear();
  };

  const fields = { form, set, errorOf, before: start.resident };
  return (
    <form noValidate className="form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={title} problems={problems} />
      <PageHeading title={title} />
      {draft.restored !== null && !isChanged && (
        <DraftOffer
          onRestore={() => {
            if (draft.restored !== null) set(draft.restored);
          }}
          onDiscard={() => void draft.clear()}
        />
      )}
      <p className="muted">{t('common:form.required')}</p>
      <MrzField form={form} before={start.resident} set={set} />
      <IdentityFields {...fields} />
      <LikelyDoubles
        doubles={doubles}
        isReading={isReading}
        reason={doubleReason}
        onReason={setDoubleReason}
        error={problems.find(({ fieldId }) => fieldId === 'doubleReason')?.message}
        existing={start.record.rev === 0 ? null : start.record.id}
      />
      <NumberFields {...fields} />
      <StayFields {...fields} />
      <ProtectionFields {...fields} />
      <ContactFields {...fields} />
      {warnings.length > 0 && (
        <Alert tone="warning" title={t('page.checkAgain')}>
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Alert>
      )}
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t('common:action.save')}
        </Button>
        <Button
          onPress={() => {
            void draft.clear();
            onCancel();
          }}
        >
          {t('common:action.cancel')}
        </Button>
      </div>
    </form>
  );
}
