import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toHex, type Bytes } from '../../../shared/kernel/bytes.ts';
import type { RecordStore, SealedOp, SealedRow, SealedWriter, Write } from '../../../shared/ports.ts';
import { refKey, type Compartment, type RecordKind, type RecordRef } from '../../../shared/records/record.ts';
import { makeDatabase, recordTable } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { settleSome } from '../../../renderer/adapters/settle-commits.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

/** Whatever is pending or settled, and whichever window wrote it: what is read is what a store without either gives. */
const kinds = ['resident', 'family', 'site'] as const satisfies readonly RecordKind[];
const writers = [
  { w: Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1), c: 'core' },
  { w: Uint8Array.of(2, 2, 2, 2, 2, 2, 2, 2), c: 'finance' },
] as const satisfies readonly { w: Bytes; c: Compartment }[];
const ref = (kind: RecordKind, no: number): RecordRef => ({
  kind,
  id: `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`,
});

/** With the fields of each in one order, and bytes as text. */
const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one, inOrder) ?? '').sort();
function inOrder(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Everything that can be read, in an order of its own. */
async function seenIn(store: RecordStore) {
  const summaries = await store.readSummaries();
  const all = Array.from({ length: 5 }, (_unused, no) => kinds.map((kind) => ref(kind, no))).flat();
  return {
    rows: sorted(await Promise.all(all.map((one) => store.read(one)))),
    kinds: await Promise.all(kinds.map(async (kind) => sorted(await store.readKind(kind)))),
    deltas: sorted(summaries.deltas),
    writers: sorted(await store.readWriters()),
    departures: sorted(await store.readDepartures()),
    feeds: sorted(await store.readFeeds()),
    manifest: sorted([await store.readManifest()]),
    ops: await Promise.all(writers.map(async ({ w }) => sorted(await store.readOps(w, 0, 1_000)))),
    someOps: await Promise.all(writers.map(async ({ w }) => sorted(await store.readOps(w, 2, 3)))),
  };
}

type Writing = {
  readonly do: 'save' | 'import' | 'page';
  readonly by: 0 | 1;
  readonly at: number;
  readonly count: number;
};
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: save('save', 3) },
    { weight: 1, arbitrary: save('import', 30) },
    { weight: 1, arbitrary: save('page', 2) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom('acknowledge' as const, 'replace' as const, 'reopen' as const),
        by: fc.constantFrom(0 as const, 1 as const),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ do: 'settle' as const }) },
  ),
  { minLength: 1, maxLength: 14 },
);
function save(what: 'save' | 'import' | 'page', most: number) {
  return fc.record({
    do: fc.constant(what),
    by: fc.constantFrom(0 as const, 1 as const),
    at: fc.nat(4),
    count: fc.integer({ min: 1, max: most }),
  });
}

it('two windows read the same as a store that writes everything at once', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const database = makeDatabase(`pending-model-${String((run += 1))}`);
      const open = () => makeDexieRecordStore(database, 'store-1');
      const windows = [open(), open()];
      const memory = memoryRecordStore();
      const model = memory.store;
      let no = 0;
      for (const step of plan) {
        const by = step.do === 'settle' ? 0 : step.by;
        const store = windows[by] ?? open();
        if ('at' in step) {
          const counter = ((await model.readManifest())?.vaultCounter ?? 0) + 1;
          const write = writeOf(memory, step, (no += 1), counter);
          const stale = { ...write, manifest: { ...write.manifest, vaultCounter: write.manifest.vaultCounter - 1 } };
          if (no % 3 === 0) expect(await store.commit(stale)).toMatchObject({ error: { type: 'moved' } });
          expect(await store.commit(write)).toEqual(await model.commit(write));
        } else if (step.do === 'settle') await settleSome(database);
        else if (step.do === 'reopen') windows[by] = open();
        else if (step.do === 'acknowledge') {
          for (const [at, { w }] of writers.entries()) {
            const acked = [w, at + run, at] as const;
            expect(await store.acknowledge(...acked)).toEqual(await model.acknowledge(...acked));
          }
        } else {
          const [op] = memory.ops.values();
          const sound = op === undefined ? [] : [{ ...op, box: Uint8Array.of(9, (no += 1)) }];
          expect(await store.replaceOps(sound)).toEqual(await model.replaceOps(sound));
        }
        const expected = await seenIn(model);
        for (const window of windows) expect(await seenIn(window)).toEqual(expected);
        expect(await open().counts()).toEqual(await model.counts());
      }
      await windows[0]?.settle();
      expect(await database.commits.count()).toBe(0);
      expect(await seenIn(open())).toEqual(await seenIn(model));
      expect(await recordTable(database, 'resident').count()).toBe(
        [...memory.rows.values()].filter((row) => row.ref.kind === 'resident').length,
      );
      await database.delete();
    }),
    { seed: 20_261_125, numRuns: 60 },
  );
});

function writeOf(memory: ReturnType<typeof memoryRecordStore>, step: Writing, no: number, counter: number): Write {
  const refs = Array.from({ length: step.count }, (_unused, at) =>
    ref(kinds[(step.at + at) % kinds.length] ?? 'site', Math.floor((step.at + at) / kinds.length) % 5),
  );
  const rows = [...new Map(refs.map((one) => [refKey(one), one])).values()].map((one): SealedRow => ({
    ref: one,
    rev: (memory.rows.get(refKey(one))?.rev ?? 0) + 1,
    deleted: no % 4 === 0,
    boxes: { core: Uint8Array.of(no, 1), ...(no % 2 === 0 ? { finance: Uint8Array.of(no, 2) } : {}) },
  }));
  const ops: SealedOp[] = [];
  const next: SealedWriter[] = [];
  for (const { w, c } of writers.slice(0, 1 + (no % 2))) {
    const present = memory.writers.get(toHex(w));
    const first = present?.next ?? 1;
    if (no % 2 === 0 && step.count > 1) ops.push({ w, c, n: first, m: step.count, box: Uint8Array.of(no) });
    else for (let at = 0; at < step.count; at++) ops.push({ w, c, n: first + at, box: Uint8Array.of(no, at) });
    const { acked, archived } = present ?? { acked: 0, archived: 0 };
    next.push({ w, c, user: 'u_1', next: first + step.count, acked, archived, box: Uint8Array.of(no) });
  }
  const [moved = ref('resident', 0)] = refs;
  return {
    rows,
    ops,
    writers: next,
    summaryDelta: no % 3 === 0 ? null : Uint8Array.of(no, 3),
    audit: step.do === 'page' ? null : { seq: no, box: Uint8Array.of(no, 4) },
    page: null,
    feed: step.do === 'page' ? { site: 'shared', c: 'core', pos: no, box: Uint8Array.of(no, 5) } : null,
    manifest: { vaultCounter: counter, box: Uint8Array.of(no, 6) },
    ...(no % 3 === 1 ? { moves: { departed: [{ ref: moved, site: '', sinceMs: no }], returned: [] } } : {}),
    ...(no % 3 === 2 ? { moves: { departed: [], returned: [{ ref: moved, site: '' }] } } : {}),
  };
}
