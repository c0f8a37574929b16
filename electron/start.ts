import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { WindowProgram } from './choose-window.ts';
import { runChild, startEndpoint, stopAll, type Endpoint } from './start-children.ts';
import { findWindow } from './start-window.ts';

/** `npm start`: builds, starts the central endpoint on this laptop and opens the app on it (architecture.md §7). */
const root = path.resolve(import.meta.dirname, '..');
const isRoot = process.getuid?.() === 0;
// Started as root, PostgreSQL runs as another user, who cannot pass through root's home folder.
const home = isRoot ? '/var/lib' : (process.env['XDG_DATA_HOME'] ?? homedir());
const data = process.env['ONDERDAK_DATA'] ?? path.join(home, '.onderdak');
const say = (text: string) => {
  console.log(`onderdak: ${text}`);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    void stopAll().then(() => process.exit(0));
  });
}
process.exitCode = await start().catch((error: unknown) => {
  say(`stopped: ${error instanceof Error ? error.message : String(error)}`);
  return 1;
});
await stopAll();

async function start(): Promise<number> {
  // That other user has to pass through here as well; what is in it keeps its own modes.
  const mode = isRoot ? 0o711 : 0o700;
  mkdirSync(data, { recursive: true, mode });
  chmodSync(data, mode);
  say('building the app (about 10 seconds)');
  const electronVite = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const built = await runChild('build', process.execPath, [electronVite, 'build', '--logLevel', 'warn'], root);
  if (built !== 0) throw new Error('the build failed');

  const program = await findWindow(root, say);
  if (program === undefined) return runChild('demo', process.execPath, ['tests/demo/run.ts'], root);
  const endpoint = await openEndpoint();
  say(`data is kept in ${data}; close the window to stop`);
  return openWindow(program, endpoint);
}

/** The app works without it, so a failure is told and no more. */
async function openEndpoint(): Promise<Endpoint | undefined> {
  say('starting the central endpoint with its own PostgreSQL (the first time about 20 seconds)');
  const portFile = path.join(data, 'endpoint-port');
  // The app remembers the address it enrolled at: the same port again, if nobody else took it meanwhile.
  const before = existsSync(portFile) ? readFileSync(portFile, 'utf8') : '0';
  const folder = path.join(data, 'endpoint');
  const endpoint =
    (await startEndpoint(root, folder, before, say)) ??
    (before === '0' ? undefined : await startEndpoint(root, folder, '0', say));
  if (endpoint === undefined) {
    say('the central endpoint did not start; the app opens without it and keeps everything on this device');
    return undefined;
  }
  writeFileSync(portFile, new URL(endpoint.listening).port);
  say(`central endpoint: address ${endpoint.listening}, invitation code ${endpoint.invitation}`);
  return endpoint;
}

function openWindow(program: WindowProgram, endpoint: Endpoint | undefined): Promise<number> {
  say(`opening the window with ${program.name}`);
  const profile = `--user-data-dir=${path.join(data, 'laptop')}`;
  return runChild('app', program.file, [...program.args, profile], root, {
    ...program.env,
    ...(endpoint === undefined
      ? {}
      : {
          ONDERDAK_ENDPOINT: endpoint.listening,
          ONDERDAK_INVITATION: endpoint.invitation,
          ONDERDAK_SERVER_KEY: endpoint.serverKey,
        }),
  });
}
