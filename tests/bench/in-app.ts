import { inBrowser, type Opened } from './browser.ts';
import type { Options, Suite } from './options.ts';
import { residentMemory } from './memory.ts';
import { familiesApart } from './names-apart.ts';
import { namedPersons } from './generate.ts';
import type { Row } from './report.ts';
import { median, medianRatio, quantile, summarise, type Samples } from './stats.ts';

/** What is measured in Chromium, on one register that a profile holds. `save` is last, because it writes. */
export const appSuites: readonly {
  readonly suite: Suite;
  readonly run: (name: string, n: number, options: Options) => Promise<readonly Row[]>;
}[] = [
  { suite: 'unlock', run: unlockSuite },
  { suite: 'list', run: listSuite },
  { suite: 'memory', run: (name, n, { quick, reps }) => memorySuite(name, n, quick ? 1 : reps) },
  { suite: 'save', run: saveSuite },
];

async function unlockSuite(name: string, n: number, { reps, quick }: Options): Promise<readonly Row[]> {
  const plain: Samples[] = [];
  const withKey: Samples[] = [];
  const keyMs: Samples[] = [];
  const bare: Samples[] = [];
  const longest: Samples[] = [];
  const stages = new Map<string, number[]>();
  let boxes = 0;
  let bytes = 0;
  const turns = [
    async (keep: boolean) => {
      const times = await inBrowser(name, ({ call }) => call('unlock', { name: 'bench', withKey: false }));
      if (times.residents !== n) throw new Error(`${String(times.residents)} of ${String(n)} residents opened`);
      if (!keep) return;
      plain.push([times.totalMs]);
      longest.push([times.longestTaskMs]);
      for (const stage of ['openMs', 'listMs'] as const)
        stages.set(stage, [...(stages.get(stage) ?? []), times[stage]]);
    },
    async (keep: boolean) => {
      const times = await inBrowser(name, ({ call }) => call('unlock', { name: 'bench', withKey: true }));
      if (keep) {
        withKey.push([times.totalMs]);
        keyMs.push([times.keyMs]);
      }
    },
    async (keep: boolean) => {
      const times = await inBrowser(name, ({ call }) => call('bareUnlock', { name: 'bench' }));
      ({ boxes, bytes } = times);
      if (keep) bare.push([times.ms]);
    },
  ];
  for (let rep = quick ? 0 : -1; rep < reps; rep++) {
    for (let at = 0; at < turns.length; at++) await turns[(at + rep + 1) % turns.length]?.(rep >= 0);
  }
  const limit = bare.map(([ms = 0], at) => [ms + (keyMs[at]?.[0] ?? 0)]);
  const keyed = summarise(withKey);
  const open = summarise(plain);
  const ratio = medianRatio(withKey, limit);
  const big = n > 500_000;
  const stageText = [...stages]
    .map(([stage, all]) => `${stage.replace('Ms', '')} ${median(all).toFixed(0)} ms`)
    .join(', ');
  return [
    {
      ...{ suite: 'unlock', work: 'to the first list, Argon2id 64 MiB', n, unit: 'ms', ours: keyed, peers: [] },
      limit: { name: 'bare read and decrypt + key derivation', value: summarise(limit), ratio },
      goal: big ? null : '<= 400 ms, <= 1.5 x',
      met: big ? null : keyed.median <= 400 && ratio <= 1.5,
      growth: null,
      note: `Key derivation at n = ${String(n)}: median ${summarise(keyMs).median.toFixed(0)} ms.`,
    },
    {
      ...{ suite: 'unlock', work: 'to the first list, without key derivation', n, unit: 'ms', ours: open, peers: [] },
      limit: { name: 'bare read and decrypt', value: summarise(bare), ratio: medianRatio(plain, bare) },
      goal: big ? '<= 1 s' : null,
      met: big ? open.median <= 1_000 : null,
      growth: 1,
      note: `Unlock at n = ${String(n)}: ${String(boxes)} list boxes, ${(bytes / 1e6).toFixed(1)} MB; ${stageText}.`,
    },
    {
      ...{ suite: 'unlock', work: 'longest time without an answer', n, unit: 'ms', ours: summarise(longest) },
      ...{ peers: [], limit: null, goal: null, met: null, growth: null },
    },
  ];
}

