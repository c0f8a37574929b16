import { inflateRawSync } from 'node:zlib';
import { equalBytes } from '../shared/kernel/bytes.ts';
import { recordIdOf } from '../shared/kernel/ids.ts';
import type { Request, Response } from '../shared/ipc-contract.ts';
import { decodePage } from '../shared/sync/page.ts';
import { failure } from './endpoint-answer.ts';
import { isSignedBy, sha256, toBytes } from './node-crypto.ts';

const inflate = (bytes: Uint8Array, maxOutputLength: number): Uint8Array | null => {
  try {
    return toBytes(inflateRawSync(bytes, { maxOutputLength }));
  } catch {
    return null;
  }
};

/** The page that was asked for, signed by this endpoint and following on the position that was named. */
export function readPulled(
  body: Uint8Array,
  { site, c, pos, h }: Request<'sync:pull'>,
  serverKey: Uint8Array,
): Response<'sync:pull'> {
  const verify = (digest: Uint8Array, signature: Uint8Array) => isSignedBy(serverKey, digest, signature);
  // Plain bytes: parts of a Buffer would cross to the page as something else.
  const raw = toBytes(body);
  const page = decodePage(raw, { sha256, inflate, verify });
  if (!page.ok) return failure(page.error.type === 'bad-signature' ? 'wrong-endpoint' : 'endpoint-failed');
  const { value } = page;
  if (value.site !== site || value.c !== c) return failure('wrong-endpoint');
  if (value.from !== pos + 1 || !equalBytes(value.before, h)) return failure('rewound');
  return {
    from: value.from,
    to: value.to,
    h: toBytes(value.after),
    more: value.more,
    entries: value.entries.map((entry) =>
      entry.kind === 'op'
        ? { kind: 'op', c, op: entry.op }
        : { kind: entry.kind, record: { kind: entry.t, id: recordIdOf(entry.id) } },
    ),
    raw,
  };
}
