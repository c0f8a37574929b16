import type { IsoDate } from '../../shared/kernel/dates.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Box, MovedError, SealedSegment, StorageError } from '../../shared/ports.ts';
import { refKey } from '../../shared/records/record.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { foldRecords } from './fold-records.ts';
import { sealManifest } from './manifest.ts';
import { openRow } from './record-rows.ts';
import { openOrRepair } from './repair-rows.ts';
import { contextsOf, isSameSummary, summaryOfRecord } from './resident-summaries.ts';
import { openDelta, sealSegment } from './summary-boxes.ts';
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

/** Deltas into segments and blocks, so that the next unlock reads few boxes. `all` writes every segment anew. */
export function foldSummaries(
  vault: Vault,
  day: IsoDate = vault.memory.known.day,
  all = false,
): Promise<Result<void, MovedError | StorageError>> {
  return vault.queue.run(async () => {
    const { memory } = vault;
    const { deltas } = await vault.store.readSummaries();
    if (deltas.length === 0 && memory.records.changed.size === 0 && !all) return ok(undefined);
    if (memory.othersWrote) await takeDeltas(vault, deltas);
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
    const folding = await foldRecords(vault, counter);
    const { blocks, places: blockPlaces } = folding;
    const known = {
      ...memory.known,
      ...{ counter, day, folded: counter - 1, segments: places, blocks: blockPlaces, deltas: 0 },
    };
    const manifest = await sealManifest(known, vault.cipher, vault.sha256);
    // Also deltas of a manifest that was lost: their numbers are higher, and what they say is older.
    const upTo = deltas.reduce((last, { no }) => Math.max(last, no), counter - 1);
    const written = { segments, goneSegments: gone, blocks, goneBlocks: folding.gone, upTo, manifest };
    const folded = await vault.store.fold(written);
    if (!folded.ok) return folded;
    memory.known = known;
    memory.records = folding.records();
    memory.strayBlocks = [];
    return folded;
  });
}

/** What other windows saved, so that it is in what takes the place of their deltas. */
async function takeDeltas(vault: Vault, deltas: readonly { readonly no: number; readonly box: Box }[]): Promise<void> {
  const { memory, store, cipher } = vault;
  for (const delta of [...deltas].sort((a, b) => a.no - b.no)) {
    const opened = await openDelta(vault, delta);
    if (!opened.ok) continue;
    for (const { id, summary } of opened.value.summaries) {
      if (summary === null) memory.residents.delete(id);
      else memory.residents.set(id, summary);
    }
    for (const ref of opened.value.records) {
      const row = await store.read(ref);
      const record = row && (await openRow(cipher, row));
      if (row === undefined) memory.records.delete(refKey(ref));
      else if (record?.ok === true) memory.records.put(record.value);
    }
  }
  memory.othersWrote = false;
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
