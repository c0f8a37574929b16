/**
 * Structured values as one text, both ways. These two functions also run in the page, as source text:
 * they use nothing from outside themselves but what they are given.
 */
export function encodeValue(value: unknown, toBase64: (bytes: Uint8Array) => string): string {
  const plain = (item: unknown): unknown => {
    if (item === undefined) return { $: 'undefined' };
    if (item === null || typeof item === 'string' || typeof item === 'boolean') return item;
    if (typeof item === 'number') return Number.isFinite(item) ? item : { $: 'number', v: String(item) };
    if (typeof item === 'bigint') return { $: 'bigint', v: String(item) };
    if (item instanceof Uint8Array) return { $: 'bytes', v: toBase64(item) };
    if (Array.isArray(item)) return item.map(plain);
    if (item instanceof Map) return { $: 'map', v: [...item].map(([key, held]) => [plain(key), plain(held)]) };
    if (typeof item !== 'object' || Object.prototype.toString.call(item) !== '[object Object]') {
      throw new TypeError('An object could not be cloned.');
    }
    const entries = Object.entries(item).map(([key, held]) => [key, plain(held)] as const);
    return '$' in item ? { $: 'object', v: entries } : Object.fromEntries(entries);
  };
  return JSON.stringify(plain(value));
}

/** The value that `encodeValue` was given; bytes come back as `Uint8Array`. */
export function decodeValue(text: string, fromBase64: (text: string) => Uint8Array): unknown {
  const entries = (pairs: unknown) => (pairs as [unknown, unknown][]).map(([key, held]) => [key, full(held)] as const);
  const tagged: Record<string, (v: unknown) => unknown> = {
    undefined: () => undefined,
    number: Number,
    bigint: (v) => BigInt(v as string),
    bytes: (v) => fromBase64(v as string),
    map: (v) => new Map((v as [unknown, unknown][]).map(([key, held]) => [full(key), full(held)])),
    object: (v) => Object.fromEntries(entries(v) as [string, unknown][]),
  };
  const full = (item: unknown): unknown => {
    if (item === null || typeof item !== 'object') return item;
    if (Array.isArray(item)) return item.map(full);
    if ('$' in item) return tagged[item.$ as string]?.((item as { v?: unknown }).v);
    return Object.fromEntries(entries(Object.entries(item)) as [string, unknown][]);
  };
  return full(JSON.parse(text));
}
