import type { LockReason } from './window.ts';

/** What the page gets to put its drafts away; with the rest of a lock it stays below a second (SEC-33). */
const farewellMs = 600;
/** A disk that does not answer may not keep records on the screen. */
const forgetMs = 250;

type LockSteps = {
  /** Tells the page why; it seals its drafts and then asks for the lock itself. */
  readonly announce: (reason: LockReason) => void;
  /** Forgets every key in this process. */
  readonly forget: () => Promise<void>;
  /** Ends the renderer and opens a new one. */
  readonly replace: () => void;
};

/**
 * One lock at a time: announce, wait for the page to say that it is ready or for 0.6 s, forget, replace.
 * A call during a lock is the page that says it is ready.
 */
export function makeLock(steps: LockSteps): (reason: LockReason) => void {
  let ready: (() => void) | undefined;
  const lock = async (reason: LockReason) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    ready = () => {
      resolve(undefined);
    };
    const timer = setTimeout(ready, farewellMs);
    steps.announce(reason);
    await promise;
    clearTimeout(timer);
    await Promise.race([steps.forget().catch(() => undefined), later(forgetMs)]);
    steps.replace();
    ready = undefined;
  };
  return (reason) => {
    if (ready === undefined) void lock(reason);
    else ready();
  };
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
