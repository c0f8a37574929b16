import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shippedTerms, type RetentionClass, type RetentionTerm } from '../../../shared/register/retention.ts';
import type { OpenedRecord } from '../../services.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';

const longest = 1_200;

/** How long the municipality keeps one class, and what that rests on; never shorter than the law asks for. */
export function RetentionTermDialog(props: {
  opened: OpenedRecord;
  which: RetentionClass;
  term: RetentionTerm | undefined;
  onClose: () => void;
}) {
  const { opened, which, term, onClose } = props;
  const { t } = useTranslation(['privacy', 'common']);
  const save = useSave();
  const least = shippedTerms.find((shipped) => shipped.class === which)?.months ?? 0;
  const [months, setMonths] = useState<number | null>(term?.months ?? (least > 0 ? least : null));
  const [source, setSource] = useState(term?.source ?? '');
  const [resultCode, setResultCode] = useState(term?.resultCode ?? '');
  const [isTried, setTried] = useState(false);
  const isShort = months === null || months < least || months > longest;

  const submit = async () => {
    setTried(true);
    if (isShort || source.trim() === '') return;
    const field = `retention.${which}`;
    const value = { months, source: source.trim(), resultCode: resultCode.trim() };
    const ref = { kind: 'municipalPolicy', id: opened.record.id } as const;
    const edits = [{ field, value, base: opened.baseOf(field) }];
    const saved = await save({ records: [{ ref, edits }], action: 'edit', purpose: null }, t('retention.saved'));
    if (saved !== undefined) onClose();
  };
  return (
    <FormDialog title={t('retention.setOf', { name: t(`class.${which}`) })} onClose={onClose} onSubmit={submit}>
      <NumberField
        id="retentionMonths"
        label={t('retention.monthsLabel')}
        value={months}
        onChange={setMonths}
        error={isTried && isShort ? t('retention.tooShort', { count: least }) : undefined}
      />
      <TextField
        id="retentionSource"
        label={t('retention.sourceLabel')}
        value={source}
        onChange={setSource}
        maxLength={200}
        error={isTried && source.trim() === '' ? t('retention.sourceMissing') : undefined}
      />
      <TextField
        id="retentionCode"
        label={t('common:form.optional', { label: t('retention.codeLabel') })}
        value={resultCode}
        onChange={setResultCode}
        maxLength={20}
      />
    </FormDialog>
  );
}
