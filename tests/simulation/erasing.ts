import { inflateRawSync } from 'node:zlib';
import { redactEntry } from '../../endpoint/redact-journal.ts';
import { frameTools } from '../../endpoint/server-key.ts';
import { toHex } from '../../shared/kernel/bytes.ts';
import type { Change } from '../../shared/sync/change.ts';
import { withoutErased } from '../../shared/sync/erasure.ts';
import { decodePage } from '../../shared/sync/page.ts';
import { redactFrame } from '../../shared/sync/redacted-frame.ts';
import { isPageSignature, sha256, type SimulatedEndpoint } from './endpoint.ts';
import { recordsOn } from './final-checks.ts';
import { opInBody } from './holders.ts';
import type { Laptop } from './laptop.ts';
import { must, opsInBox } from './oracle.ts';
import type { Prng } from './prng.ts';

const inflate = (bytes: Uint8Array, maxOutputLength: number) => inflateRawSync(bytes, { maxOutputLength });
/** Where a record belongs and that it was deleted stays, and says nothing of a person. */
const lasting: readonly string[] = ['placement', '_deleted', '_erased'];

/** A person asks for it: a whole record that the endpoint has, or one of its fields. What was asked for, for the note. */
export async function eraseSomething(endpoint: SimulatedEndpoint, prng: Prng): Promise<string | undefined> {
  const records = [...endpoint.database.rows.opsOfRecord.values()].filter((ops) => ops.length > 0);
  if (records.length === 0) return undefined;
  // Early records are those that several laptops have.
  const ops = prng.pick(prng.chance(0.6) ? records.slice(0, 2) : records);
  const fields = [...new Set(ops.map(({ f }) => f))].filter((field) => !lasting.includes(field));
  const f = fields.length === 0 || prng.chance(0.5) ? '_erased' : prng.pick(fields);
  const [first] = ops;
  if (first === undefined) return undefined;
  await endpoint.erase(first.t, first.id, f);
  return `${first.t} ${toHex(first.id).slice(0, 8)} ${f}`;
}

/** I12: what was erased is nowhere any more, whatever came back meanwhile; images and backups of before are not asked. */
export async function checkErased(laptops: readonly Laptop[], endpoint: SimulatedEndpoint): Promise<void> {
  const { erasures } = endpoint;
  if (erasures.length === 0) return;
  const change = (op: Change): Change =>
    erasures
      .filter(({ t, record }) => op.t === t && toHex(op.id) === record)
      .reduce((left, { f }) => withoutErased(left, { whole: f === '_erased', fields: new Set([f]) }, sha256), op);
  const isGone = (op: Change, where: string) =>
    must(change(op) === op, 'I12', `${where}: the erased ${op.f} of ${op.t} ${toHex(op.w)}.${op.n}`);
  const { rows } = endpoint.database;
  for (const ops of rows.ops.values()) for (const { body } of ops) isGone(opInBody(body), 'the table of the endpoint');
  for (const { bytes } of rows.frames) must(isRedacted(bytes, change), 'I12', 'a frame holds what was erased');
  for (const { why, bytes } of rows.quarantine)
    must(why === 'erased' || isRedacted(bytes, change), 'I12', 'what was put aside holds what was erased');
  for (const entry of endpoint.kept)
    must(redactEntry(entry, change) === entry.bytes, 'I12', `entry ${entry.g} of the journal holds what was erased`);
  for (const laptop of laptops) {
    const { disk, no } = laptop;
    const held = (await recordsOn(laptop)).flatMap(({ ops }) => ops);
    for (const op of held) isGone(op, `a row of laptop ${no}`);
    for (const ops of disk.store.ops.values())
      for (const { box } of ops.values()) for (const op of opsInBox(box)) isGone(op, `operations of laptop ${no}`);
    for (const { box } of disk.journal.values())
      for (const op of opsInBox(box)) isGone(op, `the second copy of laptop ${no}`);
    for (const { box } of disk.store.pages.values()) {
      const page = decodePage(box.subarray(1 + (box[0] ?? 0)), { sha256, inflate, verify: isPageSignature });
      if (!page.ok) throw new Error('Bug: a page on a laptop cannot be read');
      for (const entry of page.value.entries) if (entry.kind === 'op') isGone(entry.op, `a page of laptop ${no}`);
    }
  }
}

function isRedacted(bytes: Uint8Array, change: (op: Change) => Change): boolean {
  const redacted = redactFrame(bytes, change, frameTools);
  return redacted.ok && redacted.value === bytes;
}