/** Enough time for what goes on after the first paint, as for a person who looks at the list. */
const settle = (opened: Opened, ms: number) => opened.page.waitForTimeout(ms);

async function listSuite(name: string, n: number, { reps, quick, seed }: Options): Promise<readonly Row[]> {
  const paints: Samples[] = [];
  const scrolls: Samples[] = [];
  const keys: Samples[] = [];
  let domRows = 0;
  const persons = namedPersons(Math.min(n, 4_000), seed);
  await inBrowser(name, async (opened) => {
    const { call } = opened;
    await call('unlock', { name: 'bench', withKey: false });
    await call('wholeRegister', undefined as never);
    await settle(opened, 500);
    for (let rep = -1; rep < reps; rep++) {
      const paint = await call('listFirstPaint', undefined as never);
      domRows = Math.max(domRows, paint.domRows);
      await settle(opened, 300);
      const frames = await call('scrollList', { frames: quick ? 60 : 200, step: 340 });
      const wanted = [persons[((rep + 2) * 391) % persons.length], persons[((rep + 2) * 1_117) % persons.length]];
      const apart = familiesApart[(rep + 2) % familiesApart.length] ?? '';
      const queries = wanted.flatMap((person) =>
        person === undefined ? [] : [`${person.family} ${person.given.slice(0, 3)}`],
      );
      const typed = await call('typeQueries', { queries: quick ? queries.slice(0, 1) : [...queries, apart] });
      if (rep < 0) continue;
      paints.push([paint.ms]);
      scrolls.push(frames);
      keys.push(typed);
    }
  });
  const frame = (samples: readonly Samples[]) => ({
    name: 'frame of 16.7 ms',
    value: summarise([[16.7]]),
    ratio: median(samples.map((part) => quantile(part, 0.95) / 16.7)),
  });
  const paint = summarise(paints);
  const scroll = summarise(scrolls);
  const key = summarise(keys);
  const keyGoal = n > 500_000 ? 60 : 8;
  return [
    {
      ...{ suite: 'list', work: 'first paint, register in memory', n, unit: 'ms', ours: paint, peers: [] },
      limit: frame(paints),
      goal: '<= 50 ms',
      met: paint.median <= 50,
      growth: 0,
      note: `At most ${String(domRows)} rows of the list are in the page.`,
    },
    {
      ...{ suite: 'list', work: 'scrolling, time between frames', n, unit: 'ms', ours: scroll, peers: [] },
      limit: frame(scrolls),
      goal: 'p95 <= 18 ms',
      met: scroll.p95 <= 18,
      growth: 0,
    },
    {
      ...{ suite: 'list', work: 'keystroke to the list on the page', n, unit: 'ms', ours: key, peers: [] },
      limit: frame(keys),
      goal: `p95 <= ${String(keyGoal)} ms`,
      met: key.p95 <= keyGoal,
      growth: 1,
    },
  ];
}

async function saveSuite(name: string, n: number, { reps, quick }: Options): Promise<readonly Row[]> {
  const count = quick ? 25 : 100;
  const rows: Row[] = [];
  await inBrowser(name, async ({ call }) => {
    await call('unlock', { name: 'bench', withKey: false });
    await call('wholeRegister', undefined as never);
    await call('saves', { count: 10, fields: 5, from: 0, onList: true });
    for (const [fields, onList] of [
      [1, true],
      [1, false],
      [5, false],
    ] as const) {
      const times = [];
      for (let rep = 0; rep < reps; rep++)
        times.push(
          await call('saves', { count, fields, from: (onList ? 9_000 : 1_000 * fields) + rep * count, onList }),
        );
      const ours = times.map(({ ms }) => ms);
      const bare = times.map(({ bareMs }) => bareMs);
      const p95 = (samples: Samples) => quantile(samples, 0.95);
      const value = summarise(ours);
      const ratio = medianRatio(ours, bare, p95);
      const last = times.at(-1);
      rows.push({
        ...{ suite: 'save', n, unit: 'ms', ours: value },
        work: `${String(fields)} field${fields === 1 ? '' : 's'}${onList ? ', with the list on the screen' : ''}`,
        limit: { name: 'bare strict append (p95 to p95)', value: summarise(bare), ratio },
        peers: [],
        goal: onList ? null : 'p95 <= 5 ms, <= 1.5 x',
        met: onList ? null : value.p95 <= 5 && ratio <= 1.5,
        growth: 0,
        note: `A save of ${String(fields)} at n = ${String(n)}: ${String(last?.parts)} sealed parts in one row, ${String(last?.bytes)} bytes; median and p95 ratio ${medianRatio(ours, bare).toFixed(1)} and ${ratio.toFixed(1)}; the transaction alone p50 ${median(times.map(({ commitMs }) => median(commitMs))).toFixed(1)}, p95 ${median(times.map(({ commitMs }) => p95(commitMs))).toFixed(1)} ms. Without the main process (audit signature, second copy).`,
      });
    }
  });
  return rows;
}

