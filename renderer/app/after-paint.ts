/** Resolves when the page has painted and has nothing to do, or after two seconds on a machine that always has. */
export const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 2_000 }));
  });
