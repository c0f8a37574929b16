import { inflateRawSync } from 'node:zlib';
import { toHex } from '../../shared/kernel/bytes.ts';
import { decodePage } from '../../shared/sync/page.ts';
import { unpackOne } from '../../endpoint/feeds.ts';
import type { Change } from '../../shared/sync/change.ts';
import { isPageSignature, sha256 } from './endpoint.ts';
import type { Laptop } from './laptop.ts';
import { opsInBox } from './oracle.ts';
import { intentOf } from './reference.ts';
import type { Rows } from './tables.ts';

const inflate = (bytes: Uint8Array, maxOutputLength: number) => inflateRawSync(bytes, { maxOutputLength });

/** Every intent that the endpoint has, or some laptop as its author or in a page that proves it. */
export function heldIntents(laptops: readonly Laptop[], rows: Rows): ReadonlySet<string> {
  const held = new Set<string>();
  for (const ops of rows.ops.values()) for (const { body } of ops) held.add(intentOf(opInBody(body)));
  for (const { disk } of laptops) {
    const stored = [...disk.store.ops.values()].flatMap((ops) => [...ops.values()]);
    for (const { box } of [...disk.journal.values(), ...stored]) for (const op of opsInBox(box)) held.add(intentOf(op));
    for (const { box } of disk.store.pages.values()) {
      // The cipher of the tests is clear text behind its place.
      const page = decodePage(box.subarray(1 + (box[0] ?? 0)), { sha256, inflate, verify: isPageSignature });
      if (!page.ok) throw new Error('Bug: a page on a laptop cannot be read');
      for (const entry of page.value.entries) if (entry.kind === 'op') held.add(intentOf(entry.op));
    }
  }
  return held;
}

const unpacked = new WeakMap<Uint8Array, Change>();
/** An operation as the endpoint keeps it. */
export function opInBody(body: Uint8Array): Change {
  const known = unpacked.get(body) ?? unpackOne(body);
  unpacked.set(body, known);
  return known;
}

/** By writer, what laptops count as sent and the endpoint has forgotten: true until they hear of it. */
export const forgottenBy = (laptops: readonly Laptop[], rows: Rows): ReadonlyMap<string, number> =>
  new Map(
    laptops.flatMap(({ disk }) =>
      [...disk.store.writers.values()].flatMap(({ w, acked }) => {
        const have = rows.writers.get(toHex(w))?.have_n ?? 0;
        return acked > have ? [[toHex(w), acked] as const] : [];
      }),
    ),
  );
