import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import {
  spanField,
  traits as allTraits,
  traitsField,
  type PartType,
  type Trait,
} from '../../../shared/reception/site-parts.ts';
import {
  bedsOfRoom,
  ownTraits,
  rulesOn,
  type Bed,
  type Building,
  type Room,
  type Site,
} from '../../../shared/reception/site.ts';
import { useServices } from '../../services.tsx';
import { siteEdits } from '../../stores/site-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { CheckboxGroupField } from '../../ui/CheckboxField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';
import { floors, isFloor, maxBedsPerRoom } from './room-limits.ts';

type Props = {
  readonly site: Site;
  readonly part: PartType;
  readonly partKey: string;
  readonly day: IsoDate;
  readonly onClose: () => void;
};

const titles = { building: 'part.editBuilding', room: 'part.editRoom', bed: 'part.editBedTitle' } as const;

/** Name, traits and the nights in use of a building, a room or a bed; of a room also its floor and further beds. */
export function PartDialog({ site, part, partKey, day, onClose }: Props) {
  const { t } = useTranslation(['reception', 'common']);
  const services = useServices();
  const save = useSave();
  const records = useWorkspace((state) => state.records);
  const known = partOf(site, part, partKey);
  const before = ownTraits(site, part, partKey, day);
  const [name, setName] = useState(known?.name ?? '');
  const [floor, setFloor] = useState<number | null>(part === 'room' ? (site.rooms.get(partKey)?.floor ?? 0) : null);
  const [traits, setTraits] = useState<readonly Trait[]>(before);
  const [traitsFrom, setTraitsFrom] = useState<IsoDate | null>(day);
  const [until, setUntil] = useState<IsoDate | null>(known?.use.until ?? null);
  const [more, setMore] = useState<number | null>(0);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  if (known === undefined) return null;
  const hasWomen = part === 'room' && (rulesOn(site, day).womenOnlyRooms || before.includes('women-only'));
  const offered = allTraits.filter(
    (trait) => (trait !== 'women-only' || hasWomen) && (trait !== 'family-room' || part === 'room'),
  );

  const submit = async () => {
    const found = {
      ...(name.trim() === '' ? { name: t('part.nameError') } : {}),
      ...(part === 'room' && !isFloor(floor) ? { floor: t('roomForm.floorError', floors) } : {}),
      ...(more === null || more < 0 || more > maxBedsPerRoom
        ? { more: t('part.moreError', { max: maxBedsPerRoom }) }
        : {}),
      ...(traitsFrom === null ? { traitsFrom: t('families.fromError') } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0 || traitsFrom === null) return;
    const values: Record<string, Value> = {
      [`${part}.${partKey}`]: valueOf(site, part, partKey, name.trim(), floor ?? 0),
    };
    if (until !== known.use.until) values[spanField(part, partKey)] = { from: known.use.from, until };
    if (traits.join() !== before.join()) values[traitsField(part, partKey, traitsFrom)] = { traits };
    Object.assign(values, moreBeds(site, partKey, more ?? 0, day, services.newId));
    const request = { records: [siteEdits(records, site.id, values)], action: 'edit', purpose: null } as const;
    if ((await save(request)) !== undefined) onClose();
  };

  return (
    <FormDialog title={t(titles[part], { name: known.name })} onClose={onClose} onSubmit={submit}>
      <div className="form__pair">
        <TextField
          id="partName"
          label={t('part.name')}
          width="short"
          value={name}
          onChange={setName}
          error={errors['name']}
        />
        {part === 'room' && (
          <>
            <NumberField
              id="partFloor"
              label={t('roomForm.floor')}
              value={floor}
              onChange={setFloor}
              error={errors['floor']}
            />
            <NumberField id="partMore" label={t('part.more')} value={more} onChange={setMore} error={errors['more']} />
          </>
        )}
      </div>
      <CheckboxGroupField
        id="partTraits"
        label={t('part.traits')}
        choices={offered.map((code) => ({ code, label: t(`trait.${code}`) }))}
        value={traits}
        onChange={setTraits}
      />
      <div className="form__pair">
        <DateField
          id="partTraitsFrom"
          label={t('part.traitsFrom')}
          value={traitsFrom}
          onChange={setTraitsFrom}
          error={errors['traitsFrom']}
        />
        <DateField
          id="partUntil"
          label={t('common:form.optional', { label: t('part.until') })}
          hint={t('part.untilHint')}
          value={until}
          onChange={setUntil}
        />
      </div>
    </FormDialog>
  );
}

const partOf = (site: Site, part: PartType, key: string): Building | Room | Bed | undefined =>
  ({ building: site.buildings, room: site.rooms, bed: site.beds })[part].get(key);

function valueOf(site: Site, part: PartType, key: string, name: string, floor: number): Value {
  if (part === 'building') return { name };
  if (part === 'room') return { building: site.rooms.get(key)?.building ?? '', name, floor };
  const bed = site.beds.get(key);
  return { room: bed?.room ?? '', name, outOfService: bed?.outOfService ?? null };
}

/** Beds with the numbers that follow, in use from `day`. Keys are random: two laptops that add one bed add two. */
function moreBeds(
  site: Site,
  room: string,
  count: number,
  day: IsoDate,
  newId: () => string,
): Readonly<Record<string, Value>> {
  const highest = bedsOfRoom(site, room).reduce((last, { name }) => Math.max(last, Number(name) || 0), 0);
  const values: Record<string, Value> = {};
  for (let at = 1; at <= count; at++) {
    const key = newId().slice(0, 8);
    values[`bed.${key}`] = { room, name: String(highest + at), outOfService: null };
    values[spanField('bed', key)] = { from: day, until: null };
  }
  return values;
}
