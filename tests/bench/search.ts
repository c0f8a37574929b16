import { seededRandom } from '../../shared/demo/random.ts';
import { findPrefix } from '../../shared/search/dictionary.ts';
import { foldKeys } from '../../shared/search/fold.ts';
import { buildNameIndex, type NamedPerson, type NameIndex } from '../../shared/search/name-index.ts';
import { plainWords } from '../../shared/search/plain.ts';
import { olderTables, romaniseBy, withTypo } from './names-apart.ts';
import { loadPeers, type Peer } from './peers.ts';
import { keystrokes, personsWithApart } from './queries.ts';
import type { Row } from './report.ts';
import { medianRatio, summarise, type Samples } from './stats.ts';
import { searchNames } from '../fakes/search-names.ts';

/** The limit: the words of the query found, their postings marked and counted, and nothing else. */
function barePass(index: NameIndex, marks: Uint8Array, query: string): number {
  const { folded } = index;
  const words = plainWords(query);
  marks.fill(0);
  words.forEach((word, at) => {
    const key = foldKeys(word)[0];
    if (key === undefined) return;
    findPrefix(folded, key, (found) => {
      const end = folded.postingStarts[found + 1] ?? 0;
      for (let i = folded.postingStarts[found] ?? 0; i < end; i++) {
        const row = folded.postings[i] ?? 0;
        if (marks[row] === at) marks[row] = at + 1;
      }
    });
  });
  let total = 0;
  for (let row = 0; row < marks.length; row++) if (marks[row] === words.length) total++;
  return total;
}

export async function searchSuite(n: number, seed: number, reps: number, withPeers: boolean): Promise<readonly Row[]> {
  const { persons, apart } = personsWithApart(n, seed);
  const builds: Samples[] = [];
  let index = buildNameIndex(persons.slice(0, 1_000));
  for (let rep = 0; rep < reps; rep++) {
    const start = performance.now();
    index = buildNameIndex(persons);
    builds.push([performance.now() - start]);
  }
  const peers = withPeers ? await loadPeers(persons) : [];
  const marks = new Uint8Array(persons.length);
  const ours: Samples[] = [];
  const bare: Samples[] = [];
  const ofPeer = new Map<Peer, Samples[]>(peers.map((peer) => [peer, []]));
  for (let rep = -1; rep < reps; rep++) {
    // Other letters each time, so that nothing is at hand from the last repetition.
    const queries = keystrokes(persons, apart, seededRandom(seed + 77 + rep), 40);
    const turns = [
      () => ({ into: ours, samples: timed(queries, (query) => searchNames(index, query, { limit: 200 })) }),
      () => ({ into: bare, samples: timed(queries, (query) => barePass(index, marks, query)) }),
      ...peers.flatMap((peer) => {
        const { search } = peer;
        return search === null ? [] : [() => ({ into: ofPeer.get(peer) ?? [], samples: timed(queries, search) })];
      }),
    ];
    for (let at = 0; at < turns.length; at++) {
      const { into, samples } = turns[(at + rep + 1) % turns.length]?.() ?? { into: [], samples: [] };
      // The first round is for the compiler.
      if (rep >= 0) into.push(samples);
    }
  }
  const p95 = summarise(ours);
  const peerRows = peers.map((peer) => {
    const samples = ofPeer.get(peer) ?? [];
    if (peer.search === null) return { name: peer.name, value: 'not installed' as const, ratio: null, note: '' };
    return {
      name: peer.name,
      value: summarise(samples),
      ratio: medianRatio(samples, ours, (part) => summarise([part]).p95),
      note: `${peer.note}; built in ${String(Math.round(peer.buildMs))} ms`,
    };
  });
  const build = summarise(builds);
  return [
    {
      ...{ suite: 'search', work: 'keystroke to ranked ids', n, unit: 'ms', ours: p95, peers: peerRows },
      limit: { name: 'bare pass over the postings', value: summarise(bare), ratio: medianRatio(ours, bare) },
      goal: 'p95 <= 1 ms',
      met: p95.p95 <= 1,
      growth: 1,
    },
    {
      ...{ suite: 'search', work: 'index built in one piece', n, unit: 'ms', ours: build, peers: [], limit: null },
      goal: null,
      met: null,
      growth: 1,
    },
  ];
}

function timed(queries: readonly string[], search: (query: string) => unknown): Samples {
  return queries.map((query) => {
    const start = performance.now();
    search(query);
    return performance.now() - start;
  });
}

/** Whether the wanted person is among the first 20, by names that the search was not made with. */
export function recallSuite(n: number, seed: number, typoSeed: number): readonly Row[] {
  const { persons, apart } = personsWithApart(n, seed);
  const index = buildNameIndex(persons);
  const found = (queryOf: (person: NamedPerson) => string) => {
    const hits = apart.filter((row) => {
      const person = persons[row];
      return person !== undefined && searchNames(index, queryOf(person), { limit: 20 }).rows.includes(row);
    });
    return (hits.length / apart.length) * 100;
  };
  const spellings: readonly (readonly [string, (person: NamedPerson) => string])[] = [
    ['Cyrillic', ({ familyCyrillic, givenCyrillic }) => `${familyCyrillic} ${givenCyrillic}`],
    ['KMU 55', ({ family, given }) => `${family} ${given}`],
    ...Object.entries(olderTables).map(
      ([name, table]) =>
        [
          name,
          (person: NamedPerson) =>
            `${romaniseBy(table, person.familyCyrillic)} ${romaniseBy(table, person.givenCyrillic)}`,
        ] as const,
    ),
  ];
  const typos = seededRandom(typoSeed);
  const rounds = Array.from({ length: 5 }, () =>
    found(({ family, given }) => `${withTypo(family.toLowerCase(), typos)} ${given}`),
  );
  const row = (work: string, values: readonly number[], least: number): Row => ({
    ...{ suite: 'recall', work, n, unit: '%', ours: summarise(values.map((value) => [value])), limit: null, peers: [] },
    goal: `>= ${String(least)} %`,
    met: values.reduce((sum, value) => sum + value, 0) / values.length >= least,
    growth: null,
  });
  return [
    ...spellings.map(([name, queryOf]) => row(`found by ${name}`, [found(queryOf)], 100)),
    row('found with one typing error', rounds, 98),
  ];
}
