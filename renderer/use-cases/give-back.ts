import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, Moves, StorageError } from '../../shared/ports.ts';
import type { HelloAnswer, SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import type { Bytes } from '../../shared/kernel/bytes.ts';
import type { Compartment } from '../../shared/records/record.ts';
import type { Moment } from '../../shared/vault/moment.ts';
import { feedStart, placeOfPage } from '../../shared/sync/page.ts';
import { sealFeed } from './commit-changes.ts';
import { reloadKnown } from './known-store.ts';
import { sealManifest } from './manifest.ts';
import { pushPending, type Pushed } from './push-pending.ts';
import { departuresOfSite } from './records-at-site.ts';
import { feedKey, type FeedPlace, type Known, type Vault } from './vault.ts';

type GiveBackError = SyncError | StorageError | MovedError;
/**
 * Asks what the endpoint has of every writer and of these places and moments, and notes what it has of the writers.
 */
export type Ask = (
  places: readonly FeedPlace[],
  seen: readonly Moment[],
) => Promise<Result<HelloAnswer, GiveBackError>>;

/** What this user's compartments saw of the history of the endpoint, in an order that stays. */
export const momentsSeen = ({ cipher, memory }: Vault): readonly { readonly c: Compartment; readonly at: Moment }[] =>
  cipher.compartments.flatMap((c) => {
    const at = memory.known.moments[c];
    return at === undefined ? [] : [{ c, at }];
  });

/**
 * Compartments in which the endpoint has another life than the one last agreed with, or does not know any more where
 * this device stands or what it saw. Each of these signs is enough (sync.md §2.10). `hello` answers the moments seen.
 */
export function forgottenCompartments(vault: Vault, hello: HelloAnswer): readonly Compartment[] {
  const { epochs } = vault.memory.known;
  const lost = momentsSeen(vault).flatMap(({ c }, no) => (hello.seen[no] === true ? [] : [c]));
  return vault.cipher.compartments.filter(
    (c) =>
      epochs[c] !== hello.epoch ||
      lost.includes(c) ||
      hello.feeds.some((feed) => feed.c === c && (feed.state === 'rewound' || feed.state === 'diverged')),
  );
}

/**
 * Gives an endpoint back what it may have lost: first the operations of this device, then the pages it signed once and
 * does not have any more. Only when all of it is there again do the feeds go back to their beginning, and last the new
 * epoch is noted: broken off at any point, it begins again. Nothing is deleted here, whatever the endpoint says.
 */
export async function giveBack(
  vault: Vault,
  transport: SyncTransport,
  forgotten: readonly Compartment[],
  ask: Ask,
): Promise<Result<Pushed, GiveBackError>> {
  const proofs = await readProofs(vault, forgotten);
  const ends = proofs.map(({ site, c, to, after }): FeedPlace => ({ site, c, pos: to, h: after }));
  const places = [...vault.memory.known.feeds.values()].filter(({ c }) => forgotten.includes(c));
  let epoch = '';
  // An endpoint that is put back in the middle of this does not know all of these any more.
  const moments: Moment[] = [];
  const states: HelloAnswer['feeds'][number]['state'][] = [];
  const asked = [...places, ...ends];
  for (let at = 0; at === 0 || at < asked.length; at += placesPerHello) {
    const part = asked.slice(at, at + placesPerHello);
    const answer = await ask(part, []);
    if (!answer.ok) return answer;
    // Put back once more meanwhile: the next round begins again.
    if (epoch !== '' && epoch !== answer.value.epoch) return err({ type: 'rewound', retryAfterMs: 0 });
    epoch = answer.value.epoch;
    if (answer.value.at !== null) moments.push(answer.value.at);
    states.push(...part.map((_, no) => answer.value.feeds[no]?.state ?? 'diverged'));
  }
  const pushed = await pushPending(vault, transport);
  if (!pushed.ok) return pushed;
  if (pushed.value.isTooBig) return err({ type: 'too-big', retryAfterMs: 0 });
  for (const [no, { raw }] of proofs.entries()) {
    if (states[places.length + no] === 'ok') continue;
    const taken = await transport.redeposit(raw);
    if (!taken.ok) return taken;
    if (taken.value.at !== null) moments.push(taken.value.at);
  }
  const proved = await proveMoments(moments, epoch, ask);
  if (!proved.ok) return proved;
  const agreed = places.flatMap((place, no): FeedPlace[] => {
    if (states[no] !== 'rewound' && states[no] !== 'diverged') return [];
    // From its beginning: what this device has and the new life of the feed never held has to show.
    return [{ site: place.site, c: place.c, pos: 0, h: feedStart() }];
  });
  const noted = await vault.queue.run(() => noteAgreement(vault, agreed, forgotten, { epoch, at: proved.value }));
  return noted.ok ? pushed : noted;
}

/**
 * The latest of these moments, once the endpoint has said that all of them are part of one history: only then is what
 * it took at each of them still there.
 */
async function proveMoments(
  moments: readonly Moment[],
  epoch: string,
  ask: Ask,
): Promise<Result<Moment | null, GiveBackError>> {
  const latest = moments.reduce<Moment | null>((best, one) => (best === null || one.g > best.g ? one : best), null);
  if (latest === null || moments.length === 1) return ok(latest);
  for (let at = 0; at < moments.length; at += placesPerHello) {
    const answer = await ask([], [...moments.slice(at, at + placesPerHello), latest]);
    if (!answer.ok) return answer;
    if (answer.value.epoch !== epoch || answer.value.seen.includes(false)) {
      return err({ type: 'rewound', retryAfterMs: 0 });
    }
  }
  return ok(latest);
}

/** A hello names so many places at once. */
const placesPerHello = 5_000;

type Proof = NonNullable<ReturnType<typeof placeOfPage>> & { readonly raw: Bytes };

/** Pages of these compartments as the endpoint signed them, in the order of their feeds. */
async function readProofs(vault: Vault, wanted: readonly Compartment[]): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const { site: key, c, from, to, box } of await vault.store.readPages()) {
    if (!wanted.includes(c)) continue;
    const [site = ''] = key.split('#');
    const raw = await vault.cipher.open({ table: 'pages', id: `${site}/${from}`, compartment: c, rev: to }, box);
    const place = raw.ok ? placeOfPage(raw.value) : undefined;
    if (raw.ok && place !== undefined) proofs.push({ ...place, raw: raw.value });
  }
  return proofs.sort((a, b) => (feedKey(a.site, a.c) < feedKey(b.site, b.c) ? -1 : 1) || a.from - b.from);
}

