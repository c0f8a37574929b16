import path from 'node:path';
import { makeStickFile, makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import { exportCasebox, importCasebox } from '../../../renderer/use-cases/exchange-casebox.ts';
import type { HostSettings } from '../../../electron/host.ts';
import type { Endpoint } from '../../../endpoint/start-endpoint.ts';
import { aDevice } from '../../fakes/device.ts';
import { enrol, noDesktop, startHost, temporaryFolder } from './main-fixtures.ts';

/** A laptop with the real main process; the dialogs for the stick answer with what the test put in. */
export async function aStickLaptop(
  endpoint: Pick<Endpoint, 'url' | 'invite'>,
  seed: number,
  more: Partial<HostSettings> = {},
  invitation: Parameters<Endpoint['invite']>[0] = {},
) {
  const userData = temporaryFolder();
  const stick = temporaryFolder();
  const chosen = { target: undefined as string | undefined, source: '', suggested: '' };
  const main = await startHost(userData, {
    ...more,
    desktop: {
      ...noDesktop,
      chooseCaseboxTarget: (name) => {
        chosen.suggested = name;
        return Promise.resolve(chosen.target ?? path.join(stick, name));
      },
      chooseCasebox: () => Promise.resolve(chosen.source),
    },
  });
  const { user, device: id } = await enrol(main, 'Kanarie Gebruikersnaam', seed);
  const connected = await main.host['sync:enrol']({ url: endpoint.url, code: await endpoint.invite(invitation) });
  if (!('sites' in connected)) throw new Error('not enrolled');
  const device = await aDevice({ host: main.host, user, seed });
  return {
    id,
    userData,
    stick,
    chosen,
    main,
    device,
    sync: () => device.sync(makeSyncTransport(main.host), []),
    /** Gives the path of the file. */
    write: async (): Promise<string> => {
      const written = await exportCasebox(device.vault, makeStickFile(main.host), []);
      if (!written.ok) throw new Error(`not written: ${written.error.type}`);
      return path.join(stick, chosen.suggested);
    },
    read: (file: string) => {
      chosen.source = file;
      return importCasebox(device.vault, makeStickFile(main.host));
    },
    feeds: () =>
      [...device.vault.memory.known.feeds.values()]
        .map(({ site, c, pos, h }) => `${site}/${c} ${pos} ${Buffer.from(h).toString('hex')}`)
        .sort(),
  };
}
