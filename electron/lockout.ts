const freeTries = 5;
const tries = 20;
const firstWaitMs = 30_000;
const longestWaitMs = 3_600_000;

/** How long the next try has to wait after so many failures in a row. */
export function waitAfter(failures: number): number {
  if (failures < freeTries) return 0;
  return Math.min(firstWaitMs * 2 ** (failures - freeTries), longestWaitMs);
}
export const isDisabled = (failures: number): boolean => failures >= tries;

/**
 * Slows down guessing at the keyboard. Waiting counts in running time of this process, not by the clock, which anyone
 * can set; after a restart it begins anew. The number of failures itself is kept by the caller, on disk.
 */
export function makeLockout(monotonicMs: () => number) {
  const since = new Map<string, number>();
  const started = monotonicMs();
  return {
    remainingMs: (user: string, failures: number): number =>
      Math.max(0, Math.ceil(waitAfter(failures) - (monotonicMs() - (since.get(user) ?? started)))),
    failed: (user: string): void => {
      since.set(user, monotonicMs());
    },
  };
}
