import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import {
  field,
  isoDateSchema,
  partKeySchema,
  placementSchema,
  recordIdSchema,
  textSchema,
} from '../register/schemas.ts';

export const presenceStates = ['present', 'announced', 'not-seen'] as const;
export type PresenceState = (typeof presenceStates)[number];

/** The time of the laptop, 14:05. Times of one day compare as text. */
export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const callSchema = z.object({ site: recordIdSchema, day: isoDateSchema });
/** Rooms that were gone round, with the time: whoever has no mark of their own was as expected. */
const roundSchema = z.object({ rooms: z.record(partKeySchema, clockTimeSchema) });
const markSchema = z.object({ state: z.enum(presenceStates), at: clockTimeSchema });
const entrySchema = z.object({ room: partKeySchema, at: clockTimeSchema, reason: textSchema(300).min(1) });

/**
 * One roll-call of a site on a day. Rooms go in by the round and only residents who were not as expected have a mark, so
 * that a day of 400 people is some tens of operations. Who saw it is the author of the operation. Two laptops that begin
 * the same day offline make two records, which are read together.
 */
export const rollCallKind = defineKind('rollCall', {
  placement: field('review', 'core', placementSchema),
  call: field('review', 'core', callSchema),
  round: field('review', 'core', roundSchema),
  mark: field('review', 'core', markSchema),
  /** A room that was entered without its residents (TWOO, amendment of December 2023). */
  entry: field('review', 'core', entrySchema),
  finished: field('review', 'core', z.object({ at: clockTimeSchema })),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type RoomEntry = z.infer<typeof entrySchema> & { readonly field: string };
export type RollCall = {
  readonly id: string;
  readonly site: string;
  readonly day: IsoDate;
  readonly rounds: readonly { readonly field: string; readonly rooms: ReadonlyMap<string, string> }[];
  readonly marks: ReadonlyMap<string, { readonly state: PresenceState; readonly at: string }>;
  readonly entries: readonly RoomEntry[];
  readonly finishedAt: string | null;
};

/** Typed view; undefined while the call itself has not arrived or cannot be read, and when deleted. */
export function findRollCall(id: string, values: FieldValues): RollCall | undefined {
  const { fields } = rollCallKind;
  const call = readField(values, 'call', fields.call);
  if (call === undefined || values._deleted === true) return undefined;
  return {
    id,
    ...call,
    rounds: readFields(values, 'round', fields.round).map(([key, { rooms }]) => ({
      field: `round.${key}`,
      rooms: new Map(Object.entries(rooms)),
    })),
    marks: new Map(readFields(values, 'mark', fields.mark)),
    entries: readFields(values, 'entry', fields.entry).map(([key, entry]) => ({ ...entry, field: `entry.${key}` })),
    finishedAt: readField(values, 'finished', fields.finished)?.at ?? null,
  };
}

/** How one resident was found: `record` and `field` lead to who saw it. */
export type Sighting = {
  readonly state: PresenceState;
  readonly at: string;
  readonly record: string;
  readonly field: string;
};

/**
 * What the roll-calls of one site and day say of one resident: the latest own mark, else what was expected when the room
 * was gone round; null when nobody looked. `room` is where the resident slept, null without a bed.
 */
export function sightingOf(
  calls: readonly RollCall[],
  who: { readonly resident: string; readonly room: string | null; readonly onLeave: boolean },
): Sighting | null {
  let mark: Sighting | null = null;
  let round: Sighting | null = null;
  for (const call of calls) {
    const own = call.marks.get(who.resident);
    if (own !== undefined && isLater(own.at, call.id, mark)) {
      mark = { ...own, record: call.id, field: `mark.${who.resident}` };
    }
    for (const { field: name, rooms } of call.rounds) {
      const at = who.room === null ? undefined : rooms.get(who.room);
      if (at === undefined || !isLater(at, call.id, round)) continue;
      round = { state: who.onLeave ? 'announced' : 'present', at, record: call.id, field: name };
    }
  }
  return mark ?? round;
}

/** In the same minute the record decides, so that every laptop shows the same. */
const isLater = (at: string, record: string, than: Sighting | null): boolean =>
  than === null || at > than.at || (at === than.at && record > than.record);

/** Days on end, up to the last one looked at, on which somebody was not seen; `days` newest first. */
export function notSeenSince(
  days: readonly { readonly day: IsoDate; readonly state: PresenceState | null }[],
): { readonly from: IsoDate; readonly calls: number } | null {
  const looked = days.filter(({ state }) => state !== null).sort((a, b) => (a.day < b.day ? 1 : -1));
  const seenAt = looked.findIndex(({ state }) => state !== 'not-seen');
  const missed = seenAt === -1 ? looked : looked.slice(0, seenAt);
  const first = missed.at(-1);
  return first === undefined ? null : { from: first.day, calls: missed.length };
}
