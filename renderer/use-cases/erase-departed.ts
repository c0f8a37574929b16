import { toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import type { Moves, SealedPage } from '../../shared/ports.ts';
import { refKey, type RecordRef } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';
import { dotKey } from '../../shared/sync/dots.ts';
import { feedStart } from '../../shared/sync/page.ts';
import { withOps, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import type { ErasedPlan } from './commit-changes.ts';
import { readChanges } from './own-ops.ts';
import type { OpenedRow } from './record-rows.ts';
import { lastOf } from './reissues.ts';
import { feedKey, type FeedPlace, type Vault } from './vault.ts';

/**
 * A record that left this device and is erased elsewhere has no row here, but what this device wrote of it stands among
 * its own operations still. They come back into a row that is not kept, so that the erasure finds them there.
 */
export async function rowOfErased(vault: Vault, row: OpenedRow, arriving: readonly Change[]): Promise<OpenedRow> {
  const { writers } = vault.memory.known;
  const own: Change[] = [];
  for (const { w, n } of arriving.flatMap(({ k, b }) => (k === 'erase' ? b : []))) {
    const writer = writers.get(toHex(w));
    if (writer === undefined || n > lastOf(writers, writer) || !vault.cipher.compartments.includes(writer.c)) continue;
    const [op] = await readChanges(vault, w, n - 1, 1);
    if (op?.n === n && op.t === row.record.kind && recordIdOf(op.id) === row.record.id) own.push(op);
  }
  return own.length === 0 ? row : { ...row, record: { ...withOps(row.record, own), rev: row.record.rev } };
}

/** Of a record that is not here: it came and left again within this page, and is not kept for the time after a move. */
export const isPassing = (ref: RecordRef, moves: Moves | undefined): boolean =>
  moves?.departed.some((departed) => refKey(departed.ref) === refKey(ref)) ?? false;

/**
 * Of this session: operations that came without a value, by feed; erasures for which a feed was read again; and pages
 * that were read.
 */
type Seen = { readonly bare: Set<string>; readonly reread: Set<string>; readonly pages: Map<string, PagePlace> };
const seenBy = new WeakMap<Vault['memory'], Seen>();
function seenOf({ memory }: Vault): Seen {
  const seen = seenBy.get(memory) ?? { bare: new Set(), reread: new Set(), pages: new Map() };
  seenBy.set(memory, seen);
  return seen;
}

export function noteBare(vault: Vault, { site, c }: Pick<FeedPlace, 'site' | 'c'>, op: Change): void {
  if (op.vh !== undefined) seenOf(vault).bare.add(`${feedKey(site, c)} ${dotKey(op)}`);
}

/** Whether erasures arrive and the row has nothing of what they name, so that they lead to no page by themselves. */
export function findsNothing(record: ReplicaRecord, arriving: readonly Change[]): boolean {
  const named = arriving.flatMap(({ k, b }) => (k === 'erase' ? [b] : []));
  if (named.length === 0) return false;
  const held = new Set(record.ops.filter(({ vh }) => vh === undefined).map(dotKey));
  return !named.flat().some((dot) => held.has(dotKey(dot)));
}

type PagePlace = Pick<SealedPage, 'site' | 'c' | 'from'>;
const nameOfPage = ({ site, c, from }: PagePlace) => `${site} ${c} ${from}`;
const siteOfPage = ({ site }: PagePlace) => site.split('#')[0] ?? '';

/** What was read from there on before is of another life of the endpoint. */
export function notePage(vault: Vault, page: PagePlace): void {
  const { pages } = seenOf(vault);
  for (const [name, known] of pages)
    if (known.c === page.c && siteOfPage(known) === siteOfPage(page) && known.from >= page.from) pages.delete(name);
  pages.set(nameOfPage(page), page);
}

/** Of the feed, or of another life of the endpoint beside it. */
async function hasEarlierPages(vault: Vault, { site, c, pos }: FeedPlace): Promise<boolean> {
  const { pages } = seenOf(vault);
  const isOfThisLife = (page: PagePlace) => page.from <= pos && pages.has(nameOfPage(page));
  const stored = await vault.store.readPages();
  return stored.some((page) => page.c === c && siteOfPage(page) === site && !isOfThisLife(page));
}

/**
 * The feed from its beginning, where its pages may hold what was erased of records that are not here any more: pages from before
 * the erasure, also of another life of the endpoint. Those that were read since came without it. Once in a session for
 * each.
 */
export async function rereadFor(
  vault: Vault,
  feed: FeedPlace,
  fresh: readonly { readonly ref: RecordRef; readonly ops: readonly Change[] }[],
): Promise<ErasedPlan | undefined> {
  if (!fresh.some(({ ops }) => ops.some(({ k }) => k === 'erase'))) return undefined;
  const { bare, reread } = seenOf(vault);
  const key = feedKey(feed.site, feed.c);
  const isOld = await hasEarlierPages(vault, feed);
  const stale = fresh.filter(({ ops }) => {
    const erasures = ops.filter(({ k }) => k === 'erase');
    const isClean = erasures.some(({ b }) => b.some((dot) => bare.has(`${key} ${dotKey(dot)}`)));
    const isNew = erasures.some((op) => !reread.has(`${key} ${dotKey(op)}`));
    return isNew && (isOld || !isClean);
  });
  if (stale.length === 0 || (feed.pos === 0 && !isOld)) return undefined;
  return { ops: [], feeds: [{ ...feed, pos: 0, h: feedStart() }], records: stale.map(({ ref }) => ref.id) };
}

/** Only once the page they came with is kept: what failed before is looked at again. */
export function noteErasures(
  vault: Vault,
  { site, c }: Pick<FeedPlace, 'site' | 'c'>,
  fresh: readonly { readonly ops: readonly Change[] }[],
): void {
  const { reread } = seenOf(vault);
  for (const { k, w, n } of fresh.flatMap(({ ops }) => ops))
    if (k === 'erase') reread.add(`${feedKey(site, c)} ${dotKey({ w, n })}`);
}

/** Both: of two plans that send a feed back, one is enough. */
export function joinErased(one: ErasedPlan | undefined, other: ErasedPlan | undefined): ErasedPlan | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const known = new Set(one.feeds.map(({ site, c }) => feedKey(site, c)));
  return {
    ops: [...one.ops, ...other.ops],
    feeds: [...one.feeds, ...other.feeds.filter(({ site, c }) => !known.has(feedKey(site, c)))],
    records: [...one.records, ...other.records],
  };
}
