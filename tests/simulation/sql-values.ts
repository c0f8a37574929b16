/** Columns as `endpoint/sql-arrays.ts` writes them, read back: the tables in memory take lists. */
export const readValue = (value: unknown): unknown => (isColumn(value) ? itemsOf(value) : value);

const [bytea, text, bigint] = [17, 25, 20] as const;
const headLength = 20;

function isColumn(value: unknown): value is Buffer {
  if (!(value instanceof Buffer) || value.length < headLength) return false;
  const [dimensions, nulls, kind, first] = [0, 4, 8, 16].map((at) => value.readInt32BE(at));
  const isKind = kind === bytea || kind === text || kind === bigint;
  return dimensions === 1 && (nulls === 0 || nulls === 1) && isKind && first === 1 && endOf(value) === value.length;
}

function endOf(column: Buffer): number {
  let at = headLength;
  for (let left = column.readInt32BE(12); left > 0; left--) {
    if (at + 4 > column.length) return -1;
    at += 4 + Math.max(0, column.readInt32BE(at));
  }
  return at;
}

function itemsOf(column: Buffer): readonly (Uint8Array | string | number | null)[] {
  const kind = column.readInt32BE(8);
  const items: (Uint8Array | string | number | null)[] = [];
  for (let at = headLength; at < column.length;) {
    const length = column.readInt32BE(at);
    at += 4;
    const bytes = length < 0 ? null : Uint8Array.from(column.subarray(at, at + length));
    at += Math.max(0, length);
    if (bytes === null) items.push(null);
    else if (kind === text) items.push(Buffer.from(bytes).toString('utf8'));
    else items.push(kind === bigint ? Number(Buffer.from(bytes).readBigInt64BE()) : bytes);
  }
  return items;
}
