import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { toUtf8 } from '../shared/kernel/bytes.ts';
import { readJson } from '../shared/sync/casebox.ts';
import type { CaseboxService } from './casebox.ts';
import { StartError } from './postgres.ts';
import { writeWhole } from './stick-file.ts';

/**
 * The endpoint that runs is the only writer: a command leaves its file in `casebox/asked/` of the data folder, and the
 * endpoint puts the outcome beside it.
 */
const count = z.int().min(0);
const outcomeSchema = z.union([
  z.strictObject({
    device: z.string(),
    operations: count,
    frames: z.strictObject({ taken: count, held: count, parked: count, quarantined: count }),
  }),
  z.strictObject({ refused: z.string() }),
]);
export type CaseboxOutcome = z.infer<typeof outcomeSchema>;
export type Asked =
  { readonly way: 'import'; readonly bytes: Uint8Array } | { readonly way: 'export'; readonly device: string };

/** What the endpoint does about one request; the same for a command that runs without another endpoint. */
export async function answerOne(
  casebox: CaseboxService,
  asked: Asked,
): Promise<{ readonly outcome: CaseboxOutcome; readonly answer: Uint8Array | undefined }> {
  if (asked.way === 'export') {
    const made = await casebox.answerFor(asked.device);
    if (!made.ok) return { outcome: { refused: made.error.type }, answer: undefined };
    const frames = { taken: 0, held: 0, parked: 0, quarantined: 0 };
    return { outcome: { device: asked.device, operations: 0, frames }, answer: made.value };
  }
  const taken = await casebox.take(asked.bytes);
  if (!taken.ok) return { outcome: { refused: taken.error.type }, answer: undefined };
  const { answer, ...outcome } = taken.value;
  return { outcome, answer };
}

const folderOf = (data: string) => join(data, 'casebox', 'asked');

/** Done by the running endpoint every moment; a request that fails for a reason of the database stays for the next look. */
export async function answerRequests(casebox: CaseboxService, data: string): Promise<void> {
  const folder = folderOf(data);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, id, way] = /^([0-9a-f]{16})\.(import|export)$/.exec(name) ?? [];
    if (id === undefined) continue;
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    // Taken back a moment ago.
    if (bytes === undefined) continue;
    const asked: Asked = way === 'import' ? { way, bytes } : { way: 'export', device: bytes.toString('utf8') };
    const { outcome, answer } = await answerOne(casebox, asked);
    if (answer !== undefined) await writeWhole(join(folder, `${id}.answer`), answer);
    await writeWhole(join(folder, `${id}.outcome`), toUtf8(JSON.stringify(outcome)));
    await rm(join(folder, name), { force: true });
  }
}

/** Asks the endpoint that runs on this data folder and waits for it. */
export async function askEndpoint(
  data: string,
  asked: Asked,
): Promise<{ readonly outcome: CaseboxOutcome; readonly answer: Uint8Array | undefined }> {
  const folder = folderOf(data);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const id = randomBytes(8).toString('hex');
  const file = (ending: string) => join(folder, `${id}.${ending}`);
  await writeWhole(file(asked.way), asked.way === 'import' ? asked.bytes : toUtf8(asked.device));
  try {
    for (let waited = 0; waited < 300; waited++) {
      const found = await readFile(file('outcome')).catch(() => undefined);
      const outcome = found && outcomeSchema.safeParse(readJson(found)).data;
      if (outcome !== undefined) {
        return { outcome, answer: await readFile(file('answer')).catch(() => undefined) };
      }
      await wait(200);
    }
    throw new StartError('The endpoint that runs here does not answer. Look at what it says, and do it again.');
  } finally {
    for (const ending of [asked.way, 'outcome', 'answer']) await rm(file(ending), { force: true });
  }
}
