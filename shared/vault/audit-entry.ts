import * as z from 'zod';
import { fromHex, joinBytes, toHex, toUtf8, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { compartments } from '../records/record.ts';
import { canonicalJson } from './canonical-json.ts';
import { deviceId, userId } from './key-slot.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of the audit log: who did what to which record, when and what for. Never a value of the record. */
export const auditEntrySchema = z.strictObject({
  seq: z.int().min(1),
  deviceId,
  bootId: z.string().regex(/^[0-9a-f]{16}$/),
  monotonicMs: z.int().min(0),
  wallTime: z.int(),
  /** The clock stood before a time that this device has already seen. */
  clockSuspect: z.boolean(),
  userId,
  onBehalfOf: userId.nullable(),
  role: z.string().max(20),
  action: z.string().min(1).max(40),
  objectType: z.string().max(40),
  objectId: z.string().max(80),
  compartments: z.array(z.enum(compartments)),
  purpose: z.string().max(200).nullable(),
  result: z.enum(['done', 'refused']),
  breakGlass: z.boolean(),
  policyHash: hash,
  appVersion: z.string().max(40),
  /** Refused unlocks on this device since the entry before: nobody was there to sign one of their own. */
  failedUnlocks: z.int().min(0),
  prevHash: hash,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const signedAuditSchema = z.strictObject({
  entry: auditEntrySchema,
  /** Ed25519 by the user's own audit key over the hash. */
  sig: z.string().regex(/^[0-9a-f]{128}$/),
});
export type SignedAudit = z.infer<typeof signedAuditSchema>;

export type AuditHead = { readonly seq: number; readonly hash: string };
/** Before the first entry of a device. */
export const emptyAuditHead: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** SHA-256(previous hash ‖ canonical entry): what is signed, and what the next entry points at. */
export function auditHash(entry: AuditEntry, sha256: (bytes: Uint8Array) => Bytes): Bytes {
  return sha256(joinBytes([fromHex(entry.prevHash), toUtf8(canonicalJson(entry))]));
}

export type AuditBrokenError = {
  readonly type: 'audit-broken';
  readonly seq: number;
  readonly why: 'gap' | 'chain' | 'signature';
};

/**
 * The head after `entries`, which follow `from` without a gap. A removed, changed, moved or added entry gives the
 * number at which the chain breaks.
 */
export function followAudit(
  from: AuditHead,
  entries: readonly SignedAudit[],
  check: {
    readonly sha256: (bytes: Uint8Array) => Bytes;
    readonly isSigned: (user: string, hash: Bytes, signature: Bytes) => boolean;
  },
): Result<AuditHead, AuditBrokenError> {
  let head = from;
  for (const { entry, sig } of entries) {
    const broken = (why: AuditBrokenError['why']) => err({ type: 'audit-broken' as const, seq: entry.seq, why });
    if (entry.seq !== head.seq + 1) return broken('gap');
    if (entry.prevHash !== head.hash) return broken('chain');
    const itsHash = auditHash(entry, check.sha256);
    if (!check.isSigned(entry.userId, itsHash, fromHex(sig))) return broken('signature');
    head = { seq: entry.seq, hash: toHex(itsHash) };
  }
  return ok(head);
}
