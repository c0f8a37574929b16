import { IconAlertTriangle, IconBed, IconBedOff, IconUser } from '@tabler/icons-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { isDoubleBooked, type PlannedBed, type PlannedBuilding } from './bed-plan.ts';

/** Rooms side by side, their beds under each other; every bed is a button that says who is in it. */
export function BedPlan({ plan, onOpen }: { plan: readonly PlannedBuilding[]; onOpen: (bedKey: string) => void }) {
  const { t } = useTranslation('reception');
  return (
    <div className="stack">
      {plan.map(({ building, rooms }) => (
        <section key={building.key} className="panel">
          <h2 className="nl-heading nl-heading--level-2">{building.name}</h2>
          <ul className="bed-plan">
            {rooms.map(({ room, beds }) => (
              <li key={room.key} className="bed-plan__room">
                <h3 className="nl-heading nl-heading--level-3">
                  {t('beds.room', { room: room.name })}{' '}
                  <span className="muted">{t('beds.floor', { floor: room.floor })}</span>
                </h3>
                <ul className="plain-list bed-plan__beds">
                  {beds.map((bed) => (
                    <li key={bed.bed.key}>
                      <BedButton planned={bed} onOpen={onOpen} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function BedButton({ planned, onOpen }: { planned: PlannedBed; onOpen: (bedKey: string) => void }) {
  const { t } = useTranslation('reception');
  const residents = useWorkspace((state) => state.residents);
  const { bed, stays, isOut } = planned;
  const names = stays.map(({ resident }) => {
    const person = residents.get(resident);
    return person === undefined ? '…' : `${person.family}, ${person.given}`;
  });
  const isDouble = isDoubleBooked(planned);
  const state = isDouble ? 'double' : stays.length > 0 ? 'taken' : isOut ? 'out' : 'free';
  const Icon = { double: IconAlertTriangle, taken: IconUser, out: IconBedOff, free: IconBed }[state];
  return (
    <Button className={`bed bed--${state}`} onPress={() => onOpen(bed.key)}>
      <Icon size={18} aria-hidden="true" />
      <span className="bed__name">{bed.name}</span>
      <span className="bed__who">
        {isDouble && `${t('beds.double')}: `}
        {names.length > 0 ? names.join(' + ') : isOut ? t('beds.outOfService') : t('beds.free')}
      </span>
    </Button>
  );
}
