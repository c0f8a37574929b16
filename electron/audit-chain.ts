import { toHex, toUtf8, type Bytes } from '../shared/kernel/bytes.ts';
import type { Request, Response } from '../shared/ipc-contract.ts';
import {
  auditEntrySchema,
  auditHash,
  emptyAuditHead,
  signedAuditSchema,
  type AuditHead,
  type SignedAudit,
} from '../shared/vault/audit-entry.ts';
import { boxAad, boxHeader, makeBox, padPlaintext, parseBoxHeader, unpadPlaintext } from '../shared/vault/box.ts';
import type { DeviceVault } from './device-vault.ts';
import type { EventLog } from './event-log.ts';
import { parseForeignJson } from './foreign-json.ts';
import { openBytes, randomOf, sealBytes, sha256 } from './node-crypto.ts';

const header = boxHeader({ epoch: 0, schema: 1 });
const aadOf = (seq: number, device: string) =>
  boxAad({ header, table: 'audit', id: String(seq), compartment: 'audit', rev: seq, device });
/** The head is also in the journal; this is how far the sealed state may lie behind it. */
const writeHeadEvery = 20;
const clockToleranceMs = 600_000;

/** The signed entry in a row of the audit table; undefined when it is not one of this device. */
export function openAuditBox(box: Uint8Array, seq: number, device: string, key: Bytes): SignedAudit | undefined {
  const parts = parseBoxHeader(box);
  if (!parts.ok) return undefined;
  const padded = openBytes(key, aadOf(seq, device), parts.value.nonce, parts.value.sealed);
  const content = padded === undefined ? undefined : unpadPlaintext(padded);
  const signed = content?.ok === true ? parseForeignJson(content.value, signedAuditSchema) : undefined;
  return signed?.entry.seq === seq ? signed : undefined;
}

type Row = { readonly seq: number; readonly box: Uint8Array };

/**
 * One chain for all users of the device. An entry that was prepared counts only when the row that carries it comes
 * back to be journalled; until then the next one gets the same number.
 */
export function makeAuditChain(settings: {
  readonly vault: DeviceVault;
  /** The audit row that was journalled last. */
  readonly lastJournalled: () => Row | undefined;
  readonly version: string;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  readonly log: EventLog;
}) {
  const { vault, version, nowMs, monotonicMs, log } = settings;
  const bootId = toHex(randomOf(8));
  let head: AuditHead | undefined;
  let unwritten = 0;
  const openRow = (row: Row): SignedAudit | undefined => {
    const key = vault.auditLogKey();
    const device = vault.state()?.device;
    return key === undefined || device === undefined ? undefined : openAuditBox(row.box, row.seq, device, key);
  };
  /** The later of what the sealed state remembers and the last row of the journal; asked for again while both are shut. */
  const currentHead = (): AuditHead => {
    const kept = vault.state()?.audit;
    if (head !== undefined || kept === undefined) return head ?? emptyAuditHead;
    const last = settings.lastJournalled();
    const signed = last && openRow(last);
    if (kept.seq > (last?.seq ?? 0)) log('audit-behind', { count: kept.seq - (last?.seq ?? 0) });
    const later = signed !== undefined && signed.entry.seq > kept.seq;
    head = later ? { seq: signed.entry.seq, hash: toHex(auditHash(signed.entry, sha256)) } : kept;
    return head;
  };
  const writeHead = (): void => {
    if (unwritten > 0) vault.update({ audit: currentHead() });
    unwritten = 0;
  };

  return {
    prepare: (request: Request<'audit:prepare'>): Response<'audit:prepare'> => {
      const state = vault.state();
      const who = vault.current();
      const key = vault.auditLogKey();
      if (state === undefined || who === undefined || key === undefined) throw new Error('Bug: nobody is unlocked');
      const { seq, hash } = currentHead();
      const entry = auditEntrySchema.parse({
        seq: seq + 1,
        deviceId: state.device,
        bootId,
        monotonicMs: Math.floor(monotonicMs()),
        wallTime: nowMs(),
        clockSuspect: nowMs() < state.latestMs - clockToleranceMs,
        userId: who.user,
        onBehalfOf: null,
        role: who.role,
        action: request.action,
        objectType: request.kind,
        objectId: request.id,
        compartments: who.compartments,
        purpose: request.purpose,
        result: 'done',
        breakGlass: false,
        policyHash: state.policy,
        appVersion: version,
        failedUnlocks: state.failedUnlocks,
        prevHash: hash,
      });
      const sig = vault.signAsUser(auditHash(entry, sha256));
      if (sig === undefined) throw new Error('Bug: nobody is unlocked');
      const plaintext = padPlaintext(toUtf8(JSON.stringify({ entry, sig: toHex(sig) } satisfies SignedAudit)));
      const { nonce, sealed } = sealBytes(key, aadOf(entry.seq, state.device), plaintext);
      return { seq: entry.seq, box: makeBox(header, nonce, sealed) };
    },

    /** `next` follows the head, `known` is not after it, `foreign` fits nowhere. */
    place: (row: Row): 'next' | 'known' | 'foreign' => {
      const { seq, hash } = currentHead();
      if (row.seq <= seq) return 'known';
      const signed = openRow(row);
      return signed !== undefined && row.seq === seq + 1 && signed.entry.prevHash === hash ? 'next' : 'foreign';
    },

    /** Moves the head to a row that `place` called `next` and that is now fsynced. */
    advance: (row: Row): void => {
      const signed = openRow(row);
      const state = vault.state();
      if (signed === undefined || state === undefined) return;
      head = { seq: row.seq, hash: toHex(auditHash(signed.entry, sha256)) };
      unwritten += 1;
      const failedUnlocks = Math.max(0, state.failedUnlocks - signed.entry.failedUnlocks);
      if (signed.entry.failedUnlocks > 0) vault.update({ failedUnlocks });
      if (unwritten >= writeHeadEvery) writeHead();
    },

    /** Writes the head into the sealed state; before lock and quit. */
    flush: writeHead,
  };
}
