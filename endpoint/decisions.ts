import type { ChangeLog } from './change-log.ts';
import { readDecision } from './decision-entry.ts';
import { putAside } from './deposit.ts';
import { setStatus } from './device-status.ts';
import { rejectNow } from './held-decisions.ts';
import { settleDeposits } from './quarantine.ts';

/** A decision of the journal, into a database that has forgotten it. */
export async function replayDecision(log: ChangeLog, bytes: Uint8Array): Promise<void> {
  const decision = readDecision(bytes);
  const { municipality } = decision;
  const device = 'device' in decision ? { device: decision.device } : {};
  await log.record({ task: 'ingest', municipality, ...device }, async (tx, g) => {
    switch (decision.type) {
      case 'status':
        await setStatus(tx, decision);
        break;
      case 'deposit':
        await putAside(tx, g, decision.device, Buffer.from(decision.frame, 'base64'));
        break;
      case 'settled':
        await settleDeposits(tx, decision);
        break;
      case 'reject':
        await rejectNow(tx, g, decision);
        break;
    }
    return { result: undefined, journal: { kind: 6, bytes } };
  });
}
