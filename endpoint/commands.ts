import { join } from 'node:path';
import { isRecordId, recordIdBytes } from '../shared/kernel/ids.ts';
import { isRecordKind } from '../shared/records/record.ts';
import { erasedField } from '../shared/sync/rule-of-field.ts';
import { makeBackup, restoreBackup } from './backup.ts';
import { asKeeper, waitFor, type Command } from './command-tools.ts';
import { exportCasebox, importCasebox } from './casebox-command.ts';
import { makeAppRole } from './database.ts';
import { deviceCommands } from './device-commands.ts';
import { askErasure, erasureDone, findRecord } from './erasures.ts';
import { heldCommands } from './held-commands.ts';
import { leaseCommand } from './lease-command.ts';
import { withOwner } from './owner-client.ts';
import { StartError } from './postgres.ts';

/** What `npm run endpoint -- NAME` does beside running the endpoint; each says what it did in a line. */
export const commands: Readonly<Record<string, Command>> = {
  ...deviceCommands,
  ...heldCommands,
  lease: leaseCommand,
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
