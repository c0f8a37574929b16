import { dirname, join, resolve } from 'node:path';
import { answerOne, askEndpoint, type Asked, type CaseboxOutcome } from './casebox-requests.ts';
import type { CaseboxRefusal } from './casebox.ts';
import { ownerOfData } from './data-lock.ts';
import type { Place } from './owner-client.ts';
import { StartError } from './postgres.ts';
import { startEndpoint } from './start-endpoint.ts';
import { readWhole, writeWhole } from './stick-file.ts';

type Given = Place & { readonly appDatabaseUrl?: string | undefined; readonly to?: string | undefined };

const refusals: Readonly<Record<CaseboxRefusal['type'], string>> = {
  foreign: 'This is not a file of Onderdak.',
  newer: 'This file comes from a newer version. Bring the endpoint up to date first.',
  damaged: 'This file is damaged or was not written to its end. Ask for a new one; nothing was taken in.',
  answer: 'This is an answer of an endpoint, for a laptop. Import the file that the laptop wrote.',
  'other-endpoint': 'This file is for another endpoint: another municipality or another data folder.',
  'unknown-device': 'No laptop of this endpoint wrote this file.',
  'not-signed': 'The laptop that is named in this file did not sign it. Nothing was taken in.',
  'never-asked': 'This laptop never sent a file, so there is no key to seal an answer with. Import one first.',
};
const isRefusal = (text: string): text is CaseboxRefusal['type'] => Object.hasOwn(refusals, text);

/** By the endpoint that runs in this folder; without one it is started for the while, on loopback. */
async function perform(
  { data: given, databaseUrl, appDatabaseUrl, say }: Given,
  asked: Asked,
): Promise<{ readonly outcome: Exclude<CaseboxOutcome, { refused: string }>; readonly answer: Uint8Array }> {
  const data = resolve(given);
  const done =
    (await ownerOfData(data)) === undefined
      ? await withOwnEndpoint({ data, databaseUrl, appDatabaseUrl, say }, asked)
      : await askEndpoint(data, asked);
  const { outcome, answer } = done;
  if ('refused' in outcome)
    throw new StartError(isRefusal(outcome.refused) ? refusals[outcome.refused] : outcome.refused);
  if (answer === undefined) throw new StartError('The endpoint made no answer. Do it again.');
  return { outcome, answer };
}

async function withOwnEndpoint({ data, databaseUrl, appDatabaseUrl, say }: Given, asked: Asked) {
  const endpoint = await startEndpoint({
    ...{ data, say },
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(appDatabaseUrl === undefined ? {} : { appDatabaseUrl }),
  });
  try {
    return await answerOne(endpoint.casebox, asked);
  } finally {
    await endpoint.stop();
  }
}

const nameFor = (device: string) =>
  `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}-${device}-answer.casebox`;

/** Takes a file of a laptop in and writes the answer beside it. Doing it twice changes nothing. */
export async function importCasebox(given: Given, file: string): Promise<void> {
  const bytes = await readWhole(file);
  const { outcome, answer } = await perform(given, { way: 'import', bytes });
  const target = given.to ?? join(dirname(file), nameFor(outcome.device));
  await writeWhole(target, answer);
  const { taken, held, parked, quarantined } = outcome.frames;
  given.say(`${outcome.device}: ${outcome.operations} operations in ${taken + parked + quarantined} frames`);
  if (held > 0) given.say(`${held} operations wait for a person: see held.`);
  if (parked > 0) given.say(`${parked} frames follow on something that is not here yet and are kept until it is.`);
  if (quarantined > 0)
    given.say(`${quarantined} frames were put aside: the laptop may not write any more, or was copied.`);
  given.say(`The answer for the laptop is ${target}`);
}

export async function exportCasebox(given: Given, device: string, file: string): Promise<void> {
  const { answer } = await perform(given, { way: 'export', device });
  await writeWhole(file, answer);
  given.say(`The answer for the laptop is ${file}`);
}
