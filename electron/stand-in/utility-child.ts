import process from 'node:process';

type Listener = (event: { data: unknown }) => void;

/** Electron's `process.parentPort` over the channel of `child_process.fork`. */
Object.assign(process, {
  parentPort: {
    on: (_event: 'message', listener: Listener) =>
      process.on('message', (data) => {
        listener({ data });
      }),
    postMessage: (message: unknown) => process.send?.(message as object),
  },
});
process.on('disconnect', () => {
  process.exit();
});
