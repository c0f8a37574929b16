import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import type { Absence } from '../../../shared/reception/presence.ts';
import { sightingOf, type PresenceState, type RollCall } from '../../../shared/reception/roll-call.ts';
import type { Site } from '../../../shared/reception/site.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { isOnLeave, noRoom } from '../../stores/presence-views.ts';

/** What was tapped and is not in the register yet; a crash loses none of it. */
export type Pending = {
  readonly rooms: Readonly<Record<string, string>>;
  readonly marks: Readonly<Record<string, { readonly state: PresenceState; readonly at: string }>>;
};
export const nothingPending: Pending = { rooms: {}, marks: {} };
export const pendingCount = ({ rooms, marks }: Pending): number =>
  Object.keys(rooms).length + Object.keys(marks).length;

export type CalledPerson = {
  readonly resident: string;
  readonly bed: string;
  /** What is expected when nothing is said. */
  readonly expected: PresenceState;
  /** What was seen; null while nobody looked. */
  readonly state: PresenceState | null;
  /** Whether there is a mark of this person's own, beside that of the room. */
  readonly isMarked: boolean;
};
export type CalledRoom = {
  readonly key: string;
  readonly building: string;
  readonly name: string;
  readonly floor: number;
  readonly people: readonly CalledPerson[];
  readonly isDone: boolean;
};

type Facts = {
  readonly site: Site;
  readonly stays: readonly BedStay[];
  readonly absences: readonly Absence[];
  readonly residents: ReadonlyMap<string, ResidentSummary>;
};

/** Rooms with the people who sleep there on the day, in the order in which one walks; people without a bed last. */
export function rollPlan(
  facts: Facts,
  calls: readonly RollCall[],
  pending: Pending,
  day: IsoDate,
): readonly CalledRoom[] {
  const { site, residents } = facts;
  const awayById = Map.groupBy(facts.absences, ({ resident }) => resident);
  const tonight = staysOn(facts.stays, day).filter((stay) => stay.site === site.id && residents.has(stay.resident));
  const called = (resident: string, bed: string, room: string): CalledPerson => {
    const onLeave = isOnLeave(awayById.get(resident) ?? [], resident, day);
    const expected = onLeave ? 'announced' : 'present';
    const kept = sightingOf(calls, { resident, room, onLeave });
    const mark = pending.marks[resident];
    const state =
      mark?.state ?? (pending.rooms[room] === undefined ? kept?.state : (keptMark(calls, resident) ?? expected));
    const isMarked = mark !== undefined || calls.some(({ marks }) => marks.has(resident));
    return { resident, bed, expected, state: state ?? null, isMarked };
  };
  const byRoom = new Map<string, CalledPerson[]>();
  const add = (room: string, person: CalledPerson) => byRoom.set(room, [...(byRoom.get(room) ?? []), person]);
  for (const stay of tonight) {
    const bed = site.beds.get(stay.bed);
    const room = bed?.room ?? noRoom;
    add(room, called(stay.resident, bed?.name ?? '', room));
  }
  const withBed = new Set(tonight.map(({ resident }) => resident));
  for (const { id, site: home, status } of residents.values()) {
    if (home !== site.id || withBed.has(id) || (status !== 'present' && status !== 'absent')) continue;
    add(noRoom, called(id, '', noRoom));
  }
  const isDone = (key: string) =>
    pending.rooms[key] !== undefined || calls.some(({ rounds }) => rounds.some(({ rooms }) => rooms.has(key)));
  return [...byRoom]
    .map(([key, people]): CalledRoom => {
      const room = site.rooms.get(key);
      return {
        key,
        building: site.buildings.get(room?.building ?? '')?.name ?? '',
        name: room?.name ?? '',
        floor: room?.floor ?? Number.MAX_SAFE_INTEGER,
        people: people.sort((a, b) => a.bed.localeCompare(b.bed, 'nl', { numeric: true })),
        isDone: isDone(key) || people.every(({ state }) => state !== null),
      };
    })
    .sort(
      (a, b) =>
        Number(a.key === noRoom) - Number(b.key === noRoom) ||
        a.building.localeCompare(b.building, 'nl', { numeric: true }) ||
        a.floor - b.floor ||
        a.name.localeCompare(b.name, 'nl', { numeric: true }),
    );
}

/** A mark that stands beats the round: a room that is gone round again leaves it. */
function keptMark(calls: readonly RollCall[], resident: string): PresenceState | undefined {
  const marks = calls.flatMap((call) => call.marks.get(resident) ?? []);
  return marks.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.state;
}
