import type { Change } from '../shared/sync/change.ts';
import { redactFrame } from '../shared/sync/redacted-frame.ts';
import type { ChangeLog } from './change-log.ts';
import { Refusal, type Transaction } from './database.ts';
import { decisionEntry } from './decision-entry.ts';
import type { Device } from './devices.ts';
import { leafOnlyOf } from './leaf-only.ts';
import { frameTools } from './server-key.ts';

/**
 * What a laptop that may not write any more still brings: kept, in the journal too, and in no feed until a person has
 * looked. The same again changes nothing. Always ends in the refusal that says so.
 */
export async function deposit(
  log: ChangeLog,
  { id: device, municipality }: Pick<Device, 'id' | 'municipality'>,
  ops: readonly Change[],
  bytes: Uint8Array,
): Promise<never> {
  await log.record({ task: 'ingest', municipality, device }, async (tx, g) => {
    const { change, late } = await leafOnlyOf(tx, ops);
    const redacted = late.length === 0 ? undefined : redactFrame(bytes, change, frameTools);
    if (redacted?.ok === false) throw new Error('Bug: a frame that was read cannot be read');
    const frame = redacted?.value ?? bytes;
    const present = await tx.query(`SELECT FROM quarantine WHERE device = $1 AND why = 'revoked' AND bytes = $2`, [
      device,
      frame,
    ]);
    if (present.rowCount !== 0) return { result: undefined, journal: null };
    await putAside(tx, g, device, frame);
    const kept = Buffer.from(frame).toString('base64');
    return { result: undefined, journal: decisionEntry({ type: 'deposit', municipality, device, frame: kept }) };
  });
  throw new Refusal({ err: 'REVOKED', deposit: 'quarantine' });
}

export async function putAside(tx: Transaction, g: number, device: string, frame: Uint8Array): Promise<void> {
  await tx.query(`INSERT INTO quarantine (device, why, bytes, g) VALUES ($1, 'revoked', $2, $3)`, [device, frame, g]);
}
