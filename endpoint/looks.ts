/** What the running endpoint does by itself; `every` so many looks. */
export type Look = { readonly name: string; readonly every: number; readonly work: () => Promise<unknown> };

/** How soon what a person asks for at the command line is done. */
const lookMs = 1_000;

/**
 * Does all of them again and again, the first time after a second. One that fails stops none of the others, and is said
 * once until it works again: the database may be away for a moment, and the next look comes. Gives what ends it.
 */
export function startLooks(say: (line: string) => void, looks: readonly Look[]): () => Promise<void> {
  const failing = new Set<string>();
  let looking: Promise<void> | undefined;
  let looked = 0;
  const lookOnce = async () => {
    for (const { name, every, work } of looks) {
      if (looked % every !== 0) continue;
      await work().then(
        () => void failing.delete(name),
        () => {
          if (!failing.has(name)) say(`${name} failed and is tried again`);
          failing.add(name);
        },
      );
    }
    looked += 1;
  };
  const timer = setInterval(() => {
    looking ??= lookOnce().finally(() => (looking = undefined));
  }, lookMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
