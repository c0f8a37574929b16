import type { Request, Response } from '../shared/ipc-contract.ts';
import { toHex, type Bytes } from '../shared/kernel/bytes.ts';
import { auditHash, emptyAuditHead, type AuditEntry } from '../shared/vault/audit-entry.ts';
import { openAuditBox } from './audit-chain.ts';
import type { JournalRow } from './journal.ts';
import { sha256 } from './node-crypto.ts';

type Extract = Response<'audit:extract'>;
/** How old the entry may be that says that this user gathers what is held about the person. */
const askedWithinMs = 10 * 60_000;
/** What every such entry begins with. */
const accessPurpose = 'subject access';

/**
 * The lines of the log about these records, the person first: who did what with them, when and what for. Nobody gets them
 * without an entry of his own about it, so that colleagues cannot look up who looked at whom and leave no trace.
 * `isWhole` is false where a line is missing, cannot be read or does not follow the one before it.
 */
export async function extractAudit(
  rows: Iterable<JournalRow> | AsyncIterable<JournalRow>,
  { ids }: Request<'audit:extract'>,
  who: { readonly user: string; readonly device: string; readonly key: Bytes; readonly nowMs: number },
): Promise<Extract> {
  const wanted = new Set(ids);
  const found: AuditEntry[] = [];
  let head = emptyAuditHead;
  let isWhole = true;
  let isAsked = false;
  for await (const row of rows) {
    const entry = openAuditBox(row.box, row.seq, who.device, who.key)?.entry;
    isWhole &&= row.seq === head.seq + 1 && entry?.prevHash === head.hash;
    if (entry === undefined) continue;
    head = { seq: row.seq, hash: toHex(auditHash(entry, sha256)) };
    isAsked ||= entry.objectId === ids[0] && isAccess(entry, who.user, who.nowMs);
    if (wanted.has(entry.objectId)) found.push(entry);
  }
  if (!isAsked) return { refused: 'not-asked' };
  return {
    isWhole,
    entries: found.map((entry) => ({
      ...{ atMs: entry.wallTime, clockSuspect: entry.clockSuspect, user: entry.userId, role: entry.role },
      ...{ action: entry.action, kind: entry.objectType, id: entry.objectId, purpose: entry.purpose },
      breakGlass: entry.breakGlass,
    })),
  };
}

const isAccess = (entry: AuditEntry, user: string, nowMs: number) =>
  entry.userId === user &&
  entry.action === 'view' &&
  entry.purpose?.startsWith(accessPurpose) === true &&
  Math.abs(nowMs - entry.wallTime) <= askedWithinMs;
