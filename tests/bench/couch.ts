import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Written } from './sync-edits.ts';
import { openLink, type Counted } from './link.ts';
import { loadPeer } from './peers.ts';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return --
   The peers are not installed with the app, so their types are not there either. */

/**
 * The same edits as documents in PouchDB, replicated to a server that speaks CouchDB, in batches of 1,000; null when it
 * is not installed. Counted is what goes over the line once both have the records as they were before.
 */
export async function replicateWithPouch(work: Written): Promise<Counted | null> {
  const names = ['pouchdb-core', 'pouchdb-adapter-memory', 'pouchdb-adapter-http', 'pouchdb-replication'];
  const loaded = await Promise.all([...names, 'express-pouchdb'].map(loadPeer));
  if (loaded.some((part) => part === null)) return null;
  const [core, memory, overHttp, replication, express] = loaded.map((part: any) => part.default ?? part);
  const Pouch = core.plugin(memory).plugin(overHttp).plugin(replication);
  const InMemory = Pouch.defaults({ adapter: 'memory', prefix: `bench-${String(process.pid)}-` });
  const app = express(InMemory, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' });
  const server = http.createServer(app);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const link = await openLink(address);
  try {
    const local = new Pouch('local', { adapter: 'memory' });
    await local.bulkDocs(work.before.map(({ id, values }) => ({ _id: id, ...values })));
    const settled = new Pouch(`${address}/register`, { adapter: 'http' });
    await local.replicate.to(settled, { batch_size: 1_000 });
    const revisions = new Map<string, string>();
    const { rows } = await local.allDocs();
    for (const { id, value } of rows) revisions.set(id, value.rev);
    for (const { id, values } of work.documents) {
      const { rev } = await local.put({ _id: id, _rev: revisions.get(id), ...plain(values) });
      revisions.set(id, rev);
    }
    const remote = new Pouch(`${link.url}/register`, { adapter: 'http' });
    const done = await local.replicate.to(remote, { batch_size: 1_000 });
    const all = await settled.allDocs({ include_docs: true });
    const last = new Map(work.documents.map(({ id, values }) => [id, values]));
    const isRight = all.rows.every(({ id, value }: any) => revisions.get(id) === value.rev);
    if (!done.ok || !isRight || last.size === 0) throw new Error('PouchDB did not bring every edit over');
    return { ...link.counted };
  } finally {
    await link.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Names that begin with an underscore are PouchDB's own. */
const plain = (values: object) => Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('_')));
