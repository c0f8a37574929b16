import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { allRecords } from '../../../shared/demo/demo-site.ts';
import { compartments, type Compartment } from '../../../shared/records/record.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import type { Stamp } from '../../../shared/kernel/hybrid-clock.ts';
import type { Cipher } from '../../../shared/ports.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import { compartmentsOf, makeSave, type RecordEdits } from '../../../shared/sync/make-changes.ts';
import type { ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { recordTable, type Database, type RecordRow } from '../../../renderer/adapters/database.ts';
import { webRandom } from '../../../renderer/adapters/web-random.ts';
import { newRow, sealRow, type OpenedRow } from '../../../renderer/use-cases/record-rows.ts';
import { makeContexts, summaryOfRecord } from '../../../renderer/use-cases/resident-summaries.ts';
import { day, municipalityAt } from '../generate.ts';
import { user } from './ports.ts';

export type Part = { readonly at: number; readonly n: number; readonly seed: number };
export type FilledPart = {
  readonly rows: number;
  readonly sha256: string;
  readonly summaries: readonly ResidentSummary[];
  /** Of the kinds that stand in blocks, for who makes those. */
  readonly small: readonly Pick<OpenedRow, 'record' | 'boxes' | 'revs'>[];
  readonly lastStamp: Stamp;
};

const recordsPerSave = 500;
const noBox = new Uint8Array();

/**
 * Puts the rows of one municipality into the tables, sealed by the code that ships, as a first download leaves them. The
 * operations are in the rows.
 */
export async function fillPart(database: Database, cipher: Cipher, { at, n, seed }: Part): Promise<FilledPart> {
  const records = allRecords(municipalityAt(at, n, seed));
  const digest = toHex(sha256(toUtf8(JSON.stringify(records))));
  const opened: OpenedRow[] = [];
  // Writers of its own, because parts are made side by side.
  const numbers = new Map<Compartment, number>();
  let lastStamp: Stamp = { ms: 0, counter: 0 };
  for (let from = 0; from < records.length; from += recordsPerSave) {
    const parts = records.slice(from, from + recordsPerSave).map(({ kind, id, values }): RecordEdits => {
      const { record } = newRow({ kind, id });
      const ruleOf = ruleOfRecord(record);
      const edits = Object.entries(values).map(([field, value]) => ({ field, value, base: [] }));
      return { record, edits, definition: definitionOf(kind), ...(ruleOf === undefined ? {} : { ruleOf }) };
    });
    opened.push(...(await putRecords(parts)));
  }
  const made = opened.map(({ record }) => record);
  const contextOf = makeContexts(made, day);
  const summaries = made.flatMap((record) =>
    record.kind === 'resident' ? (summaryOfRecord(record, contextOf(record.id), day) ?? []) : [],
  );
  const small = opened.filter(({ record }) => record.kind !== 'resident').map(withoutContent);
  return { rows: opened.length, sha256: digest, summaries, small, lastStamp };

  async function putRecords(parts: readonly RecordEdits[]): Promise<readonly OpenedRow[]> {
    const used = compartmentsOf(parts);
    const writers = Object.fromEntries(
      used.map((c) => {
        const no = compartments.indexOf(c) + 1;
        return [c, { w: Uint8Array.of(1, 2, 3, 4, 5, at >> 8, at & 0xff, no), next: numbers.get(c) ?? 1 }];
      }),
    );
    const save = makeSave(parts, {
      author: { user: user.id, schema: 1, clockQuality: 0 },
      writers,
      lastStamp,
      wallMs: 1_790_000_000_000,
      random: webRandom.bytes,
      sha256,
    });
    if (!save.ok) throw new Error(`The generator made a value that ${save.error.field} refuses`);
    ({ lastStamp } = save.value);
    for (const c of used) numbers.set(c, (numbers.get(c) ?? 1) + (save.value.byCompartment[c]?.length ?? 0));
    const sealed = await Promise.all(
      save.value.records.map(({ record }: { record: ReplicaRecord }) => sealRow(cipher, newRow(record), record)),
    );
    for (const [kind, group] of Map.groupBy(sealed, (row) => row.sealed.ref.kind)) {
      const table = group.map(({ sealed: { ref, rev, boxes } }): RecordRow => ({
        ...{ id: ref.id, rev, d: 0, t: 0 },
        boxes: { ...boxes },
      }));
      await recordTable(database, kind).bulkPut(table);
    }
    return sealed.map((row) => row.opened);
  }
}

/** Which boxes there are is enough for the blocks, and what is in them need not go from thread to thread. */
const withoutContent = ({ record, boxes, revs }: OpenedRow): FilledPart['small'][number] => ({
  record,
  boxes: Object.fromEntries(Object.keys(boxes).map((c) => [c, noBox])),
  revs,
});
