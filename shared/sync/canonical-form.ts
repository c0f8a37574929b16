import type { Value } from '../records/record.ts';

/** What the encoder takes beside a `Value`: byte strings, for hashes and frame bodies. */
export type Encodable = Value | Uint8Array | readonly Encodable[] | { readonly [key: string]: Encodable };

/** Deeper than this is refused on both sides: a hostile value must not exhaust the stack. */
export const maxDepth = 20;

/** Order of well-formed texts by their UTF-8 bytes, which is not the order of `<`. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others, though their code units are not the highest. */
const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
