import { describe, expect, it } from 'vitest';
import { dangerousSwitches } from '../../../electron/dangerous-switches.ts';
import { windowOptions } from '../../../electron/window-options.ts';

describe('switches of a start', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '-remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=127.0.0.1:1',
    '--inspect-port=1',
    '--js-flags=--expose-gc',
    '--load-extension=/x',
    '--disable-web-security',
    '--proxy-server=127.0.0.1:1',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--log-net-log=/x',
    '--password-store=basic',
    '--enable-features=X',
    '--Remote-Debugging-Port=1',
    '/remote-debugging-port=1',
  ])('refuses %s', (arg) => {
    expect(dangerousSwitches(['.', arg])).toHaveLength(1);
  });

  it('leaves the others alone, and paths are not read', () => {
    expect(dangerousSwitches(['.', '--user-data-dir=/x', '--lang=nl', '/home/x/inspect/file', 'remote'])).toEqual([]);
  });
});

it('a window is shut off from Node, and without tools in a release', () => {
  expect(windowOptions('/preload.cjs', false).webPreferences).toEqual({
    preload: '/preload.cjs',
    devTools: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    webviewTag: false,
    spellcheck: false,
    experimentalFeatures: false,
  });
});
