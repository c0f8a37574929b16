import type { FileHandle } from 'node:fs/promises';
import type pg from 'pg';

/** What `pg` calls on a connection while a COPY runs; its declarations leave these out. */
type Wire = {
  readonly stream: { pause: () => void; resume: () => void };
  query: (sql: string) => void;
  sendCopyFromChunk: (chunk: Uint8Array) => void;
  endCopyFrom: () => void;
  sendCopyFail: (reason: string) => void;
};
type Ends = { readonly done: () => void; readonly failed: (error: Error) => void };

/** The parts that both directions share: how a statement that `pg` does not know begins and ends. */
function submittable(sql: string, { done, failed }: Ends) {
  return {
    submit: (wire: Wire) => wire.query(sql),
    // After an error `pg` says no more to the statement.
    handleError: failed,
    handleCommandComplete: () => undefined,
    handleReadyForQuery: done,
    handleRowDescription: () => undefined,
    handleDataRow: () => undefined,
    handleEmptyQuery: () => undefined,
    handlePortalSuspended: () => undefined,
  };
}

/** `COPY … TO STDOUT` of a query: its lines in PostgreSQL's text form, as they come. */
export function copyOut(client: pg.Client, query: string, onChunk: (chunk: Buffer) => Promise<void>): Promise<void> {
  return new Promise((done, failed) => {
    let last: Promise<void> = Promise.resolve();
    let waiting = 0;
    const ends = { done: () => void last.then(done, failed), failed };
    const base = submittable(`COPY (${query}) TO STDOUT`, ends);
    client.query({
      ...base,
      handleCopyData: ({ chunk }: { chunk: Buffer }, wire: Wire) => {
        // The disk may be slower than the database: no more than a little waits in memory.
        if ((waiting += 1) === 64) wire.stream.pause();
        // The reader of the connection uses its memory again for what comes next.
        const own = Buffer.from(chunk);
        last = last.then(() => onChunk(own));
        last.then(
          () => void ((waiting -= 1) === 32 && wire.stream.resume()),
          () => wire.stream.resume(),
        );
      },
    } as unknown as pg.Submittable);
  });
}

/** `COPY … FROM STDIN` of a file that `copyOut` wrote; `onChunk` sees what was read. */
export function copyIn(
  client: pg.Client,
  target: string,
  file: FileHandle,
  onChunk: (chunk: Buffer) => void,
): Promise<void> {
  return new Promise((done, failed) => {
    const base = submittable(`COPY ${target} FROM STDIN`, { done, failed });
    const send = async (wire: Wire) => {
      const chunk = Buffer.alloc(256 * 1024);
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
        if (bytesRead === 0) break;
        const read = Buffer.from(chunk.subarray(0, bytesRead));
        onChunk(read);
        wire.sendCopyFromChunk(read);
      }
      wire.endCopyFrom();
    };
    client.query({
      ...base,
      handleCopyInResponse: (wire: Wire) => {
        send(wire).catch(() => wire.sendCopyFail('the file cannot be read'));
      },
    } as unknown as pg.Submittable);
  });
}
