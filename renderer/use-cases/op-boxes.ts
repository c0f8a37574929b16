import { toHex } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { BoxPlace, Cipher, SealedOp, UnreadableError } from '../../shared/ports.ts';
import type { Compartment } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';
import { packOps, unpackOps } from '../../shared/sync/row-codec.ts';
import { noteOrigin } from './record-rows.ts';

/**
 * Operations of one save and compartment stand in one box: sealing and storing cost by the box, hardly by the byte. Not
 * more than these, because reading one opens all, and erasing one seals all anew. Some fifty lines of a list.
 */
export const opsPerBox = 512;

type Place = Pick<SealedOp, 'w' | 'n' | 'm' | 'c'>;

export const lastIn = ({ n, m }: Pick<SealedOp, 'n' | 'm'>): number => n + (m ?? 1) - 1;
export const countIn = (boxes: readonly Pick<SealedOp, 'm'>[]): number =>
  boxes.reduce((sum, { m }) => sum + (m ?? 1), 0);
/** By this a box is found again: no two begin at the same number of a writer. */
export const nameOfBox = ({ w, n }: Pick<SealedOp, 'w' | 'n'>): string => `${toHex(w)}.${n}`;

/** How many there are is part of the seal. */
const placeOf = ({ w, n, m, c }: Place): BoxPlace => ({
  table: 'ops',
  id: m === undefined ? nameOfBox({ w, n }) : `${nameOfBox({ w, n })}+${m}`,
  compartment: c,
  rev: n,
});

/** New operations of a writer, in order of their number, in as few boxes as they go. */
export function sealOps(
  cipher: Cipher,
  w: Uint8Array,
  c: Compartment,
  changes: readonly Change[],
): Promise<readonly SealedOp[]> {
  const boxes: Promise<SealedOp>[] = [];
  for (let at = 0; at < changes.length; at += opsPerBox) {
    const part = changes.slice(at, at + opsPerBox);
    const place = { w, n: part[0]?.n ?? 0, c, ...(part.length > 1 ? { m: part.length } : {}) };
    boxes.push(sealBox(cipher, place, part));
  }
  return Promise.all(boxes);
}

/** The box of this place with these operations; those that are lost for good are left out of it. */
export const sealBox = async (
  cipher: Cipher,
  { w, n, m, c }: Place,
  changes: readonly Change[],
): Promise<SealedOp> => ({
  w,
  n,
  c,
  ...(m === undefined ? {} : { m }),
  box: await cipher.seal(placeOf({ w, n, m, c }), packOps(changes)),
});

/** What a box holds, in order of number: only numbers that belong in it. */
export async function openOps(cipher: Cipher, sealed: SealedOp): Promise<Result<readonly Change[], UnreadableError>> {
  const unreadable = err({ type: 'unreadable', ref: null } as const);
  const content = await cipher.open(placeOf(sealed), sealed.box);
  const ops = content.ok ? unpackOps(content.value) : content;
  if (!ops.ok || ops.value.length === 0) return unreadable;
  const w = toHex(sealed.w);
  let next = sealed.n;
  for (const op of ops.value) {
    if (op.n < next || toHex(op.w) !== w) return unreadable;
    next = op.n + 1;
    noteOrigin(op, sealed.c);
  }
  return next - 1 > lastIn(sealed) ? unreadable : ok(ops.value);
}
