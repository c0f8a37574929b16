import { inBrowser } from './browser.ts';
import type { Options } from './options.ts';
import type { Row } from './report.ts';
import { medianRatio, quantile, summarise, type Samples } from './stats.ts';

/** Few, because one letter takes it the better part of a second. */
const queriesPerRepetition = 6;

/** A Dexie index of the same names, in Chromium, beside our search in the same page. */
export async function dexieSuite(name: string, n: number, { reps, seed }: Options): Promise<readonly Row[]> {
  const ours: Samples[] = [];
  const dexie: Samples[] = [];
  let buildMs = 0;
  await inBrowser(name, async ({ call }) => {
    buildMs = await call('dexieBuild', { name: 'dexie-peer', n, seed });
    for (let rep = -1; rep < reps; rep++) {
      const times = await call('dexieKeystrokes', { seed: seed + 177 + rep, count: queriesPerRepetition });
      // The first round is for the compiler.
      if (rep < 0) continue;
      ours.push(times.oursMs);
      dexie.push(times.dexieMs);
    }
  });
  const value = summarise(ours);
  const p95 = (samples: Samples) => quantile(samples, 0.95);
  return [
    {
      ...{ suite: 'search', work: 'keystroke to ranked ids, in Chromium', n, unit: 'ms', ours: value, limit: null },
      goal: 'p95 <= 1 ms',
      met: value.p95 <= 1,
      peers: [
        {
          name: 'Dexie index',
          value: summarise(dexie),
          ratio: medianRatio(dexie, ours, p95),
          note: `one word each entry, in plain text on the disk; first 200, no typing errors, no ranking; built in ${String(Math.round(buildMs))} ms`,
        },
      ],
      growth: 1,
    },
  ];
}
