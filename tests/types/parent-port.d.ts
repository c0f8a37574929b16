/** What Electron's declarations add to a utility process; the stand-in gives it in utility-child.ts. */
declare namespace NodeJS {
  interface Process {
    parentPort: {
      on: (event: 'message', listener: (event: { data: unknown }) => void) => unknown;
      postMessage: (message: unknown) => void;
    };
  }
}
