import { monthOf } from '../../../shared/kernel/dates.ts';
import { readHeaders } from '../../../shared/exchange/spreadsheet.ts';
import { recordKinds } from '../../../shared/records/record.ts';
import { recordTable } from '../../../renderer/adapters/database.ts';
import { importResidents } from '../../../renderer/use-cases/import-residents.ts';
import { openWorkspace } from '../../../renderer/use-cases/unlock-workspace.ts';
import type { SaveRequest } from '../../../renderer/services.tsx';
import { day, importLists } from '../generate.ts';
import { completed, makeCipher, makePorts, noScreens, openStore, user } from './ports.ts';
import { checkRows, planImport } from '../../fakes/whole-list.ts';

export type ImportTimes = {
  readonly lines: number;
  readonly planned: number;
  readonly seconds: number;
  readonly checkSeconds: number;
  readonly bareSeconds: number;
  readonly rows: number;
};

/**
 * Lines of a municipality's list into an empty store: read, checked, planned, saved. Stops, as the button does, when
 * `atMostSeconds` have gone; what was measured until then is reported, not more.
 */
export async function importLines(plan: {
  name: string;
  n: number;
  seed: number;
  atMostSeconds: number;
}): Promise<ImportTimes> {
  const { database, store } = await openStore(plan.name);
  const { vault } = await openWorkspace(makePorts(store, noScreens), await makeCipher(), user);
  const stop = new AbortController();
  const start = performance.now();
  // The lists are made up here, and stand in files otherwise.
  let madeSeconds = 0;
  const seconds = () => (performance.now() - start) / 1000 - madeSeconds;
  let lines = 0;
  let planned = 0;
  let checkSeconds = 0;
  const lists = importLists(plan.n, plan.seed);
  for (;;) {
    const making = performance.now();
    const list = lists.next();
    madeSeconds += (performance.now() - making) / 1000;
    if (list.done === true) break;
    const { headers, rows } = list.value;
    const before = seconds();
    const mapping = readHeaders(headers, rows.length);
    if (!mapping.ok) throw new Error('The headers were not understood');
    const check = checkRows(rows, mapping.value, {
      today: day,
      incomeMonth: monthOf(day),
      municipality: '0000',
    });
    const { saves } = planImport(check.lines, {
      sites: [],
      municipality: { code: '0000', name: 'Voorbeeldstad' },
      today: day,
      newId: vault.random.newId,
      isTaken: () => false,
    });
    checkSeconds += seconds() - before;
    planned += check.lines.length;
    const requests = saves.map(({ records }): SaveRequest => ({ records, action: 'import', purpose: null }));
    const note = () => {
      if (seconds() > plan.atMostSeconds) stop.abort();
    };
    const { saved, error } = await importResidents(vault, requests, note, stop.signal);
    if (error !== null) throw new Error(`A line was refused: ${error.type}`);
    lines += saves.slice(0, saved).reduce((sum, save) => sum + save.lines, 0);
    if (stop.signal.aborted) break;
  }
  const total = seconds();
  const { rows, bareSeconds } = await barePut(plan.name, database);
  database.close();
  return { lines, planned, seconds: total, checkSeconds, bareSeconds, rows };
}

/** The limit: the sealed rows that came of it, put in bulk into an empty database. */
async function barePut(
  name: string,
  database: Awaited<ReturnType<typeof openStore>>['database'],
): Promise<{ rows: number; bareSeconds: number }> {
  const rows = [];
  for (const kind of recordKinds) rows.push(...(await recordTable(database, kind).toArray()));
  const opening = indexedDB.open(`${name}-bare`);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: 'id' });
  const bare = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error('IndexedDB refused'));
  });
  const start = performance.now();
  for (let at = 0; at < rows.length; at += 2_000) {
    const transaction = bare.transaction('rows', 'readwrite', { durability: 'strict' });
    for (const row of rows.slice(at, at + 2_000)) transaction.objectStore('rows').put(row);
    await completed(transaction);
  }
  const bareSeconds = (performance.now() - start) / 1000;
  bare.close();
  return { rows: rows.length, bareSeconds };
}
