import { IconCheck, IconCircleCheck, IconClock, IconEyeOff } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { presenceStates, type PresenceState } from '../../../shared/reception/roll-call.ts';
import { noRoom } from '../../stores/presence-views.ts';
import { useNameOf } from '../../use-name-of.ts';
import type { CalledPerson, CalledRoom } from './roll-plan.ts';

type Props = {
  readonly room: CalledRoom;
  readonly onMark: (resident: string, state: PresenceState) => void;
  readonly onDone: (room: CalledRoom) => void;
};

const icons = { present: IconCircleCheck, announced: IconClock, 'not-seen': IconEyeOff } as const;

/** One room at the door: a large button for "as expected", three for each person. Arrow keys choose as well. */
export const RoomCall = memo(RoomCard, (before, after) => isSameRoom(before.room, after.room));

function RoomCard({ room, onMark, onDone }: Props) {
  const { t } = useTranslation('reception');
  const name =
    room.key === noRoom ? t('presence.noBed') : t('presence.room', { building: room.building, room: room.name });
  return (
    <li className={`roll-call__room ${room.isDone ? 'roll-call__room--done' : ''}`} data-room={room.key}>
      <div className="roll-call__head">
        <h2 className="nl-heading nl-heading--level-3">{name}</h2>
        <button type="button" className="roll-call__all" aria-pressed={room.isDone} onClick={() => onDone(room)}>
          {room.isDone && <IconCheck size={20} aria-hidden="true" />}
          {t(room.isDone ? 'presence.done' : 'presence.asExpected')}
          <span className="visually-hidden"> {name}</span>
        </button>
      </div>
      {room.people.map((person) => (
        <PersonCall key={person.resident} person={person} onMark={onMark} />
      ))}
    </li>
  );
}

/** A tap changes one room; the others are not made anew. */
const isSameRoom = (a: CalledRoom, b: CalledRoom): boolean =>
  a.isDone === b.isDone &&
  a.name === b.name &&
  a.people.length === b.people.length &&
  a.people.every((person, at) => {
    const other = b.people[at];
    return person.resident === other?.resident && person.state === other.state && person.expected === other.expected;
  });

function PersonCall({ person, onMark }: { person: CalledPerson; onMark: Props['onMark'] }) {
  const { t } = useTranslation('reception');
  const name = useNameOf()(person.resident);
  return (
    <div className="roll-call__person" role="radiogroup" aria-label={name}>
      <span className="roll-call__name">
        {name}
        {person.expected === 'announced' && <span className="muted"> · {t('presence.onLeave')}</span>}
      </span>
      <div className="roll-call__states">
        {presenceStates.map((state) => {
          const Icon = icons[state];
          return (
            <label key={state} className={`roll-call__state roll-call__state--${state}`}>
              <input
                type="radio"
                name={`presence-${person.resident}`}
                checked={person.state === state}
                onChange={() => onMark(person.resident, state)}
              />
              <Icon size={18} aria-hidden="true" />
              {t(`presence.state.${state}`)}
            </label>
          );
        })}
      </div>
    </div>
  );
}