async function memorySuite(name: string, n: number, reps: number): Promise<readonly Row[]> {
  const samples: Samples[] = [];
  const empty: Samples[] = [];
  const rest: Samples[] = [];
  for (let rep = 0; rep < reps; rep++) {
    empty.push([await inBrowser(name, residentMemory)]);
    samples.push([
      await inBrowser(name, async (opened) => {
        await opened.call('unlock', { name: 'bench', withKey: false });
        rest.push([await opened.call('wholeRegister', undefined)]);
        await settle(opened, 500);
        await opened.call('typeQueries', { queries: ['Koval'] });
        await opened.call('openRecords', { count: 10 });
        return residentMemory(opened);
      }),
    ]);
  }
  const ours = summarise(samples);
  return [
    {
      ...{ suite: 'memory', work: 'renderer after unlock, search, 10 records', n, unit: 'MB', ours, peers: [] },
      limit: { name: 'the page without a register', value: summarise(empty), ratio: medianRatio(samples, empty) },
      goal: n > 500_000 ? null : '<= 300 MB',
      met: n > 500_000 ? null : ours.median <= 300,
      growth: null,
    },
    {
      ...{ suite: 'unlock', work: 'everything else in memory, after the list', n, unit: 'ms', ours: summarise(rest) },
      ...{ peers: [], limit: null, goal: null, met: null, growth: 1 },
    },
  ];
}

/** Lines into an empty store of its own. */
export async function importSuite(name: string, n: number, options: Options): Promise<readonly Row[]> {
  const atMostSeconds = options.quick ? 4 : 90;
  // A minute and more each: repeated where it fits.
  const reps = options.quick ? 1 : Math.min(options.reps, n > 20_000 ? 1 : 3);
  const samples: Samples[] = [];
  const bare: Samples[] = [];
  const notes: string[] = [];
  for (let rep = 0; rep < reps; rep++) {
    const fresh = `${name}-import-${String(rep)}`;
    const times = await inBrowser(name, ({ call }) =>
      call('importLines', { name: fresh, n, seed: options.seed, atMostSeconds }),
    );
    samples.push([times.seconds]);
    bare.push([times.bareSeconds]);
    notes.push(
      `Import of ${String(n)}: ${String(times.lines)} lines in ${times.seconds.toFixed(1)} s (${(times.lines / times.seconds).toFixed(0)} a second), ${String(times.rows)} record rows; reading and checking ${times.checkSeconds.toFixed(1)} s.${times.lines < n ? ' Stopped at its time limit: not all lines went in.' : ''}`,
    );
  }
  const ours = summarise(samples);
  const whole = notes.every((note) => !note.includes('Stopped'));
  return [
    {
      ...{
        suite: 'import',
        work: whole ? 'all lines' : `stopped after ${String(atMostSeconds)} s`,
        n,
        unit: 's',
        ours,
      },
      limit: {
        name: 'bare bulk put of the rows that went in',
        value: summarise(bare),
        ratio: medianRatio(samples, bare),
      },
      peers: [],
      goal: n >= 111_740 ? 'all in 90 s' : null,
      met: n >= 111_740 ? whole && ours.median <= 90 : null,
      growth: whole ? 1 : null,
      note: notes.join(' '),
    },
  ];
}
