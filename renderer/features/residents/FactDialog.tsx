import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FieldValues, Value } from '../../../shared/records/record.ts';
import { checkResident, warnResident } from '../../../shared/register/check-resident.ts';
import {
  checkFact,
  factEdits,
  factFieldId,
  factsOf,
  type Fact,
  type FactKind,
} from '../../../shared/register/fact-kind.ts';
import { correctionFacts } from '../../../shared/register/facts.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSave } from '../../use-save.ts';
import { FactInput } from './FactInput.tsx';
import { useFactTexts } from './use-fact-texts.ts';

type Props = {
  readonly kind: FactKind;
  readonly opened: OpenedRecord;
  /** Null for a new one. */
  readonly fact: Fact | null;
  readonly onClose: () => void;
};

/** Any kind of fact about a resident: its parts are the form. */
export function FactDialog({ kind, opened, fact, onClose }: Props) {
  const { t, kindName, oneName, partName } = useFactTexts();
  const services = useServices();
  const save = useSave();
  // What lands while the dialog is open must meet these edits, not vanish under them.
  const [start] = useState({ opened, freshKey: services.newId() });
  const [values, setValues] = useState<FieldValues>(
    () => fact?.values ?? (kind.keyed === 'start' ? { from: services.today() } : {}),
  );
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const { id } = opened.record;
  const shown = kind.parts.filter((part) => part.onlyWith === undefined || (values[part.onlyWith] ?? null) !== null);
  const set = (name: string, value: Value) => setValues((now) => ({ ...now, [name]: value }));

  const edits = () => {
    const taken = factsOf(kind, start.opened.values).map(({ key }) => key);
    return factEdits(kind, values, { key: fact?.key ?? null, taken }, start.freshKey);
  };
  const write = async (written: ReturnType<typeof edits>, said: string) => {
    const withBases = written.map((edit) => ({ ...edit, base: start.opened.baseOf(edit.field) }));
    const records = [{ ref: { kind: 'resident', id }, edits: withBases }] as const;
    if ((await save({ records, action: 'edit', purpose: null }, said)) !== undefined) onClose();
  };

  const submit = async () => {
    const today = services.today();
    const labelOf = (name: string) => partName({ name });
    const wrong = checkFact(kind, values, today).map(
      ({ part, problem }) => [part, t(`facts:problem.${problem}`, { label: labelOf(part) })] as const,
    );
    const written = edits();
    const fields = written.map(({ field }) => field);
    const after = { ...start.opened.values, ...Object.fromEntries(written.map(({ field, value }) => [field, value])) };
    const more = checkResident(after, today)
      .filter(({ field }) => fields.includes(field))
      .map(({ part, problem }) => {
        const name = part ?? kind.parts[0]?.name ?? '';
        return [name, t(`register:problem.${problem}`, { field: labelOf(name) })] as const;
      });
    // The sentence of the fact itself comes first: it says what to do at this field.
    const found = Object.fromEntries([...more, ...wrong]);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const unusual = warnResident(after, today)
      .filter(({ field }) => fields.includes(field))
      .map(({ warning }) => t(`register:warning.${warning}`));
    setWarnings(unusual);
    if (unusual.some((warning) => !warnings.includes(warning))) return;
    await write(written, t('facts:saved', { what: kindName(kind) }));
  };

  const remove = () => {
    if (fact === null) return;
    void write([{ field: factFieldId(kind, fact.key), value: null }], t('facts:removed', { what: kindName(kind) }));
  };

  return (
    <FormDialog
      title={t(fact === null ? 'facts:addTo' : 'facts:changeOf', { what: oneName(kind) })}
      onClose={onClose}
      onSubmit={submit}
      more={
        fact !== null && (
          <Button look="subtle" onPress={remove}>
            {t('facts:remove')}
          </Button>
        )
      }
    >
      <div className="form__pair">
        {shown.map((part) => (
          <FactInput
            key={part.name}
            part={part}
            value={values[part.name] ?? null}
            onChange={(value) => set(part.name, value)}
            error={errors[part.name]}
          />
        ))}
      </div>
      {kind === correctionFacts && fact === null && values.correctionOutcome === 'corrected' && (
        <Alert tone="info">
          <p>{t('facts:changeKind.together')}</p>
          <Link to="/residents/$id/edit" params={{ id }} className="nl-link">
            {t('facts:changeKind.togetherLink')}
          </Link>
        </Alert>
      )}
      {warnings.map((warning) => (
        <Alert key={warning} tone="warning">
          {warning}
        </Alert>
      ))}
    </FormDialog>
  );
}
