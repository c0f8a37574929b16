import type { Host } from '../../shared/ipc-contract.ts';
import type { Repair, WritingClock } from '../../shared/ports.ts';
import type { Diagnosis } from '../services.tsx';
import { useSession } from '../stores/session-store.ts';
import { useSync } from '../stores/sync-store.ts';
import type { Session } from './open-session.ts';

/** Numbers and codes of both processes. What of it cannot be had is null: the rest is still worth telling. */
export async function diagnose(
  host: Pick<Host, 'app:diagnosis'>,
  clock: WritingClock,
  counts: () => Promise<Diagnosis['counts']>,
  session: Session | undefined,
): Promise<Diagnosis> {
  const { unsent, oldestUnsentMs, pulledMs, failure } = useSync.getState();
  const { repairs } = useSession.getState();
  const pulled = Object.values(pulledMs);
  const found = await counts().catch(() => null);
  return {
    ...(await host['app:diagnosis'](undefined)),
    nowMs: clock.nowMs(),
    counts: found && { ops: found.ops, rows: found.rows },
    exchange:
      session === undefined
        ? null
        : {
            unsent,
            oldestUnsentMs,
            oldestPulledMs: pulled.length === 0 ? null : Math.min(...pulled),
            failure,
            clockQuality: clock.quality(),
          },
    repaired: sum(repairs, repairedBy),
    unreadable: sum(repairs, lostBy),
  };
}

const sum = (repairs: readonly Repair[], count: (repair: Repair) => number) =>
  repairs.reduce((total, repair) => total + count(repair), 0);

function repairedBy(repair: Repair): number {
  if (repair.type === 'restored' || repair.type === 'copied-again') return repair.ops + repair.locals;
  return repair.type === 'rebuilt' ? repair.records.length : 0;
}

function lostBy(repair: Repair): number {
  if (repair.type === 'lost-ops' || repair.type === 'missing') return repair.ops;
  return repair.type === 'lost' ? repair.records.length : 0;
}
