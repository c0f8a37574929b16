import type { Write } from '../../../shared/ports.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { saveRecord } from '../../../renderer/use-cases/save-record.ts';
import { completed } from './ports.ts';
import { currentVault, hideList } from './unlock.tsx';

const values = (no: number) => ({
  phones: [`+31 6 0000 ${String(no % 10_000).padStart(4, '0')}`],
  languages: [no % 2 === 0 ? 'uk' : 'en', 'ru'],
  birthDate: `19${String(50 + (no % 50))}-03-12`,
  arrival: { date: '2026-02-01', from: `Charkiv ${String(no)}` },
  sex: no % 2 === 0 ? 'F' : 'M',
});

export type SaveTimes = {
  readonly ms: readonly number[];
  readonly commitMs: readonly number[];
  readonly bareMs: readonly number[];
  readonly bytes: number;
  readonly parts: number;
};

/**
 * Saves as a form makes them, of a record that its page has opened, each beside a bare append of as many bytes; `from`
 * keeps repetitions apart. `onList`: the list of all residents stays on the screen and follows every save before it is
 * over; where the page of one resident is, it is not there.
 */
export async function saves(plan: { count: number; fields: 1 | 5; from: number; onList: boolean }): Promise<SaveTimes> {
  if (!plan.onList) hideList();
  const vault = currentVault();
  const ids = [...vault.memory.residents.keys()];
  const bare = await openBare();
  const times = { ms: [] as number[], commitMs: [] as number[], bareMs: [] as number[] };
  let bytes = 0;
  let parts = 0;
  let commitMs = 0;
  const { store } = vault;
  const watched = {
    ...vault,
    store: {
      ...store,
      commit: async (write: Write) => {
        ({ bytes, parts } = sizeOf(write));
        const start = performance.now();
        const committed = await store.commit(write);
        commitMs = performance.now() - start;
        return committed;
      },
    },
  };
  for (let at = 0; at < plan.count; at++) {
    const no = plan.from + at;
    const ref: RecordRef = { kind: 'resident', id: ids[(no * 7919) % ids.length] ?? '' };
    const opened = await openRecord(vault, ref, null);
    if (!opened.ok) throw new Error('A record did not open');
    const { baseOf } = opened.value;
    const edits = Object.entries(values(no))
      .slice(0, plan.fields)
      .map(([field, value]) => ({ field, value, base: baseOf(field) }));
    const start = performance.now();
    const saved = await saveRecord(watched, { records: [{ ref, edits }], action: 'edit', purpose: null });
    times.ms.push(performance.now() - start);
    times.commitMs.push(commitMs);
    if (!saved.ok) throw new Error(`A save failed: ${saved.error.type}`);
    times.bareMs.push(await bare.append(bytes));
  }
  // `watched` shares the memory of the vault, so nothing has to be taken over.
  bare.close();
  return { ...times, bytes, parts };
}

function sizeOf(write: Write): { bytes: number; parts: number } {
  const boxes = [
    ...write.rows.flatMap((row) => Object.values(row.boxes)),
    ...write.ops.map(({ box }) => box),
    ...write.writers.map(({ box }) => box),
    ...(write.summaryDelta === null ? [] : [write.summaryDelta]),
    ...(write.audit === null ? [] : [write.audit.box]),
    write.manifest.box,
  ];
  const parts =
    write.rows.length +
    write.ops.length +
    write.writers.length +
    (write.summaryDelta === null ? 0 : 1) +
    (write.audit === null ? 0 : 1) +
    1;
  return { bytes: boxes.reduce((sum, box) => sum + box.length, 0), parts };
}

async function openBare() {
  const name = 'bare-append';
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error('IndexedDB refused'));
  });
  return {
    append: async (length: number) => {
      const box = crypto.getRandomValues(new Uint8Array(length));
      const start = performance.now();
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
      transaction.objectStore('rows').add({ box });
      await completed(transaction);
      return performance.now() - start;
    },
    close: () => database.close(),
  };
}

/** Opens records as their pages do. */
export async function openRecords({ count }: { count: number }): Promise<readonly number[]> {
  const vault = currentVault();
  const ids = [...vault.memory.residents.keys()];
  const times: number[] = [];
  for (let at = 0; at < count; at++) {
    const start = performance.now();
    const opened = await openRecord(vault, { kind: 'resident', id: ids[(at * 104_729) % ids.length] ?? '' }, null);
    times.push(performance.now() - start);
    if (!opened.ok) throw new Error('A record did not open');
  }
  return times;
}
