import { useCallback, useEffect, useRef, useState } from 'react';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { PresenceState, RollCall } from '../../../shared/reception/roll-call.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { findRecord, useWorkspace } from '../../stores/workspace-store.ts';
import { useDraft } from '../../use-draft.ts';
import { nothingPending, pendingCount, type Pending } from './roll-plan.ts';

/** So many rooms and marks go into the register together: a round of a large site is a few saves. */
const atOnce = 12;

/**
 * One roll-call in the making. What is tapped is kept at once on this device and goes into the register by the dozen, at
 * the end, and when the page is left.
 */
export function useRollCall(site: string, day: IsoDate, calls: readonly RollCall[]) {
  const services = useServices();
  const [pending, setPending] = useState<Pending>(nothingPending);
  const { restored, clear } = useDraft(`roll-call ${site} ${day}`, pending, pendingCount(pending) > 0);
  const current = useRef({ pending, calls });
  useEffect(() => {
    current.current = { pending, calls };
  });
  const [taken, setTaken] = useState<Pending | null>(null);
  if (restored !== null && restored !== taken) {
    setTaken(restored);
    setPending((now) => ({
      rooms: { ...restored.rooms, ...now.rooms },
      marks: { ...restored.marks, ...now.marks },
    }));
  }

  const own = useRef<string | null>(null);
  const flushNow = useCallback(
    async (more: Readonly<Record<string, Value>>): Promise<boolean> => {
      const { pending: saved, calls: known } = current.current;
      if (pendingCount(saved) === 0 && Object.keys(more).length === 0) return false;
      own.current ??= known[0]?.id ?? services.newId();
      const ref: RecordRef = { kind: 'rollCall', id: own.current };
      const record = findRecord(useWorkspace.getState().records, ref);
      const values: Record<string, Value> = { ...more };
      if (record === undefined) Object.assign(values, { placement: { site }, call: { site, day } });
      if (Object.keys(saved.rooms).length > 0) values[`round.${services.newId().slice(0, 8)}`] = { rooms: saved.rooms };
      for (const [resident, mark] of Object.entries(saved.marks)) values[`mark.${resident}`] = mark;
      const edits = Object.entries(values).map(([field, value]) => ({
        field,
        value,
        base: record === undefined ? [] : baseOf(record, field, definitionOf('rollCall')),
      }));
      const outcome = await services.save({ records: [{ ref, edits }], action: 'edit', purpose: null });
      if (!outcome.ok) {
        addNotice({ tone: 'error', text: errorMessage(outcome.error) });
        return false;
      }
      // What was tapped while this was saved stays.
      setPending((now) => without(now, saved));
      await clear();
      return true;
    },
    [services, site, day, clear],
  );
  // One after the other: the second must know the record that the first has made.
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const flush = useCallback(
    (more: Readonly<Record<string, Value>> = {}): Promise<boolean> => {
      const saving = queue.current.then(() => flushNow(more));
      queue.current = saving;
      return saving;
    },
    [flushNow],
  );
  const last = useRef(flush);
  useEffect(() => {
    last.current = flush;
  });
  // After a lock nothing can be saved any more: the draft holds it until the page is opened again.
  useEffect(() => () => void last.current().catch(() => false), []);
  const count = pendingCount(pending);
  useEffect(() => {
    if (count >= atOnce) void last.current();
  }, [count]);

  const at = services.clockTime;
  return {
    pending,
    flush,
    mark: (resident: string, state: PresenceState) =>
      setPending((now) => ({ ...now, marks: { ...now.marks, [resident]: { state, at: at() } } })),
    /** The room was gone round; `expected` are those whose own mark would say nothing more. */
    closeRoom: (room: string, expected: readonly string[]) =>
      setPending(({ rooms, marks }) => ({
        rooms: { ...rooms, [room]: at() },
        marks: Object.fromEntries(Object.entries(marks).filter(([resident]) => !expected.includes(resident))),
      })),
  };
}

function without(now: Pending, saved: Pending): Pending {
  const rest = <T>(all: Readonly<Record<string, T>>, gone: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([key, value]) => gone[key] !== value));
  return { rooms: rest(now.rooms, saved.rooms), marks: rest(now.marks, saved.marks) };
}
