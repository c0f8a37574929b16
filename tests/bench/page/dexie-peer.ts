import { Dexie, type Table } from 'dexie';
import { seededRandom } from '../../../shared/demo/random.ts';
import { buildNameIndex, searchRows, type NameIndex } from '../../../shared/search/name-index.ts';
import { foldQuery, wordsOf } from '../folded-text.ts';
import { keystrokes, personsWithApart } from '../queries.ts';

type PersonRow = { readonly row: number; readonly words: readonly string[] };
type Peer = Dexie & { persons: Table<PersonRow, number> };
type Built = {
  readonly peer: Peer;
  readonly index: NameIndex;
  readonly persons: ReturnType<typeof personsWithApart>;
};
let built: Built | undefined;

/** The names of the register in a database with an index on every word, which stands on the disk in plain text. */
export async function dexieBuild({ name, n, seed }: { name: string; n: number; seed: number }): Promise<number> {
  const made = personsWithApart(n, seed);
  const rows = made.persons.map((person, row): PersonRow => ({ row, words: wordsOf(person) }));
  const peer = new Dexie(name) as Peer;
  peer.version(1).stores({ persons: 'row, *words' });
  const start = performance.now();
  for (let at = 0; at < rows.length; at += 2_000) await peer.persons.bulkPut(rows.slice(at, at + 2_000));
  const buildMs = performance.now() - start;
  built = { peer, index: buildNameIndex(made.persons), persons: made };
  return buildMs;
}

/** Rows that have a word beginning with each of those typed. */
async function find({ peer }: Built, query: string): Promise<readonly number[]> {
  let found: Set<number> | undefined;
  for (const word of foldQuery(query)) {
    const keys = await peer.persons.where('words').startsWith(word).primaryKeys();
    const before = found;
    found = new Set(before === undefined ? keys : keys.filter((row) => before.has(row)));
  }
  return [...(found ?? [])].slice(0, 200);
}

/** The same keystrokes by the database and by our index, one after the other. */
export async function dexieKeystrokes(plan: { seed: number; count: number }): Promise<{
  readonly dexieMs: readonly number[];
  readonly oursMs: readonly number[];
}> {
  if (built === undefined) throw new Error('Build first');
  const { persons, apart } = built.persons;
  const times = { dexieMs: [] as number[], oursMs: [] as number[] };
  for (const query of keystrokes(persons, apart, seededRandom(plan.seed), plan.count)) {
    let start = performance.now();
    await find(built, query);
    times.dexieMs.push(performance.now() - start);
    start = performance.now();
    searchRows(built.index, query);
    times.oursMs.push(performance.now() - start);
  }
  return times;
}
