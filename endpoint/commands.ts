import { join } from 'node:path';
import { makeBackup, restoreBackup } from './backup.ts';
import { makeAppRole } from './database.ts';
import { withOwner, type Place } from './owner-client.ts';
import { StartError } from './postgres.ts';

type Given = Place & {
  readonly appDatabaseUrl?: string | undefined;
  /** Where backups go. */
  readonly to?: string | undefined;
};
type Command = (given: Given, subject: string | undefined) => Promise<void>;

/** What `npm run endpoint -- NAME` does beside running the endpoint; each says what it did in a line. */
export const commands: Readonly<Record<string, Command>> = {
  backup: async (given) => {
    const { folder, operations, writers, feeds } = await withOwner(given, (client) =>
      makeBackup(client, given.to ?? join(given.data, 'backups'), new Date()),
    );
    given.say(`${folder}: ${operations} operations of ${writers} writers in ${feeds} feeds, read back and proved`);
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
