import { openIncoming } from '../shared/sync/redacted-frame.ts';
import type { Change } from '../shared/sync/change.ts';
import { dotKey } from '../shared/sync/dots.ts';
import type { Database } from './database.ts';
import type { Device } from './devices.ts';
import { refusalOfFrame } from './ingest.ts';
import { deflate, inflate, isSignedBy, sha256 } from './server-key.ts';

/**
 * A frame as it came, or as it says by itself what it named by operations that are here. What this endpoint does not
 * have, or has otherwise since it was put back, is a frame that cannot be read: the laptop sends it with everything in
 * it. Whether the right records were put back the chain tells afterwards.
 */
export async function expandFrame(
  database: Pick<Database, 'within'>,
  { id: device, municipality, publicKey }: Pick<Device, 'id' | 'municipality' | 'publicKey'>,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const verify = (id: string, digest: Uint8Array, signature: Uint8Array) =>
    id === device && isSignedBy(publicKey, digest, signature);
  const incoming = openIncoming(bytes, { sha256, inflate, verify });
  if (!incoming.ok) throw refusalOfFrame(incoming.error);
  const { wanted, expand } = incoming.value;
  const found = new Map<string, Pick<Change, 't' | 'id' | 'f'>>();
  if (wanted.length > 0) {
    const { rows } = await database.within({ task: 'ingest', municipality, device }, (tx) =>
      tx.query<{ w: Buffer; n: number; t: string; id: Buffer; f: string }>(
        'SELECT op.w, op.n, op.t, op.id, op.f FROM op JOIN unnest($1::bytea[], $2::bigint[]) AS asked (w, n) USING (w, n)',
        [wanted.map(({ w }) => w), wanted.map(({ n }) => n)],
      ),
    );
    for (const row of rows) found.set(dotKey(row), { t: row.t, id: new Uint8Array(row.id), f: row.f });
  }
  const expanded = expand((dot) => found.get(dotKey(dot)), deflate);
  if (!expanded.ok) throw refusalOfFrame(expanded.error);
  return expanded.value;
}
