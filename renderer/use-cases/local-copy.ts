import { joinBytes, toHex, toUtf8, type Bytes } from '../../shared/kernel/bytes.ts';
import { isRecordId } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { BoxPlace, Cipher, SealedLocal, Sha256, UnreadableError } from '../../shared/ports.ts';
import {
  compartments,
  isRecordKind,
  type Compartment,
  type RecordRef,
  type Value,
} from '../../shared/records/record.ts';
import { tableOf } from '../../shared/records/tables.ts';
import { decodeEncodable, encodeCanonical, isValue } from '../../shared/sync/canonical.ts';
import { localsIn, type OpenedRow } from './record-rows.ts';
import type { Vault } from './vault.ts';

/** Local values of one record and compartment, as the second copy of this device holds them. */
export type OpenedLocal = {
  readonly ref: RecordRef;
  readonly c: Compartment;
  readonly n: number;
  readonly values: Readonly<Record<string, Value>>;
};

/** Stands for the record outside the box: an id there would tell which people have such answers. */
export const localName = (ref: RecordRef, c: Compartment, sha256: Sha256): Bytes =>
  sha256(joinBytes([toUtf8(`local|${tableOf[ref.kind]}|${ref.id}|${c}`)])).slice(0, 8);

const placeOf = ({ w, n, c }: Pick<SealedLocal, 'w' | 'n' | 'c'>): BoxPlace => ({
  table: 'locals',
  id: toHex(w),
  compartment: c,
  rev: n,
});

/** The edition of `c` that a row holds. They stay on this device: only the second copy gets them, never a frame. */
export async function sealLocal(
  cipher: Cipher,
  sha256: Sha256,
  { record, localNos }: OpenedRow,
  c: Compartment,
): Promise<SealedLocal> {
  const { kind, id } = record;
  const place = { w: localName(record, c, sha256), n: localNos[c] ?? 0, c };
  return { ...place, box: await cipher.seal(placeOf(place), encodeCanonical([1, kind, id, localsIn(record, c)])) };
}

export async function openLocal(cipher: Cipher, sealed: SealedLocal): Promise<Result<OpenedLocal, UnreadableError>> {
  const unreadable = err({ type: 'unreadable', ref: null } as const);
  const content = await cipher.open(placeOf(sealed), sealed.box);
  const decoded = content.ok ? decodeEncodable(content.value) : content;
  if (!decoded.ok || !Array.isArray(decoded.value)) return unreadable;
  const [version, kind, id, values] = decoded.value as readonly unknown[];
  if (version !== 1 || typeof kind !== 'string' || !isRecordKind(kind)) return unreadable;
  if (typeof id !== 'string' || !isRecordId(id) || !isValueMap(values)) return unreadable;
  return ok({ ref: { kind, id }, c: sealed.c, n: sealed.n, values });
}

/** The last editions in the second copy, of the compartments of this user. */
export async function* copiedLocals({
  secondCopy,
  cipher,
}: Pick<Vault, 'secondCopy' | 'cipher'>): AsyncGenerator<SealedLocal> {
  for (let skip = 0; ;) {
    const part = await secondCopy.readLocals(skip);
    if (part.length === 0) return;
    for (const sealed of part) if (cipher.compartments.includes(sealed.c)) yield sealed;
    skip += part.length;
  }
}

/** What the store holds of them, for the comparison with the second copy. */
export function noteLocals(
  { memory, sha256 }: Pick<Vault, 'memory' | 'sha256'>,
  { record, localNos }: OpenedRow,
): void {
  const ref = { kind: record.kind, id: record.id };
  for (const c of compartments) {
    const n = localNos[c];
    if (n !== undefined) memory.locals.set(toHex(localName(ref, c, sha256)), { ref, c, n });
  }
}

const isValueMap = (value: unknown): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isValue(value);
