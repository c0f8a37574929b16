import type { Endpoint } from '../../endpoint/start-endpoint.ts';
import { Prng } from '../simulation/prng.ts';
import { copyBare } from './bare-copy.ts';
import type { Row } from './report.ts';
import { median, medianRatio, summarise, type Samples } from './stats.ts';
import type { Written } from './sync-edits.ts';

/** As in a country: while the database works on what one laptop sent, the endpoint reads what the next one sends. */
const laptops = 4;

/** Operations that the endpoint takes and routes in a second, beside a bare COPY of the same rows on the same server. */
export async function ingestRows(
  { endpoint, data }: { readonly endpoint: Endpoint; readonly data: string },
  work: Written,
  seed: number,
  reps: number,
  sendAll: (works: readonly Written[]) => Promise<number>,
): Promise<readonly Row[]> {
  const part = firstOf(work, 20_000);
  const count = laptops * part.count;
  const ours: Samples[] = [];
  const bare: Samples[] = [];
  const alone: Samples[] = [];
  for (let rep = -1; rep < reps; rep++) {
    const works = Array.from({ length: laptops }, (_unused, at) => fresh(part, seed + laptops * rep + at));
    const seconds = await sendAll(works);
    const copied = await copyBare(endpoint, data, count);
    if (rep < 0) continue;
    ours.push([count / seconds]);
    bare.push([count / copied.sameRows]);
    alone.push([count / copied.opsOnly]);
  }
  const share = 100 * medianRatio(ours, bare);
  const shareAlone = 100 * medianRatio(ours, alone);
  const base = { suite: 'sync', n: count, peers: [], growth: null } as const;
  const perSecond = summarise(ours);
  return [
    {
      ...{ ...base, work: 'operations taken and routed a second', unit: 'ops/s', ours: perSecond, limit: null },
      ...{ goal: '>= 30,000', met: perSecond.median >= 30_000 },
      note: `Of ${String(laptops)} laptops at once, over HTTP.`,
    },
    {
      ...{ ...base, work: 'the same as a share of a bare COPY', unit: '%', ours: summarise([[share]]) },
      limit: { name: 'COPY a second', value: summarise(bare), ratio: share / 100 },
      ...{ goal: '>= 50 %', met: share >= 50 },
      note: `The COPY brings the rows that the endpoint keeps of an operation, its own and its place in a feed, with their indexes. Of a COPY of the operations alone into a table with no index but its key (${median(alone.map(([one = 0]) => one)).toFixed(0)} a second) it is ${shareAlone.toFixed(1)} %.`,
    },
  ];
}

/** So much of the work of the first writer. */
function firstOf(work: Written, count: number): Written {
  const writers = work.writers.slice(0, 1).map(({ c, ops }) => ({ c, ops: ops.slice(0, count) }));
  return { ...work, writers, count: writers.reduce((sum, { ops }) => sum + ops.length, 0) };
}

/** Other records each time: the second time the same records would only be edited. */
function fresh(work: Written, seed: number): Written {
  const prng = new Prng(seed, 4);
  const mask = prng.bytes(16);
  // The bits that say what kind of id it is stay.
  mask[6] = 0;
  mask[8] = 0;
  const other = (id: Uint8Array) => Uint8Array.from(id, (byte, at) => byte ^ (mask[at] ?? 0));
  return {
    ...work,
    writers: work.writers.map(({ c, ops }) => ({ c, ops: ops.map((op) => ({ ...op, id: other(op.id) })) })),
  };
}
