import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '../../../shared/reception/site.ts';
import { useServices } from '../../services.tsx';
import { ComboField } from '../../ui/ComboField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Value } from '../../../shared/records/record.ts';

type Props = {
  readonly site: Site;
  readonly onSave: (values: Readonly<Record<string, Value>>) => Promise<boolean>;
  readonly onClose: () => void;
};

/** A room was entered without its residents: which one, when and why. Kept with the roll-call of the day. */
export function EntryDialog({ site, onSave, onClose }: Props) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const [room, setRoom] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ room?: string; reason?: string }>({});
  const choices = [...site.rooms.values()]
    .map(({ key, building, name }) => ({
      code: key,
      label: t('presence.room', { building: site.buildings.get(building)?.name ?? '', room: name }),
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'nl', { numeric: true }));
  const submit = async () => {
    setErrors({
      ...(room === null ? { room: t('presence.roomError') } : {}),
      ...(reason.trim() === '' ? { reason: t('beds.reasonError') } : {}),
    });
    if (room === null || reason.trim() === '') return;
    const entry = { room, at: services.clockTime(), reason: reason.trim() };
    if (await onSave({ [`entry.${services.newId().slice(0, 8)}`]: entry })) onClose();
  };
  return (
    <FormDialog title={t('presence.entry')} onClose={onClose} onSubmit={submit}>
      <p>{t('presence.entryIntro')}</p>
      <ComboField
        id="entryRoom"
        label={t('bedList.room')}
        choices={choices}
        value={room}
        onChange={setRoom}
        error={errors.room}
      />
      <TextField
        id="entryReason"
        label={t('beds.reason')}
        width="full"
        lines={2}
        value={reason}
        onChange={setReason}
        error={errors.reason}
      />
    </FormDialog>
  );
}
