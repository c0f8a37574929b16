import type { IsoDate } from '../../shared/kernel/dates.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, SealedSegment, StorageError } from '../../shared/ports.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { sealManifest } from './manifest.ts';
import { openOrRepair } from './repair-rows.ts';
import { contextsOf, isSameSummary, summaryOfRecord } from './resident-summaries.ts';
import { sealSegment } from './summary-boxes.ts';
import type { SegmentPlace, Vault } from './vault.ts';

/** One segment per site while a device has at most 50, else several sites to about 2,000 rows (performance.md §3.1). */
const maxOwnSegments = 50;
const rowsPerSegment = 2_000;
const siteOf = (summary: ResidentSummary): string => summary.site ?? '';

/**
 * Makes every list line again from its row, for today: states such as expected and absent change with the day, and a
 * damaged segment is replaced. In slices, so that the screen stays usable.
 */
export async function refreshSummaries(
  vault: Vault,
  pause: () => Promise<void>,
): Promise<Result<void, MovedError | StorageError>> {
  const day = vault.clock.today();
  const before = [...vault.memory.residents.keys()];
  const rows = await vault.store.readKind('resident');
  const slice = 200;
  for (let at = 0; at < rows.length; at += slice) {
    const ids = rows.slice(at, at + slice).map(({ ref }) => ref);
    await vault.queue.run(async () => {
      const contextOf = contextsOf(
        vault,
        ids.map(({ id }) => id),
        day,
      );
      const fresh: ResidentSummary[] = [];
      for (const ref of ids) {
        const row = await vault.store.read(ref);
        const opened = row && (await openOrRepair(vault, row));
        if (opened?.ok !== true) continue;
        const summary = summaryOfRecord(opened.value.record, contextOf(ref.id), day);
        if (summary === null) vault.memory.residents.delete(ref.id);
        else if (!isSameSummary(vault.memory.residents.get(ref.id) ?? null, summary)) {
          vault.memory.residents.set(ref.id, summary);
          fresh.push(summary);
        }
      }
      if (fresh.length > 0) vault.workspace.apply(fresh, []);
    });
    await pause();
  }
  // Lines of an old copy of the list whose row is gone.
  const present = new Set(rows.map(({ ref }) => ref.id));
  await vault.queue.run(() => {
    const gone = before.filter((id) => !present.has(id));
    for (const id of gone) vault.memory.residents.delete(id);
    return Promise.resolve();
  });
  return foldSummaries(vault, day, true);
}

/** Deltas into segments, so that the next unlock reads few boxes. `all` writes every segment anew. */
export function foldSummaries(
  vault: Vault,
  day: IsoDate = vault.memory.known.day,
  all = false,
): Promise<Result<void, MovedError | StorageError>> {
  return vault.queue.run(async () => {
    const { memory } = vault;
    const { deltas } = await vault.store.readSummaries();
    if (deltas.length === 0 && !all) return ok(undefined);
    const counter = memory.known.counter + 1;
    const bySite = Map.groupBy(memory.residents.values(), siteOf);
    const plan = planSegments(memory.known.segments, bySite);
    const segments: SealedSegment[] = [];
    const places: SegmentPlace[] = [];
    for (const { no, sites } of plan) {
      const residents = sites.flatMap((site) => bySite.get(site) ?? []);
      segments.push(await sealSegment(vault, no, counter, residents));
      places.push({ no, version: counter, sites });
    }
    const gone = memory.known.segments.filter(({ no }) => !places.some((place) => place.no === no)).map(({ no }) => no);
    const known = { ...memory.known, counter, day, folded: counter - 1, segments: places, deltas: 0 };
    const manifest = await sealManifest(known, vault.cipher, vault.sha256);
    // Also deltas of a manifest that was lost: their numbers are higher, and what they say is older.
    const upTo = deltas.reduce((last, { no }) => Math.max(last, no), counter - 1);
    const folded = await vault.store.fold(segments, gone, upTo, manifest);
    if (folded.ok) memory.known = known;
    return folded;
  });
}

function planSegments(
  present: readonly SegmentPlace[],
  bySite: ReadonlyMap<string, readonly ResidentSummary[]>,
): readonly { readonly no: number; readonly sites: readonly string[] }[] {
  const sites = [...bySite.keys()].sort();
  let next = present.reduce((last, { no }) => Math.max(last, no), 0);
  if (sites.length <= maxOwnSegments) {
    const noOf = new Map(present.flatMap(({ no, sites: held }) => (held.length === 1 ? [[held[0], no] as const] : [])));
    return sites.map((site) => ({ no: noOf.get(site) ?? ++next, sites: [site] }));
  }
  const packed: { no: number; sites: string[]; rows: number }[] = [];
  for (const site of sites) {
    const rows = bySite.get(site)?.length ?? 0;
    const last = packed.at(-1);
    if (last !== undefined && last.rows + rows <= rowsPerSegment) {
      last.sites.push(site);
      last.rows += rows;
    } else packed.push({ no: packed.length + 1, sites: [site], rows });
  }
  return packed;
}
