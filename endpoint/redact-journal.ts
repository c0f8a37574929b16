import * as z from 'zod';
import { compartments } from '../shared/records/record.ts';
import { decodePage, type PageEntry } from '../shared/sync/page.ts';
import type { Change } from '../shared/sync/change.ts';
import { redactFrame } from '../shared/sync/redacted-frame.ts';
import { packOps, unpackOps } from '../shared/sync/row-codec.ts';
import { decisionEntry, readDecision } from './decision-entry.ts';
import type { JournalEntry } from './frame-journal.ts';
import { frameTools, inflate, sha256 } from './server-key.ts';

/** A page that came back, as the journal keeps it: whole, or after an erasure its operations alone. */
const pageEntry = z.looseObject({ page: z.base64().optional(), c: z.string().optional(), ops: z.base64().optional() });
type Kept = { readonly page?: string | undefined; readonly c?: string | undefined; readonly ops?: string | undefined };

/** An entry of the journal with `change` done to its operations; the same bytes where nothing changes. */
export function redactEntry({ kind, bytes }: JournalEntry, change: (op: Change) => Change): Uint8Array {
  if (kind === 1) {
    const redacted = redactFrame(bytes, change, frameTools);
    if (!redacted.ok) throw new Error('The frame journal holds a frame that cannot be read.');
    return redacted.value;
  }
  if (kind === 6) return redactDeposit(bytes, change);
  if (kind !== 4) return bytes;
  const { page, c, ops: packed, ...from } = pageEntry.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const present = opsOfJournal({ page, c, ops: packed });
  const ops = present.ops.map(change);
  if (ops.every((op, at) => op === present.ops[at])) return bytes;
  return Buffer.from(JSON.stringify({ ...from, c: present.c, ops: Buffer.from(packOps(ops)).toString('base64') }));
}

function redactDeposit(bytes: Uint8Array, change: (op: Change) => Change): Uint8Array {
  const decision = readDecision(bytes);
  if (decision.type !== 'deposit') return bytes;
  const frame = Buffer.from(decision.frame, 'base64');
  const redacted = redactFrame(frame, change, frameTools);
  if (!redacted.ok) throw new Error('The frame journal holds a deposit that cannot be read.');
  if (redacted.value === frame) return bytes;
  return decisionEntry({ ...decision, frame: Buffer.from(redacted.value).toString('base64') }).bytes;
}

/** The operations of a page in the journal; it was checked when it came. */
export function opsOfJournal({ page: text, c, ops: packed }: Kept) {
  const unreadable = 'The frame journal holds a page that cannot be read.';
  if (text !== undefined) {
    const page = decodePage(Buffer.from(text, 'base64'), { sha256, inflate, verify: () => true });
    if (!page.ok) throw new Error(unreadable);
    return { c: page.value.c, ops: opsOfEntries(page.value.entries) };
  }
  const compartment = compartments.find((one) => one === c);
  const ops = unpackOps(Buffer.from(packed ?? '', 'base64'));
  if (compartment === undefined || !ops.ok) throw new Error(unreadable);
  return { c: compartment, ops: ops.value };
}

export const opsOfEntries = (entries: readonly PageEntry[]): readonly Change[] =>
  entries.flatMap((entry) => (entry.kind === 'op' ? [entry.op] : []));
