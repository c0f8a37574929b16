/**
 * Columns for `unnest($1::bytea[], …)` in PostgreSQL's binary form: as text every byte would be two letters, made here
 * and read again there.
 */
type Item = Uint8Array | null;
const [bytea, text, bigint] = [17, 25, 20] as const;
const headLength = 20;

export const byteaArray = (items: readonly Item[]): Buffer => arrayOf(bytea, items);

export function textArray(items: readonly (string | null)[]): Buffer {
  // Kinds, fields and users come again in every row.
  const known = new Map<string, Buffer>();
  const bytesOf = (item: string) => {
    const bytes = known.get(item) ?? Buffer.from(item, 'utf8');
    known.set(item, bytes);
    return bytes;
  };
  return arrayOf(
    text,
    items.map((item) => (item === null ? null : bytesOf(item))),
  );
}

export function bigintArray(items: readonly (number | null)[]): Buffer {
  const bytes = Buffer.alloc(items.length * 8);
  return arrayOf(
    bigint,
    items.map((item, at) => {
      if (item === null) return null;
      bytes.writeBigInt64BE(BigInt(item), at * 8);
      return bytes.subarray(at * 8, at * 8 + 8);
    }),
  );
}

/** Number of dimensions, whether there are nulls, kind of the items, how many, first index; then length and bytes of each. */
function arrayOf(kind: number, items: readonly Item[]): Buffer {
  const out = Buffer.alloc(items.reduce((sum, item) => sum + 4 + (item?.length ?? 0), headLength));
  out.writeInt32BE(1, 0);
  out.writeInt32BE(items.includes(null) ? 1 : 0, 4);
  out.writeInt32BE(kind, 8);
  out.writeInt32BE(items.length, 12);
  out.writeInt32BE(1, 16);
  let at = headLength;
  for (const item of items) {
    at = out.writeInt32BE(item?.length ?? -1, at);
    if (item === null) continue;
    out.set(item, at);
    at += item.length;
  }
  return out;
}
