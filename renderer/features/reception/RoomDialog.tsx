import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { spanField } from '../../../shared/reception/site-parts.ts';
import { useServices } from '../../services.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { floors, isFloor, maxBedsPerRoom } from './room-limits.ts';

/** One more room, in a building that is there or a new one. */
export function RoomDialog({ site, onClose }: { site: Site; onClose: () => void }) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const [building, setBuilding] = useState([...site.buildings.values()][0]?.name ?? '');
  const [name, setName] = useState('');
  const [floor, setFloor] = useState<number | null>(0);
  const [from, setFrom] = useState<IsoDate | null>(services.today());
  const [beds, setBeds] = useState<number | null>(2);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  const submit = async () => {
    const known = [...site.buildings.values()].find((one) => one.name === building.trim());
    const exists = [...site.rooms.values()].some((room) => room.building === known?.key && room.name === name.trim());
    const found = {
      ...(building.trim() === '' ? { building: t('roomForm.buildingError') } : {}),
      ...(name.trim() === '' ? { name: t('roomForm.nameError') } : {}),
      ...(exists ? { name: t('roomForm.exists') } : {}),
      ...(isFloor(floor) ? {} : { floor: t('roomForm.floorError', floors) }),
      ...(beds === null || beds < 1 || beds > maxBedsPerRoom
        ? { beds: t('siteForm.countError', { max: maxBedsPerRoom }) }
        : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    // Keys are random: two laptops that add a room at the same time add two.
    const newKey = () => services.newId().slice(0, 8);
    const buildingKey = known?.key ?? newKey();
    const room = newKey();
    const values: Record<string, Value> = {
      ...(known === undefined ? { [`building.${buildingKey}`]: { name: building.trim() } } : {}),
      [`room.${room}`]: { building: buildingKey, name: name.trim(), floor },
      ...(from === null ? {} : { [spanField('room', room)]: { from, until: null } }),
      ...Object.fromEntries(
        Array.from({ length: beds ?? 0 }, (_unused, at) => [
          `bed.${room}-${at + 1}`,
          { room, name: String(at + 1), outOfService: null },
        ]),
      ),
    };
    const edits = Object.entries(values).map(([field, value]) => ({ field, value, base: [] }));
    const records = [{ ref: { kind: 'site', id: site.id }, edits }] as const;
    const said = t('roomForm.added', { room: name.trim() });
    if ((await save({ records, action: 'edit', purpose: null }, said)) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('roomForm.title')} onClose={onClose} onSubmit={submit}>
      <div className="form__pair">
        <TextField
          id="roomBuilding"
          label={t('roomForm.building')}
          value={building}
          onChange={setBuilding}
          error={errors['building']}
        />
        <TextField id="roomName" label={t('roomForm.name')} value={name} onChange={setName} error={errors['name']} />
        <NumberField
          id="roomFloor"
          label={t('roomForm.floor')}
          value={floor}
          onChange={setFloor}
          error={errors['floor']}
        />
        <NumberField id="roomBeds" label={t('roomForm.beds')} value={beds} onChange={setBeds} error={errors['beds']} />
        <DateField id="roomFrom" label={t('roomForm.from')} value={from} onChange={setFrom} />
      </div>
    </FormDialog>
  );
}
