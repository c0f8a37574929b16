import * as z from 'zod';
import { readTable } from './read-table.ts';

/** A process of its own, without keys: it reads what somebody else made, answers and is ended. */
const askedSchema = z.strictObject({
  source: z.union([z.string(), z.custom<Uint8Array>((value) => value instanceof Uint8Array)]),
  encoding: z.enum(['auto', 'utf-8', 'windows-1251', 'windows-1252']),
});

process.parentPort.on('message', (event) => {
  const asked = askedSchema.parse(event.data);
  readTable(asked.source, asked.encoding).then(
    (table) => {
      process.parentPort.postMessage(table);
    },
    () => {
      process.parentPort.postMessage({ refused: 'unreadable', detail: '' });
    },
  );
});
