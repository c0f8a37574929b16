import { randomBytes } from 'node:crypto';
import { makeChangeLog } from './change-log.ts';
import type { Database } from './database.ts';
import { replayDecision } from './decisions.ts';
import { replayErasure } from './erasures.ts';
import { replayEnrolment } from './devices.ts';
import type { FrameJournal } from './frame-journal.ts';
import { replayRelease } from './held-release.ts';
import { replayPage } from './redeposit.ts';
import { replayFrame } from './replay-frame.ts';
import { StartError } from './postgres.ts';

/**
 * The epoch: one unbroken life of the history. A database behind the frame journal has been put back: what it forgot
 * is taken in again, in the same order and so at the same positions, and a new epoch begins. A journal behind the
 * database was lost: nobody can say what the database forgot, and the devices give it back.
 */
export async function checkHistory(
  database: Database,
  journal: FrameJournal,
  serverKey: string,
  say: (line: string) => void,
): Promise<string> {
  const state = await database.within({ task: 'identify' }, async (tx) => {
    const { rows } = await tx.query<{ last_g: number; server_key: string | null }>(
      'UPDATE server_state SET server_key = coalesce(server_key, $1) RETURNING last_g, server_key',
      [serverKey],
    );
    const epochs = await tx.query<{ id: string }>('SELECT id FROM epoch ORDER BY no DESC LIMIT 1');
    return { lastG: rows[0]?.last_g ?? 0, serverKey: rows[0]?.server_key, epoch: epochs.rows[0]?.id };
  });
  if (state.serverKey !== serverKey) {
    throw new StartError(
      'This database belongs to another data folder: its devices know another server key. ' +
        'Start with the data folder it was made with.',
    );
  }
  const missing = journal.lastG() - state.lastG;
  if (missing === 0) return state.epoch ?? beginEpoch(database, 'first');
  if (missing < 0) {
    say('The frame journal is behind the database: it was lost. The devices give back what they have');
    return beginEpoch(database, 'journal-lost');
  }
  say(`The database is ${missing} entries behind the frame journal: taking them in again`);
  // Before the work: after a crash in its middle the devices must know as well.
  const epoch = await beginEpoch(database, 'replayed');
  let at = state.lastG;
  const log = makeChangeLog(
    database,
    null,
    () => undefined,
    () => at,
  );
  let done = 0;
  for await (const { kind, g, bytes } of journal.entriesAfter(state.lastG)) {
    if (done === 0 && g > state.lastG + 1) {
      say('The frame journal begins after what the database has: the devices give back what was between');
    }
    at = g;
    if (kind === 2) await replayEnrolment(log, bytes);
    else if (kind === 3) await replayRelease(log, bytes);
    else if (kind === 4) await replayPage(log, bytes);
    else if (kind === 5) await replayErasure(log, bytes);
    else if (kind === 6) await replayDecision(log, bytes);
    else if ((await replayFrame(database, log, bytes)) === 'refused') say(`Entry ${g} is set aside: it does not fit`);
    done += 1;
    if (done % 1000 === 0) say(`${done} of ${missing}`);
  }
  // Also when the last ones were known already: the next entry goes behind all of the journal.
  await database.within({ task: 'identify' }, (tx) =>
    tx.query('UPDATE server_state SET last_g = $1', [journal.lastG()]),
  );
  return epoch;
}

async function beginEpoch(database: Database, reason: string): Promise<string> {
  const id = `e_${randomBytes(8).toString('hex')}`;
  await database.within({ task: 'identify' }, (tx) =>
    tx.query('INSERT INTO epoch (id, reason) VALUES ($1, $2)', [id, reason]),
  );
  return id;
}
