import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { compartments } from '../shared/records/record.ts';

/** One erasure with its own operations, so that an endpoint that was put back gives them the same place in the chain. */
export const erasureSchema = z.strictObject({
  id: z.string().regex(/^x_[0-9a-f]{16}$/),
  municipality: z.string(),
  t: z.string(),
  record: z.string().regex(/^[0-9a-f]{32}$/),
  f: z.string(),
  reason: z.string(),
  /** Packed, by compartment. */
  parts: z.array(z.strictObject({ c: z.enum(compartments), ops: z.base64() })),
});
export type Erasure = z.infer<typeof erasureSchema>;

export type ErasureList = {
  readonly read: () => Promise<readonly Erasure[]>;
  /** Resolves after fsync; a second time the same erasure changes nothing for a reader. */
  readonly add: (erasure: Erasure) => Promise<void>;
};

/**
 * Every erasure there was, outside the database, its backups and the frame journal: whichever of them is put back, what
 * was erased is erased again before the first request is served. It names records and holds no values.
 */
export function openErasureList(data: string): ErasureList {
  const path = join(data, 'erasures.jsonl');
  return {
    read: async () => {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const byId = new Map<string, Erasure>();
      // A last line that a power cut left half written was never answered for.
      const lines = text.split('\n').slice(0, -1);
      for (const line of lines) {
        const erasure = erasureSchema.parse(JSON.parse(line));
        byId.set(erasure.id, erasure);
      }
      return [...byId.values()];
    },
    add: async (erasure) => {
      const file = await open(path, 'a', 0o600);
      try {
        const { size } = await file.stat();
        const text = size === 0 ? '' : await readFile(path, 'utf8');
        // The rest of a half-written line must not swallow this one.
        if (text !== '' && !text.endsWith('\n')) await file.truncate(text.lastIndexOf('\n') + 1);
        await file.appendFile(`${JSON.stringify(erasure)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}
