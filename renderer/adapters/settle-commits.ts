import { recordTable, type CommitRow, type Database, type DepartureRow, type RecordRow } from './database.ts';
import { settleOps } from './op-rows.ts';
import { pendingWriters } from './pending-commits.ts';

/** A save that comes meanwhile waits for one of these: few and short enough that hardly any meets one. */
const commitsATurn = 100;

/**
 * Carries the first pending commits into the tables, in one strict transaction that also removes them: what is read is
 * the same before and after. False when none is left. What was compared when they were made is not compared again.
 */
export async function settleSome(database: Database): Promise<boolean> {
  const first = await database.commits.orderBy(':id').limit(commitsATurn).toArray();
  if (first.length === 0) return false;
  await database.transaction('rw', tablesOf(database, first), async () => {
    const there = new Set(await database.commits.toCollection().primaryKeys());
    // Another window may have been faster.
    const commits = first.filter(({ no }) => there.has(no));
    const last = commits.at(-1);
    if (last === undefined) return;
    await Promise.all([
      putRows(database, commits),
      putWriters(database, commits),
      settleOps(
        database.ops,
        commits.flatMap(({ ops }) => ops),
      ),
      database.summaryDeltas.bulkPut(
        commits.flatMap(({ no, delta }) => (delta === undefined ? [] : [{ no, box: delta }])),
      ),
      database.audit.bulkAdd(commits.map(({ audit }) => audit)),
      putDepartures(database, commits),
      database.manifest.put({ id: 'manifest', vaultCounter: last.no, box: last.manifest }),
      database.commits.bulkDelete(commits.map(({ no }) => no)),
    ]);
  });
  return first.length === commitsATurn;
}

/** All of them. */
export async function settleCommits(database: Database): Promise<void> {
  while (await settleSome(database));
}

function tablesOf(database: Database, commits: readonly CommitRow[]): string[] {
  const kinds = new Set(commits.flatMap(({ rows }) => rows.map(({ kind }) => recordTable(database, kind).name)));
  return [...kinds, 'writers', 'ops', 'summaryDeltas', 'audit', 'departures', 'manifest', 'commits'];
}

async function putRows(database: Database, commits: readonly CommitRow[]): Promise<void> {
  const rows = commits.flatMap((commit) => commit.rows);
  for (const [kind, group] of Map.groupBy(rows, (row) => row.kind)) {
    // The last version of each.
    const byId = new Map(group.map(({ id, rev, d, t, boxes }): [string, RecordRow] => [id, { id, rev, d, t, boxes }]));
    await recordTable(database, kind).bulkPut([...byId.values()]);
  }
}

async function putWriters(database: Database, commits: readonly CommitRow[]): Promise<void> {
  const last = [...pendingWriters(commits).values()];
  const present = await database.writers.bulkGet(last.map(({ w }) => w));
  await database.writers.bulkPut(
    last.map((row, at) => {
      const { acked, archived } = present[at] ?? row;
      return { ...row, acked, archived };
    }),
  );
}

async function putDepartures(database: Database, commits: readonly CommitRow[]): Promise<void> {
  const over = new Set<string>();
  const departed = new Map<string, DepartureRow>();
  for (const commit of commits) {
    for (const key of commit.returned ?? []) {
      over.add(key);
      departed.delete(key);
    }
    for (const row of commit.departed ?? []) {
      over.delete(row.key);
      departed.set(row.key, row);
    }
  }
  if (over.size > 0) await database.departures.bulkDelete([...over]);
  if (departed.size > 0) await database.departures.bulkPut([...departed.values()]);
}
