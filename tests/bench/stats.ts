/** Samples of one repetition, in milliseconds unless the work says otherwise. */
export type Samples = readonly number[];

/** Nearest rank; 0 for nothing. */
export function quantile(samples: Samples, share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
export const median = (samples: Samples): number => quantile(samples, 0.5);

export type Summary = {
  readonly median: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
  readonly repetitions: number;
};

/** Medians over the repetitions of each repetition's own median and p95. */
export function summarise(repetitions: readonly Samples[]): Summary {
  const all = repetitions.flat();
  // One event per repetition has no p95 of its own: there it is taken over the repetitions.
  const single = repetitions.every((samples) => samples.length === 1);
  return {
    median: median(repetitions.map(median)),
    p95: single ? quantile(all, 0.95) : median(repetitions.map((samples) => quantile(samples, 0.95))),
    min: Math.min(...all),
    max: Math.max(...all),
    repetitions: repetitions.length,
  };
}

/** The ratio inside each repetition, then the median: what else runs on the machine hits both sides. */
export function medianRatio(
  ours: readonly Samples[],
  limit: readonly Samples[],
  of: (samples: Samples) => number = median,
): number {
  return median(ours.map((samples, at) => of(samples) / of(limit[at] ?? [])));
}

/**
 * Slope in log-log between the first and the last size: 1 is linear, 0 does not grow. A time that the clock of a page
 * shows as 0 says nothing about growth.
 */
export function slope(points: readonly { readonly n: number; readonly value: number }[]): number | null {
  const first = points.find(({ value }) => value > 0);
  const last = points.at(-1);
  if (first === undefined || last === undefined || first.n === last.n) return null;
  return Math.log(last.value / first.value) / Math.log(last.n / first.n);
}
