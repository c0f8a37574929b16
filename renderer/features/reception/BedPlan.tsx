import { IconAlertTriangle, IconBed, IconBedOff, IconClockPause, IconPencil, IconUser } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { PartType } from '../../../shared/reception/site-parts.ts';
import { stateOf, type PlannedBed, type PlannedBuilding, type PlannedRoom } from './bed-plan.ts';
import { TraitList } from './TraitList.tsx';
import { useBedDrag, type Drop } from './use-bed-drag.ts';

type Props = {
  readonly plan: readonly PlannedBuilding[];
  /** Null where names are not to be seen. */
  readonly nameOf: ((resident: string) => string) | null;
  readonly onOpen: (bedKey: string) => void;
  readonly onEdit: (part: PartType, key: string) => void;
  /** Somebody was dragged to another bed; the menu of the bed does the same. */
  readonly onDrop: (drop: Drop) => void;
};

/** Rooms side by side by building and floor, their beds under each other; every bed is a button that says who is in it. */
export function BedPlan({ plan, nameOf, onOpen, onEdit, onDrop }: Props) {
  const { t } = useTranslation('reception');
  const container = useBedDrag(onDrop);
  // A dialog over the plan renders the page again: 200 beds need not be made anew for that.
  const rooms = useMemo(
    () =>
      plan.map(({ building, floors }) => (
        <section key={building.key} className="panel">
          <div className="panel__head">
            <h2 className="nl-heading nl-heading--level-2">{building.name}</h2>
            <EditButton
              label={t('part.editBuilding', { name: building.name })}
              onPress={() => onEdit('building', building.key)}
            />
          </div>
          {floors.map(({ floor, rooms: onFloor }) => (
            <div key={floor} className="stack">
              <h3 className="bed-plan__floor muted">{t('beds.floor', { floor })}</h3>
              <ul className="bed-plan">
                {onFloor.map((room) => (
                  <RoomCard key={room.room.key} planned={room} nameOf={nameOf} onOpen={onOpen} onEdit={onEdit} />
                ))}
              </ul>
            </div>
          ))}
        </section>
      )),
    [plan, nameOf, onOpen, onEdit, t],
  );
  return (
    <div className="stack" ref={container}>
      {rooms}
    </div>
  );
}

function EditButton({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <Button className="icon-button" aria-label={label} onPress={onPress}>
      <IconPencil size={16} aria-hidden="true" />
    </Button>
  );
}

type RoomProps = { readonly planned: PlannedRoom } & Pick<Props, 'nameOf' | 'onOpen' | 'onEdit'>;

function RoomCard({ planned: { room, traits, beds }, nameOf, onOpen, onEdit }: RoomProps) {
  const { t } = useTranslation('reception');
  return (
    <li className="bed-plan__room">
      <div className="bed-plan__head">
        <h4 className="nl-heading nl-heading--level-3">{t('beds.room', { room: room.name })}</h4>
        <EditButton label={t('part.editRoom', { name: room.name })} onPress={() => onEdit('room', room.key)} />
      </div>
      <TraitList traits={traits.filter((trait) => trait !== 'ground-floor')} />
      <ul className="plain-list bed-plan__beds">
        {beds.map((bed) => (
          <li key={bed.bed.key}>
            <BedButton planned={bed} nameOf={nameOf} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </li>
  );
}

const icons = {
  double: IconAlertTriangle,
  taken: IconUser,
  out: IconBedOff,
  reserved: IconClockPause,
  free: IconBed,
} as const;

type BedProps = { readonly planned: PlannedBed } & Pick<Props, 'nameOf' | 'onOpen'>;

function BedButton({ planned, nameOf, onOpen }: BedProps) {
  const { bed, stays, traits } = planned;
  const state = stateOf(planned);
  const Icon = icons[state];
  const words = useBedWords(planned, nameOf);
  const only = stays.length === 1 ? stays[0]?.id : undefined;
  return (
    <button
      type="button"
      className={`bed bed--${state}`}
      title={words}
      data-bed={bed.key}
      data-stay={only}
      draggable={only !== undefined}
      onClick={() => onOpen(bed.key)}
    >
      <Icon size={18} aria-hidden="true" />
      <span className="bed__name">{bed.name}</span> <TraitList traits={traits} isShort />
      <span className="bed__who">{words}</span>
    </button>
  );
}

/** What the bed says of itself: who is in it, or why nobody is. */
function useBedWords(planned: PlannedBed, nameOf: Props['nameOf']): string {
  const { t } = useTranslation('reception');
  const { stays, next } = planned;
  const names = nameOf === null ? '' : stays.map(({ resident }) => nameOf(resident)).join(' + ');
  switch (stateOf(planned)) {
    case 'double':
      return names === '' ? t('beds.double') : `${t('beds.double')}: ${names}`;
    case 'taken':
      return names === '' ? t('bedState.taken') : names;
    case 'out':
      return t('beds.outOfService');
    case 'reserved':
      return t('beds.reserved');
    case 'free':
      return next === null ? t('beds.free') : t('beds.freeUntil', { date: formatDate(next.from, currentLanguage()) });
  }
}
