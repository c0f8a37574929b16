import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Value } from '../../../shared/records/record.ts';
import { useServices } from '../../services.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { maxBedsPerRoom } from './room-limits.ts';
import { belongingIn, newSiteForm, SiteFields, useSiteProblems } from './SiteFields.tsx';

const maxRooms = 200;

/** A site with one building to begin with: rooms 1 … n and their beds. Rooms and beds are renamed and added later. */
export function SiteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const problemsOf = useSiteProblems();
  const [form, setForm] = useState(newSiteForm);
  const [building, setBuilding] = useState('A');
  const [rooms, setRooms] = useState<number | null>(10);
  const [beds, setBeds] = useState<number | null>(2);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  const submit = async () => {
    const isCount = (value: number | null, max: number) => value !== null && value >= 1 && value <= max;
    const found = {
      ...problemsOf(form),
      ...(isCount(rooms, maxRooms) ? {} : { rooms: t('siteForm.countError', { max: maxRooms }) }),
      ...(isCount(beds, maxBedsPerRoom) ? {} : { beds: t('siteForm.countError', { max: maxBedsPerRoom }) }),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const id = services.newId();
    const name = form.name.trim();
    const { municipality, safetyRegion, shelter } = belongingIn(form);
    const values: Record<string, Value> = {
      placement: { site: id },
      name,
      municipality,
      address: form.address.trim(),
      kind: form.kind,
      shelter,
      ...(safetyRegion === null ? {} : { safetyRegion }),
      cateredByDefault: form.catered,
      'building.a': { name: building.trim() === '' ? name : building.trim() },
      ...roomsAndBeds(rooms ?? 0, beds ?? 0),
    };
    const edits = Object.entries(values).map(([field, value]) => ({ field, value, base: [] }));
    const records = [{ ref: { kind: 'site', id }, edits }] as const;
    if ((await save({ records, action: 'create', purpose: null }, t('siteForm.created'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('siteForm.title')} onClose={onClose} onSubmit={submit} submit={t('siteForm.save')}>
      <SiteFields form={form} onChange={(change) => setForm((now) => ({ ...now, ...change }))} problems={errors} />
      <div className="form__three">
        <TextField
          id="siteBuilding"
          label={t('siteForm.building')}
          width="short"
          maxLength={60}
          value={building}
          onChange={setBuilding}
        />
        <NumberField
          id="siteRooms"
          label={t('siteForm.rooms')}
          value={rooms}
          onChange={setRooms}
          error={errors['rooms']}
        />
        <NumberField
          id="siteBeds"
          label={t('siteForm.bedsPerRoom')}
          value={beds}
          onChange={setBeds}
          error={errors['beds']}
        />
      </div>
    </FormDialog>
  );
}

function roomsAndBeds(rooms: number, bedsPerRoom: number): Record<string, Value> {
  const made: Record<string, Value> = {};
  for (let room = 1; room <= rooms; room++) {
    made[`room.a-${room}`] = { building: 'a', name: String(room), floor: 0 };
    for (let bed = 1; bed <= bedsPerRoom; bed++) {
      made[`bed.a-${room}-${bed}`] = { room: `a-${room}`, name: String(bed), outOfService: null };
    }
  }
  return made;
}
