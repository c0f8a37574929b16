import { encode } from 'uqr';
import type { ContributionReceipt } from '../../../shared/contribution/decision.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { encodeCanonical } from '../../../shared/sync/canonical.ts';

/** SHA-256 over the hexadecimal text of the canonical encoding of a receipt: the same on every laptop. */
export const receiptHash = (receipt: ContributionReceipt, hashOf: (text: string) => string): string =>
  hashOf(toHex(encodeCanonical(receipt)));

/** What the code on a letter says: which decision, and the hash its receipt must have. Nothing of a person. */
export const markText = ({ id, hash }: { readonly id: string; readonly hash: string }): string =>
  `onderdak:decision:${id}:${hash}`;

/** The dark squares of the code as one SVG path, in units of a square; `size` includes the quiet border. */
export function markPath(text: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { path, size };
}
