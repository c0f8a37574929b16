import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { checkResident, warnResident } from '../../../shared/register/check-resident.ts';
import { correctionEdits, type Provenance } from '../../../shared/register/correction.ts';
import { checkFact } from '../../../shared/register/fact-kind.ts';
import { correctionFacts } from '../../../shared/register/facts.ts';
import { toResident } from '../../../shared/register/resident.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
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
import { CorrectionFields, provenanceParts } from './CorrectionFields.tsx';
import { MrzField } from './MrzField.tsx';
import { LikelyDoubles } from './LikelyDoubles.tsx';
import { useFactTexts } from './use-fact-texts.ts';
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

/** `provenance` is not in a draft of an earlier version. */
type Draft = ResidentFormValues & { readonly provenance?: Provenance | null };

/** One form for a new resident and for changes. It checks on submit and never clears what was typed. */
export function ResidentForm({ title, opened, draftKey, onSave, onCancel }: Props) {
  const { t } = useTranslation(['register', 'common', 'facts']);
  const { partName } = useFactTexts();
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
  // In one save with the change: undo and history know one act.
  const [provenance, setProvenance] = useState<Provenance | null>(null);
  const draft = useDraft<Draft>(draftKey, { ...form, provenance }, isChanged);
  const { doubles, isReading, bsnTwins } = useLikelyDoubles(start.record.id, form, start.resident);

  const set = (change: Partial<ResidentFormValues>) => {
    setChanged(true);
    setForm((now) => ({ ...now, ...change }));
  };
  const errorOf = (control: string) => problems.find((problem) => problem.fieldId === control)?.message;
  /** What is missing in a correction; nothing where the change is none. */
  const provenanceProblems = (today: IsoDate, edits: readonly Edit[]): FieldProblems => {
    if (provenance === null) return [];
    if (edits.length === 0) return [{ fieldId: 'changeKind', message: t('facts:changeKind.nothing') }];
    return checkFact(correctionFacts, provenance, today)
      .filter(({ part }) => provenanceParts.some(({ name }) => name === part))
      .map(({ part, problem }) => ({
        fieldId: `fact-${part}`,
        message: t(`facts:problem.${problem}`, { label: partName({ name: part }) }),
      }));
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const values = toFieldValues(form, start.resident, start.freshKey);
    const today = services.today();
    const found = checkResident(values, today).map(({ field, part, problem }) => {
      const control = controlOf(field, part);
      return { fieldId: control, message: t(`problem.${problem}`, { field: t(`control.${control}`) }) };
    });
    const edits = toEdits(values, start.values, start.baseOf);
    const wrong = [...found, ...provenanceProblems(today, edits)];
    setProblems(wrong);
    if (wrong.length > 0) return;
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
    const fields = edits.map(({ field }) => field);
    const corrections =
      provenance === null
        ? []
        : correctionEdits(fields, provenance, () => services.newId()).map((edit) => ({ ...edit, base: [] }));
    if (await onSave([...edits, ...corrections], purpose)) await draft.clear();
  };

  const fields = { form, set, errorOf, before: start.resident };
  return (
    <form noValidate className="form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={title} problems={problems} />
      <PageHeading title={title} />
      {draft.restored !== null && !isChanged && (
        <DraftOffer
          onRestore={() => {
            if (draft.restored === null) return;
            const { provenance: kept = null, ...typed } = draft.restored;
            set(typed);
            setProvenance(kept);
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
      {start.record.rev > 0 && (
        <CorrectionFields
          provenance={provenance}
          onChange={(next) => {
            setChanged(true);
            setProvenance(next);
          }}
          start={() => ({ askedOn: services.today(), askedBy: null, source: null, why: null })}
          errorOf={errorOf}
        />
      )}
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
