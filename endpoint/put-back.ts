import type { ChangeLog } from './change-log.ts';
import type { Database, Transaction } from './database.ts';
import { decisionEntry, type DecisionOf } from './decision-entry.ts';
import { setStatus } from './device-status.ts';
import type { Device } from './devices.ts';

/** How often the store of a laptop was written, and its clock when it said so. */
export type Counted = { readonly counter: number; readonly wall: number };
const putBack = { status: 'deposit_only', reason: 'put-back' } as const;

/**
 * Compares the commits that a laptop counts with those it counted before. Fewer: its disk was put back, or somebody works
 * on an old copy of it. Then it may deliver and reads nothing, until a person has given a code for it or let it back in.
 * A question from before the last one was only long under way: it is answered so as well, and nothing is noted. Gives the
 * device as it stands for this question.
 */
export async function watchCounter(
  { database, log }: { readonly database: Database; readonly log: ChangeLog },
  device: Device,
  counted: Counted,
): Promise<Device> {
  const { id, municipality } = device;
  const context = { task: 'ingest', municipality, device: id } as const;
  const before = await database.within(context, async (tx) => {
    const { rows } = await tx.query<Counted>(
      'SELECT vault_counter AS counter, counter_wall AS wall FROM device WHERE id = $1',
      [id],
    );
    const [known = { counter: 0, wall: 0 }] = rows;
    if (counted.counter > known.counter) await note(tx, id, counted);
    return known;
  });
  if (counted.counter >= before.counter || device.status !== 'active') return device;
  if (counted.wall <= before.wall) return { ...device, ...putBack };
  return log.record(context, async (tx) => {
    const decision: DecisionOf<'status'> = { type: 'status', municipality, device: id, ...putBack };
    await setStatus(tx, decision);
    // From here on it counts anew: the same image does not raise the alarm a second time.
    await note(tx, id, counted);
    return { result: { ...device, ...putBack }, journal: decisionEntry(decision) };
  });
}

const note = (tx: Transaction, id: string, { counter, wall }: Counted) =>
  tx.query('UPDATE device SET vault_counter = $2, counter_wall = $3 WHERE id = $1', [id, counter, wall]);
