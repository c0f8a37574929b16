import { isNoisy, type Environment } from './environment.ts';
import { slope, type Summary } from './stats.ts';

export type PeerResult = {
  readonly name: string;
  readonly value: Summary | 'not installed';
  /** Peer divided by ours. */
  readonly ratio: number | null;
  readonly note: string;
};
export type Row = {
  readonly suite: string;
  readonly work: string;
  readonly n: number;
  readonly unit: 'us' | 'ms' | 's' | '%' | 'MB' | 'B' | 'requests' | 'ops/s';
  readonly ours: Summary;
  readonly limit: { readonly name: string; readonly value: Summary; readonly ratio: number } | null;
  readonly goal: string | null;
  readonly met: boolean | null;
  readonly peers: readonly PeerResult[];
  /** The slope in log-log that the design expects; null where a size says nothing. */
  readonly growth: 0 | 1 | null;
  readonly note?: string;
};
/** A suite that did not come to its end. */
export type Failure = { readonly suite: string; readonly n: number; readonly reason: string };
export type Results = {
  readonly date: string;
  readonly commit: string;
  readonly seed: number;
  readonly typoSeed: number;
  readonly quick: boolean;
  readonly environment: Environment;
  readonly data: readonly object[];
  readonly rows: readonly Row[];
  readonly failures: readonly Failure[];
};

const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toFixed(3);

/** Missed goals first, then the others in the order of the suites. */
export function inReadingOrder(rows: readonly Row[]): readonly Row[] {
  const rank = ({ met }: Row) => (met === false ? 0 : met === true ? 1 : 2);
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

export function makeTable({ rows, failures, environment, quick, date, commit, seed, typoSeed }: Results): string {
  const cells = inReadingOrder(rows).map((row) => {
    const { ours, limit, goal, met, unit } = row;
    const spread = `${rounded(ours.median)} [${rounded(ours.min)}-${rounded(ours.max)}] ${unit}`;
    const best = bestPeer(row);
    return [
      `${row.suite}: ${row.work}`,
      row.n.toLocaleString('en'),
      spread,
      rounded(ours.p95),
      limit === null ? '' : `${rounded(limit.ratio)} x ${limit.name}`,
      goal ?? '',
      met === null ? '' : met ? 'met' : 'MISSED',
      best,
    ];
  });
  const header = ['work', 'n', 'median [min-max]', 'p95', 'ratio to limit', 'goal', '', 'peers: p95, ratio to ours'];
  const remarks = [
    ...new Set(rows.flatMap(({ note }) => (note === undefined ? [] : [note]))),
    ...new Set(
      rows.flatMap(({ peers }) => peers.flatMap(({ name, note }) => (note === '' ? [] : [`${name}: ${note}`]))),
    ),
  ];
  return [
    environmentLine(environment),
    `${date}, commit ${commit}, seed ${String(seed)}, seed of the typing errors ${String(typoSeed)}`,
    ...(isNoisy(environment) ? ['NOISY: other work ran on this machine; quote ratios, not times.'] : []),
    ...(quick ? ['Quick run: not for quoting.'] : []),
    ...failures.map(({ suite, n, reason }) => `FAILED: ${suite} at ${n.toLocaleString('en')}: ${firstLine(reason)}`),
    '',
    ...missedGoals(rows),
    ...asMarkdown([header, ...cells]),
    '',
    ...growthLines(rows),
    ...remarks.map((remark) => `- ${remark}`),
  ].join('\n');
}

function bestPeer({ peers }: Row): string {
  return peers
    .map(({ name, value, ratio }) =>
      value === 'not installed' || ratio === null
        ? `${name} not installed`
        : `${name} ${rounded(value.p95)} (${rounded(ratio)} x)`,
    )
    .join(', ');
}

const environmentLine = (at: Environment): string =>
  [
    `${at.cpu}, ${String(at.cores)} cores, ${String(at.memoryGb)} GB`,
    `fdatasync p50 ${String(at.fdatasyncMs.p50)} p95 ${String(at.fdatasyncMs.p95)} ms`,
    at.system,
    `Chromium ${at.chromium}`,
    `Node ${at.node}`,
    `load ${String(at.loadBefore)} before, ${String(at.loadAfter)} after`,
  ].join(' · ');

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** One line for each goal that was not reached, the growth among them. */
function missedGoals(rows: readonly Row[]): readonly string[] {
  const goals = rows.flatMap(({ suite, work, n, goal, met, ours, limit, unit }) => {
    if (met !== false) return [];
    const against = limit === null ? '' : `, ${rounded(limit.ratio)} x ${limit.name}`;
    const found = `median ${rounded(ours.median)}, p95 ${rounded(ours.p95)} ${unit}${against}`;
    return [`- ${suite}: ${work} at ${n.toLocaleString('en')}: ${found} (goal ${goal ?? ''})`];
  });
  const growth = growthOf(rows).flatMap(({ work, found, expected }) =>
    found > expected + 0.2 ? [`- ${work}: grows with slope ${found.toFixed(2)} (goal ${String(expected)})`] : [],
  );
  const missed = [...goals, ...growth];
  return missed.length === 0 ? [] : [`Missed: ${String(missed.length)}`, '', ...missed, ''];
}

/** Per work its time at each size and the slope; more than 0.2 above what is expected is a miss. */
function growthOf(rows: readonly Row[]) {
  const byWork = Map.groupBy(rows, ({ suite, work }) => `${suite}: ${work}`);
  return [...byWork].flatMap(([work, sized]) => {
    const expected = sized[0]?.growth ?? null;
    const points = sized.map(({ n, ours }) => ({ n, value: ours.median }));
    const found = slope(points);
    return expected === null || found === null ? [] : [{ work, points, found, expected }];
  });
}

function growthLines(rows: readonly Row[]): readonly string[] {
  const lines = growthOf(rows).map(({ work, points, found, expected }) => {
    const values = points.map(({ n, value }) => `${n.toLocaleString('en')}: ${rounded(value)}`).join(' · ');
    return [work, values, found.toFixed(2), String(expected), found > expected + 0.2 ? 'MISSED' : 'met'];
  });
  return lines.length === 0
    ? []
    : [...asMarkdown([['growth', 'median at each size', 'slope', 'expected', ''], ...lines]), ''];
}

function asMarkdown(lines: readonly (readonly string[])[]): readonly string[] {
  const widths = (lines[0] ?? []).map((_cell, at) => Math.max(...lines.map((line) => (line[at] ?? '').length), 3));
  const written = lines.map((line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [written[0] ?? '', rule, ...written.slice(1)];
}
