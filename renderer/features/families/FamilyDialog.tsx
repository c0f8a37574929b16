import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { useSites } from '../../stores/register-views.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';

export function FamilyDialog({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const sites = useSites();
  const [label, setLabel] = useState('');
  const [site, setSite] = useState<string | null>(sites.length === 1 ? (sites[0]?.id ?? null) : null);
  const [error, setError] = useState<string>();

  const submit = async () => {
    if (label.trim() === '') return setError(t('families.labelError'));
    const id = services.newId();
    const edits = [
      { field: 'placement', value: { site }, base: [] },
      { field: 'label', value: label.trim(), base: [] },
    ];
    const receipt = await save(
      { records: [{ ref: { kind: 'family', id }, edits }], action: 'create', purpose: null },
      t('families.created'),
    );
    if (receipt !== undefined) onMade(id);
  };

  return (
    <FormDialog title={t('families.new')} onClose={onClose} onSubmit={submit} submit={t('families.new')}>
      <TextField
        id="label"
        label={t('families.label')}
        hint={t('families.labelHint')}
        error={error}
        value={label}
        onChange={setLabel}
      />
      <SelectField
        id="familySite"
        label={t('families.site')}
        choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
        value={site}
        onChange={setSite}
      />
    </FormDialog>
  );
}
