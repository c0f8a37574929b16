import { join } from 'node:path';
import type pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { isRecordId, recordIdBytes } from '../shared/kernel/ids.ts';
import { isRecordKind } from '../shared/records/record.ts';
import { erasedField } from '../shared/sync/rule-of-field.ts';
import { makeBackup, restoreBackup } from './backup.ts';
import { exportCasebox, importCasebox } from './casebox-command.ts';
import { makeAppRole } from './database.ts';
import { askErasure, erasureDone, findRecord } from './erasures.ts';
import { askRelease, listHeld, releaseOf } from './held-release.ts';
import { withOwner, type Place } from './owner-client.ts';
import { StartError } from './postgres.ts';

type Given = Place & {
  readonly appDatabaseUrl?: string | undefined;
  /** Where backups and answers go. */
  readonly to?: string | undefined;
  /** Whose answer to write. */
  readonly device?: string | undefined;
  /** What stands after the subject. */
  readonly more?: readonly string[];
};
type Command = (given: Given, subject: string | undefined) => Promise<void>;

/** In a transaction that may read everything and changes nothing. */
async function asKeeper<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN READ ONLY');
  try {
    await client.query(`SELECT set_config('onderdak.task', 'keep', true)`);
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

/** What the running endpoint made of a request; undefined when none runs, or it does not answer in half a minute. */
async function waitFor<T>(client: pg.Client, look: () => Promise<T | undefined>): Promise<T | undefined> {
  const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock(40) AS free');
  if (rows[0]?.free === true) return undefined;
  for (let waited = 0; waited < 150; waited++) {
    const done = await look();
    if (done !== undefined) return done;
    await wait(200);
  }
  return undefined;
}

/** What `npm run endpoint -- NAME` does beside running the endpoint; each says what it did in a line. */
export const commands: Readonly<Record<string, Command>> = {
  backup: async (given) => {
    const { folder, operations, writers, feeds } = await withOwner(given, (client) =>
      makeBackup(client, given.to ?? join(given.data, 'backups'), new Date()),
    );
    given.say(`${folder}: ${operations} operations of ${writers} writers in ${feeds} feeds, read back and proved`);
  },
  casebox: async (given, way) => {
    const [file] = given.more ?? [];
    if (way === 'import' && file !== undefined) return importCasebox(given, file);
    if (way === 'export' && given.device !== undefined && given.to !== undefined) {
      return exportCasebox(given, given.device, given.to);
    }
    throw new StartError('casebox import FILE [--to ANSWER], or casebox export --device ID --to FILE.');
  },
  erase: async (given, subject) => {
    const target = /^([A-Za-z]+)\/([0-9a-f-]{36})(?:\/(.+))?$/.exec(subject ?? '');
    const reason = given.more?.join(' ') ?? '';
    const [, t = '', id = '', f = erasedField] = target ?? [];
    if (!isRecordId(id) || !isRecordKind(t) || reason === '') {
      throw new StartError('erase KIND/ID REASON, or erase KIND/ID/FIELD REASON. The reason names no person.');
    }
    const record = recordIdBytes(id);
    const done = await withOwner(given, async (client) => {
      const found = await asKeeper(client, () => findRecord(client, t, record));
      if (found === undefined) throw new StartError(`There is no ${t}/${id}.`);
      const no = await askErasure(client, { municipality: found.municipality, t, record, f }, reason);
      return waitFor(client, () => erasureDone(client, no));
    });
    if (done === undefined) given.say('Noted: the endpoint erases it when it runs.');
    else given.say(`${done} operations lost their value. Earlier backups still hold it until they are destroyed.`);
  },
  held: async (given) => {
    const groups = await withOwner(given, (client) => asKeeper(client, () => listHeld(client)));
    if (groups.length === 0) given.say('Nothing waits for a person.');
    for (const { municipality, user, device, why, operations, kinds } of groups) {
      given.say(`${user} (${municipality}, ${device}): ${operations} wait because of ${why}: ${kinds.join(', ')}`);
    }
  },
  release: async (given, user) => {
    if (user === undefined) throw new StartError('Name whose operations to release: release USER. See held.');
    const asked = await withOwner(given, async (client) => {
      const groups = await asKeeper(client, () => listHeld(client));
      const group = groups.find((one) => one.user === user);
      if (group === undefined) throw new StartError(`Nothing of ${user} waits.`);
      const no = await askRelease(client, group);
      return waitFor(client, () => releaseOf(client, no));
    });
    if (asked === undefined) given.say('Noted: the endpoint releases them when it runs.');
    else given.say(`${asked.released} released, ${asked.kept} kept back: no right makes them fit.`);
  },
  restore: async (given, folder) => {
    if (folder === undefined) throw new StartError('Name the backup: restore FOLDER.');
    const operations = await withOwner(
      given,
      async (client, ownerUrl) => {
        const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
        const appUrl = given.appDatabaseUrl ?? (await makeAppRole(client, ownerUrl, rows[0]?.name ?? ''));
        return restoreBackup(client, folder, decodeURIComponent(new URL(appUrl).username));
      },
      true,
    );
    given.say(`${operations} operations are back. Start the endpoint: its frame journal brings what came later.`);
  },
};
