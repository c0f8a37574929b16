import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { useServices } from '../../services.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { countNames } from './count-names.ts';

type Counts = Readonly<Record<(typeof countNames)[number], number | null>>;
const noCounts: Counts = {
  realised: null,
  occupied: null,
  registeredUa: null,
  registeredOther: null,
  deregisteredUa: null,
  deregisteredOther: null,
};
const maxCount = 100_000_000;

/** Published counts of one day, entered as they were published: no persons are behind them. */
export function NationalFiguresDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('reports');
  const { t: common } = useTranslation();
  const services = useServices();
  const save = useSave();
  const [date, setDate] = useState<IsoDate | null>(null);
  const [source, setSource] = useState('');
  const [counts, setCounts] = useState(noCounts);
  const [errors, setErrors] = useState<{ date?: string; source?: string; places?: string }>({});

  const submit = async () => {
    const found = {
      ...(date === null ? { date: t('national.dateError') } : {}),
      ...(source.trim() === '' ? { source: t('national.sourceError') } : {}),
      ...(counts.realised === null || counts.occupied === null ? { places: t('national.placesError') } : {}),
    };
    setErrors(found);
    if (date === null || Object.keys(found).length > 0) return;
    const id = services.newId();
    const edits = [
      { field: 'placement', value: { site: null }, base: [] },
      { field: 'figures', value: { date, ...counts, source: source.trim() }, base: [] },
    ];
    const records = [{ ref: { kind: 'nationalSnapshot', id }, edits }] as const;
    if ((await save({ records, action: 'create', purpose: null }, t('national.saved'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('national.add')} onClose={onClose} onSubmit={submit}>
      <p>{t('national.intro')}</p>
      <DateField id="nationalDate" label={t('national.date')} value={date} onChange={setDate} error={errors.date} />
      <div className="form__pair">
        {countNames.map((name) => (
          <NumberField
            key={name}
            id={name}
            label={
              name === 'realised' || name === 'occupied'
                ? t(`national.${name}`)
                : common('form.optional', { label: t(`national.${name}`) })
            }
            value={counts[name]}
            onChange={(value) => setCounts((now) => ({ ...now, [name]: value }))}
            min={0}
            max={maxCount}
            error={name === 'realised' || name === 'occupied' ? errors.places : undefined}
          />
        ))}
      </div>
      <TextField
        id="nationalSource"
        label={t('national.source')}
        value={source}
        onChange={setSource}
        width="full"
        error={errors.source}
      />
    </FormDialog>
  );
}
