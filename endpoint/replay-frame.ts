import { compartments } from '../shared/records/record.ts';
import type { ChangeLog } from './change-log.ts';
import { Refusal, type Database } from './database.ts';
import { findDevice } from './devices.ts';
import { heldReason } from './held.ts';
import { ingestFrame, readFrame, type Known } from './ingest.ts';
import { leafOnlyOf } from './leaf-only.ts';
import { storeAlone } from './redeposit.ts';

/**
 * A frame of the journal, into a database that has forgotten it. What was before it may be in no file: the journal was
 * lost once, and then the database was put back to before that. The frame stands alone then, until its author has sent
 * what was between. `refused`: its numbers went to something else; it stays in the journal and in quarantine.
 */
export async function replayFrame(database: Database, log: ChangeLog, bytes: Uint8Array): Promise<'taken' | 'refused'> {
  const [id] =
    /"device":"(d_[0-9a-f]{16})"/.exec(Buffer.from(bytes.subarray(0, 4200)).toString('latin1'))?.slice(1) ?? [];
  const found = await database.within({ task: 'identify', device: id ?? '' }, (tx) => findDevice(tx, id ?? ''));
  if (found === undefined) throw new Error('The frame journal holds a frame of a device it does not know.');
  const known: Known = { ...found, device: { ...found.device, status: 'active' } };
  try {
    await ingestFrame(log, known, bytes);
    return 'taken';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.answer.err === 'FORK') return 'refused';
    if (error.answer.err !== 'GAP') throw error;
  }
  await replayAlone(log, known, bytes);
  return 'taken';
}

async function replayAlone(log: ChangeLog, { device, grants }: Known, bytes: Uint8Array): Promise<void> {
  const { header, ops } = readFrame(device, bytes);
  const c = compartments.find((one) => one === header.c);
  if (c === undefined) throw new Error('Bug: a frame of no compartment');
  const grant = grants.find(({ user }) => user === header.user);
  await log.record({ task: 'ingest', municipality: device.municipality, device: device.id }, async (tx, g) => {
    const { change } = await leafOnlyOf(tx, ops);
    await storeAlone(tx, g, { c, ops: ops.map(change) }, (op) => heldReason(op, header.user, c, grant));
    return { result: undefined, journal: { kind: 1, bytes } };
  });
}
