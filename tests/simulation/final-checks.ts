import { openRow } from '../../renderer/use-cases/record-rows.ts';
import { compareBytes, equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { compartments, type Compartment } from '../../shared/records/record.ts';
import { chainNext, chainStart } from '../../shared/sync/chain.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { digestOf, differingBuckets } from '../../shared/sync/digest.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import { applyOps } from '../../shared/sync/merge.ts';
import { feedNext, feedStart } from '../../shared/sync/page.ts';
import { goneOf, isHidden, registersOf, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { compartmentOf } from '../../shared/sync/rule-of-field.ts';
import { clearCipher } from '../fakes/clear-cipher.ts';
import { sha256 } from './endpoint.ts';
import { opInBody } from './holders.ts';
import type { Laptop, SimulatedUser } from './laptop.ts';
import { must, type Oracle } from './oracle.ts';
import { intentOf, isHiddenByReference, nameOfDot, referenceOf, textOfValue } from './reference.ts';
import type { FeedRow, Rows } from './tables.ts';
import type { Variant } from './variant.ts';

const fullCipher = clearCipher();

/** All that is on disk of a laptop, as a user with these rights would open it. */
export async function recordsOn(laptop: Laptop, held?: readonly Compartment[]): Promise<readonly ReplicaRecord[]> {
  const cipher = held === undefined ? fullCipher : clearCipher(held);
  const records: ReplicaRecord[] = [];
  for (const row of laptop.disk.store.rows.values()) {
    const opened = await openRow(cipher, row);
    must(opened.ok, 'I1', `laptop ${laptop.no} cannot open ${row.ref.kind} ${row.ref.id}`);
    records.push(opened.value.record);
  }
  return records;
}

const dotsOf = (ops: readonly Dot[]): ReadonlySet<string> => new Set(ops.map(nameOfDot));

/** I5: everything up to the cursor of each feed is in the rows. */
export async function checkCursors(laptop: Laptop, rows: Rows): Promise<void> {
  const held = dotsOf((await recordsOn(laptop)).flatMap((record) => [...record.ops, ...goneOf(record)]));
  for (const [key, { pos }] of laptop.disk.store.feeds) {
    const feed = rows.feeds.get(key) ?? [];
    must(pos <= feed.length, 'I5', `laptop ${laptop.no} stands at ${pos} of ${key}, which ends at ${feed.length}`);
    const passed = feed.slice(0, pos);
    const lastEvict = evictsIn(passed);
    // It went with its move, of which the other half stands ahead in this feed.
    const [site = ''] = key.split('/');
    const core = `${site}/core`;
    const gone = evictsIn((rows.feeds.get(core) ?? []).slice(0, laptop.disk.store.feeds.get(core)?.pos ?? 0));
    const ahead = evictsIn(feed.slice(pos));
    for (const { w, n, id, pos: at } of passed) {
      const record = toHex(id);
      if (w === null || n === null || at < (lastEvict.get(record) ?? 0)) continue;
      if (gone.has(record) && ahead.has(record)) continue;
      must(held.has(nameOfDot({ w, n })), 'I5', `laptop ${laptop.no} passed ${nameOfDot({ w, n })} of ${key}`);
    }
  }
}

/** Of each record the position of its last move away. */
const evictsIn = (rows: readonly FeedRow[]): ReadonlyMap<string, number> =>
  new Map(rows.flatMap(({ kind, id, pos }) => (kind === 'evict' ? [[toHex(id), pos] as const] : [])));

/**
 * Records of which the endpoint has something, and nothing that says where they belong: that was only on a disk that is
 * gone. They stand in no feed, and stay on the laptops that have them.
 */
function orphansIn(ops: Iterable<Change>): ReadonlySet<string> {
  const all = [...ops];
  const placed = new Set(all.flatMap(({ f, id }) => (f === 'placement' ? [toHex(id)] : [])));
  return new Set(all.map(({ id }) => toHex(id)).filter((id) => !placed.has(id)));
}

/** I1, I3, I6, I8: what the endpoint has is what was written, once, in feeds and chains without a gap. */
export function checkEndpoint(rows: Rows, oracle: Oracle): void {
  const at = new Map<string, Change>();
  const standing = new Map<string, Dot>();
  const replaces = new Map<string, ReadonlySet<string>>();
  for (const [w, ops] of rows.ops) {
    let chain = ops[0] === undefined ? new Uint8Array(0) : chainStart(ops[0].w, sha256);
    const chained = ops.filter((row) => row.chain !== null).length;
    must(chained === (rows.writers.get(w)?.have_n ?? 0), 'I6', `writer ${w} ends elsewhere than its operations`);
    ops
      .toSorted((a, b) => a.n - b.n)
      .forEach((row, index) => {
        const name = `${w}.${row.n}`;
        // What came back in a page may stand alone when its author and what was before it are gone.
        must(row.n === index + 1 || row.chain === null, 'I6', `writer ${w} has a gap or a double at ${row.n}`);
        // An erasure is the endpoint's own.
        if (rows.writers.get(w)?.device !== 'endpoint') {
          const known = oracle.captured.get(name)?.find(({ leaf }) => leaf === toHex(row.leaf));
          must(known !== undefined, 'I3', `${name} was never written like this`);
          const intent = intentOf(known.change);
          const twin = standing.get(intent);
          must(twin === undefined, 'I3', `${name} is there once more as ${twin === undefined ? '' : nameOfDot(twin)}`);
          standing.set(intent, row);
          replaces.set(name, known.replaces);
        }
        chain = Uint8Array.from(chainNext(chain, row.leaf, sha256));
        must(row.chain === null || equalBytes(chain, row.chain), 'I6', `the chain of ${w} breaks at ${row.n}`);
        must(row.held === null, 'I1', `${name} of an honest laptop is held back: ${row.held ?? ''}`);
        at.set(name, opInBody(row.body));
      });
  }
  for (const intent of oracle.promised)
    must(standing.has(intent), 'I1', `${intent} was shown as saved and is not at the endpoint`);
  // I4: whatever numbers were given twice, each operation replaces what its author saw, and nothing else.
  for (const [name, op] of at) {
    if (op.k === 'erase') continue;
    const named = new Set(op.b.map(nameOfDot));
    for (const dot of op.b) {
      const target = at.get(nameOfDot(dot));
      const isSeen = target === undefined || replaces.get(name)?.has(intentOf(target)) === true;
      must(isSeen, 'I4', `${name} names ${nameOfDot(dot)}, which is not what its author saw`);
    }
    for (const intent of replaces.get(name) ?? []) {
      const dot = standing.get(intent);
      must(
        dot === undefined || named.has(nameOfDot(dot)),
        'I4',
        `${name} does not name ${intent}, which its author saw`,
      );
    }
  }
  for (const { why, bytes } of rows.quarantine) {
    if (why === 'erased') continue;
    const header = Buffer.from(bytes).toString('latin1');
    const [w = '', to = '0'] = [/"w":"([0-9a-f]{16})"/, /"to":(\d+)/].map((part) => part.exec(header)?.[1]);
    const numbers = Array.from({ length: Number(to) }, (_, index) => `${w}.${index + 1}`);
    const isDouble = numbers.some((name) => (oracle.captured.get(name)?.length ?? 0) > 1);
    must(why === 'fork' && isDouble, 'I6', `an honest frame in quarantine: ${why} ${w}`);
  }
  checkFeeds(rows, at);
}

function checkFeeds(rows: Rows, at: ReadonlyMap<string, Change>): void {
  const sitesOf = new Map<string, Set<string>>();
  for (const { f, id, v } of at.values()) {
    if (f !== 'placement' || typeof v !== 'object' || v === null || !('site' in v)) continue;
    const sites = sitesOf.get(toHex(id)) ?? new Set();
    sitesOf.set(toHex(id), sites.add(typeof v.site === 'string' ? v.site : 'shared'));
  }
  const routed = new Set<string>();
  for (const [key, feed] of rows.feeds) {
    const [site = '', c] = key.split('/');
    let h = feedStart();
    const seen = new Map<string, Set<string>>();
    feed.forEach((row, index) => {
      must(row.pos === index + 1, 'I6', `a hole in ${key} at ${index + 1}`);
      const name = row.w === null || row.n === null ? '' : nameOfDot({ w: row.w, n: row.n });
      const op = at.get(name);
      if (row.kind === 'place' || row.kind === 'evict') {
        h = Uint8Array.from(feedNext(h, { kind: row.kind, t: row.t, id: row.id }, sha256));
        if (row.kind === 'evict') seen.delete(toHex(row.id));
        must(equalBytes(h, row.h), 'I6', `the hash of ${key} breaks at ${index + 1}`);
        return;
      }
      must(row.kind === 'op' && op !== undefined, 'I6', `${row.kind} at ${index + 1} of ${key}`);
      const ofRecord = seen.get(toHex(row.id)) ?? new Set();
      must(!ofRecord.has(name), 'I3', `${name} stands twice in ${key}`);
      seen.set(toHex(row.id), ofRecord.add(name));
      routed.add(name);
      h = Uint8Array.from(feedNext(h, { kind: 'op', op }, sha256));
      must(equalBytes(h, row.h), 'I6', `the hash of ${key} breaks at ${index + 1}`);
      must(sitesOf.get(toHex(op.id))?.has(site) === true, 'I8', `a record of another site stands in ${key}`);
      const kind = op.t as ReplicaRecord['kind'];
      must(
        (compartmentOf(definitionOf(kind), op.f) ?? c) === c || op.f.startsWith('answer.') || op.k === 'erase',
        'I8',
        `${op.f} in ${key}`,
      );
    });
  }
  const orphans = orphansIn(at.values());
  for (const [name, { id }] of at) {
    must(routed.has(name) || orphans.has(toHex(id)), 'I1', `${name} is at the endpoint and in no feed`);
  }
}

/** I1, I2, I4: each user of each laptop has what the feeds of these rights hold, and is shown what it means. */
export async function checkReplicas(
  {
    laptops,
    variant,
    oracle,
  }: { readonly laptops: readonly Laptop[]; readonly variant: Variant; readonly oracle: Oracle },
  rows: Rows,
): Promise<void> {
  const bodies = new Map<string, Change>();
  for (const ops of rows.ops.values()) for (const row of ops) bodies.set(nameOfDot(row), opInBody(row.body));
  const orphans = orphansIn(bodies.values());
  const digests = new Map<string, ReturnType<typeof digestOf>>();
  for (const laptop of laptops) {
    for (const user of laptop.users) {
      const expected = scopeOf(user, rows, bodies);
      const records = await recordsOn(laptop, user.compartments);
      const isLost = (op: Change) => oracle.lost.has(intentOf(op)) && !bodies.has(nameOfDot(op));
      const isCounted = (op: Change) => !orphans.has(toHex(op.id)) && !isLost(op);
      const counted = records.map((record) => ({ ...record, ops: record.ops.filter(isCounted) }));
      const ops = counted.flatMap((record) => record.ops);
      const who = `laptop ${laptop.no}, ${user.id}`;
      for (const op of ops) {
        must(
          expected.has(nameOfDot(op)),
          'I8',
          `${who} has ${op.f} ${nameOfDot(op)}, which no feed of these rights holds`,
        );
      }
      const gone = records.flatMap(goneOf);
      const superseded = new Set([...expected.values()].flatMap(({ b }) => b.map(nameOfDot)));
      for (const dot of gone)
        must(superseded.has(nameOfDot(dot)), 'I4', `${who} dropped ${nameOfDot(dot)}, which stands`);
      const present = dotsOf([...ops, ...gone]);
      for (const [dot, op] of expected) must(present.has(dot), 'I1', `${who} misses ${op.t} ${op.f} ${dot}`);
      for (const record of records) checkView(record, variant, who);
      const digest = digestOf(registersIn(counted.filter((record) => record.ops.length > 0)), sha256);
      const rights = `${[...user.sites].sort().join()} ${compartments.filter((c) => user.compartments.includes(c)).join()}`;
      // All laptops with these rights are compared with the feeds, and so with each other.
      const ofFeeds = digests.get(rights) ?? digestOf(applyOps([...expected.values()]).registers, sha256);
      digests.set(rights, ofFeeds);
      must(differingBuckets(digest, ofFeeds).length === 0, 'I2', `${who}: another digest than the feeds`);
    }
  }
}

/** What stands of these records, named as `applyOps` names it. */
const registersIn = (records: readonly ReplicaRecord[]): ReturnType<typeof applyOps>['registers'] =>
  new Map(
    records.flatMap((record) =>
      [...registersOf(record)].map(
        ([field, register]) => [`${record.kind}/${record.id.replaceAll('-', '')}/${field}`, register] as const,
      ),
    ),
  );

function scopeOf(user: SimulatedUser, rows: Rows, bodies: ReadonlyMap<string, Change>): ReadonlyMap<string, Change> {
  const scope = new Map<string, Change>();
  for (const [key, feed] of rows.feeds) {
    const [site = '', c = ''] = key.split('/');
    const isMine = site === 'shared' || user.sites.includes('*') || user.sites.includes(site);
    if (!isMine || !user.compartments.some((held) => held === c)) continue;
    const here = new Map<string, Map<string, Change>>();
    for (const { kind, id, w, n } of feed) {
      if (kind === 'evict') here.delete(toHex(id));
      const name = w === null || n === null ? '' : nameOfDot({ w, n });
      const op = bodies.get(name);
      if (op === undefined) continue;
      const ofRecord = here.get(toHex(id)) ?? new Map<string, Change>();
      here.set(toHex(id), ofRecord.set(name, op));
    }
    for (const ofRecord of here.values()) for (const [name, op] of ofRecord) scope.set(name, op);
  }
  return scope;
}

function checkView(record: ReplicaRecord, variant: Variant, who: string): void {
  const definition = definitionOf(record.kind);
  const view = variant.valuesOf?.(record) ?? valuesOf(record, definition, ruleOfRecord(record));
  for (const [field, reference] of referenceOf(record)) {
    const shown = view.values[field] ?? null;
    const text = shown === null ? null : textOfValue(shown);
    must(text === reference.shown, 'I4', `${who} sees another ${field} of ${record.kind} than stands`);
    const isAsked = view.unsettled.includes(field);
    must(
      isAsked === reference.unsettled,
      'I4',
      `${who}: ${field} stands ${reference.standing.size} times, asked: ${isAsked}`,
    );
  }
  must(isHidden(record) === isHiddenByReference(record), 'I4', `${who}: ${record.kind} is hidden or is not`);
  const sorted = record.ops.toSorted((a, b) => compareBytes(a.w, b.w) || a.n - b.n);
  must(
    sorted.every((op, at) => op === record.ops[at]),
    'I2',
    `${who}: operations out of order`,
  );
}
