import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { allRecords } from '../../../shared/demo/demo-site.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import { compartmentsOf, makeSave, type RecordEdits } from '../../../shared/sync/make-changes.ts';
import type { ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { compartments, type Compartment } from '../../../shared/records/record.ts';
import { recordTable, type RecordRow } from '../../../renderer/adapters/database.ts';
import { newRow, sealRow } from '../../../renderer/use-cases/record-rows.ts';
import { makeContexts, summaryOfRecord } from '../../../renderer/use-cases/resident-summaries.ts';
import { foldSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { openWorkspace } from '../../../renderer/use-cases/unlock-workspace.ts';
import { day, municipalities } from '../generate.ts';
import { makeCipher, makePorts, noScreens, openStore, user } from './ports.ts';

export type Filled = {
  readonly sha256: string;
  readonly residents: number;
  readonly rows: number;
  readonly segments: number;
  readonly segmentBytes: number;
  readonly seconds: number;
};

/**
 * The store as it is after a first download: record rows, list segments and manifest, all sealed by the code that
 * ships. The operations are in the rows.
 */
export async function fill({ name, n, seed }: { name: string; n: number; seed: number }): Promise<Filled> {
  const start = performance.now();
  const { database, store } = await openStore(name);
  const cipher = await makeCipher();
  const digest = sha256.create();
  const { vault } = await openWorkspace(makePorts(store, noScreens), cipher, user);
  const { memory } = vault;
  const next = new Map<Compartment, number>();
  let rows = 0;
  for (const demo of municipalities(n, seed)) {
    const records = allRecords(demo);
    digest.update(toUtf8(JSON.stringify(records)));
    const made: ReplicaRecord[] = [];
    for (let at = 0; at < records.length; at += 500) {
      const parts = records.slice(at, at + 500).map(({ kind, id, values }): RecordEdits => {
        const { record } = newRow({ kind, id });
        const ruleOf = ruleOfRecord(record);
        const edits = Object.entries(values).map(([field, value]) => ({ field, value, base: [] }));
        return { record, edits, definition: definitionOf(kind), ...(ruleOf === undefined ? {} : { ruleOf }) };
      });
      made.push(...(await putRecords(parts, next)));
    }
    rows += made.length;
    const contextOf = makeContexts(made, day);
    for (const record of made) {
      const summary = record.kind === 'resident' ? summaryOfRecord(record, contextOf(record.id), day) : null;
      if (summary !== null) memory.residents.set(record.id, summary);
    }
  }
  const folded = await foldSummaries(vault, day, true);
  if (!folded.ok) throw new Error('The segments could not be written');
  const { segments } = await store.readSummaries();
  database.close();
  return {
    sha256: toHex(digest.digest()),
    residents: memory.residents.size,
    rows,
    segments: segments.length,
    segmentBytes: segments.reduce((sum, { box }) => sum + box.length, 0),
    seconds: (performance.now() - start) / 1000,
  };

  async function putRecords(
    parts: readonly RecordEdits[],
    numbers: Map<Compartment, number>,
  ): Promise<readonly ReplicaRecord[]> {
    const used = compartmentsOf(parts);
    const writers = Object.fromEntries(
      used.map((c) => {
        const at = compartments.indexOf(c) + 1;
        return [c, { w: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, at), next: numbers.get(c) ?? 1 }];
      }),
    );
    const save = makeSave(parts, {
      author: { user: user.id, schema: 1, clockQuality: 0 },
      writers,
      lastStamp: memory.known.lastStamp,
      wallMs: 1_790_000_000_000,
      random: vault.random.bytes,
    });
    if (!save.ok) throw new Error(`The generator made a value that ${save.error.field} refuses`);
    memory.known = { ...memory.known, lastStamp: save.value.lastStamp };
    for (const c of used) numbers.set(c, (numbers.get(c) ?? 1) + (save.value.byCompartment[c]?.length ?? 0));
    const sealed = await Promise.all(save.value.records.map(({ record }) => sealRow(cipher, newRow(record), record)));
    for (const [kind, group] of Map.groupBy(sealed, (row) => row.sealed.ref.kind)) {
      const table = group.map(({ sealed: { ref, rev, boxes } }): RecordRow => ({
        ...{ id: ref.id, rev, d: 0, t: 0 },
        boxes: { ...boxes },
      }));
      await recordTable(database, kind).bulkPut(table);
    }
    return sealed.map(({ opened }) => opened.record);
  }
}