/** Where to read on, and the life of the endpoint that is agreed with from now on. Runs inside the queue. */
export async function noteAgreement(
  vault: Vault,
  places: readonly FeedPlace[],
  agreed: readonly Compartment[],
  { epoch, at }: { readonly epoch: string; readonly at: Moment | null },
): Promise<Result<void, StorageError | MovedError>> {
  for (const place of places) {
    const departed = place.c === 'core' ? await departuresOfSite(vault, place.site) : [];
    const done = await notePlace(vault, place, { departed, returned: [] });
    if (!done.ok) return done;
  }
  const { epochs, moments } = vault.memory.known;
  if (agreed.every((c) => epochs[c] === epoch && moments[c]?.mark === at?.mark)) return ok(undefined);
  return commitKnown(vault, null, (known) => ({
    epochs: { ...known.epochs, ...Object.fromEntries(agreed.map((c) => [c, epoch])) },
    moments: momentsWith(known, agreed, at),
  }));
}

const momentsWith = ({ moments }: Known, agreed: readonly Compartment[], at: Moment | null): Known['moments'] => ({
  ...moments,
  ...Object.fromEntries(agreed.map((c) => [c, at ?? undefined])),
});

/** What an answer that all of these agree with is part of: kept in memory, and on disk with the next commit. */
export function noteMoment({ memory }: Vault, agreed: readonly Compartment[], at: Moment | null): void {
  memory.known = { ...memory.known, moments: momentsWith(memory.known, agreed, at) };
}

/** The feed goes back to its beginning, in another life of the endpoint. Runs inside the queue. */
export const notePlace = (
  vault: Vault,
  place: FeedPlace,
  moves?: Moves,
): Promise<Result<void, StorageError | MovedError>> =>
  commitKnown(
    vault,
    place,
    (known) => ({
      feeds: new Map(known.feeds).set(feedKey(place.site, place.c), place),
      lives: { ...known.lives, [place.c]: (known.lives[place.c] ?? 0) + 1 },
    }),
    moves,
  );

export const noteMoves = (vault: Vault, moves: Moves): Promise<Result<void, StorageError | MovedError>> =>
  commitKnown(vault, null, () => ({}), moves);

async function commitKnown(
  vault: Vault,
  feed: FeedPlace | null,
  change: (known: Known) => Partial<Known>,
  moves?: Moves,
): Promise<Result<void, StorageError | MovedError>> {
  const nothing = { rows: [], ops: [], writers: [], summaryDelta: null, audit: null, page: null };
  for (let attempt = 1; ; attempt++) {
    const { known } = vault.memory;
    const next: Known = { ...known, ...change(known), counter: known.counter + 1 };
    const committed = await vault.store.commit({
      ...nothing,
      moves,
      feed: feed === null ? null : await sealFeed(vault, feed),
      manifest: await sealManifest(next, vault.cipher, vault.sha256),
    });
    if (committed.ok) vault.memory.known = next;
    if (committed.ok || committed.error.type !== 'moved' || attempt === 5) return committed;
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}
