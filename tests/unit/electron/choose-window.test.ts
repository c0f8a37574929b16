import { describe, expect, it } from 'vitest';
import { chooseWindow, type Found } from '../../../electron/choose-window.ts';

const onScreen = { DISPLAY: ':0' };
const bare: Found = {
  platform: 'linux',
  isRoot: false,
  env: onScreen,
  node: '/node',
  electron: undefined,
  givenUp: true,
  browser: undefined,
};
const electron = '/modules/electron/dist/electron';
const browser = '/usr/bin/chromium';
const demo = 'running the demonstration without a window instead; its pictures are in demo-output/';
const chosen = (found: Partial<Found>) => chooseWindow({ ...bare, ...found });
const program = (found: Partial<Found>) => {
  const choice = chosen(found);
  return choice.type === 'window' ? choice.program : expect.fail(choice.type);
};

describe('a display', () => {
  it.each([
    ['none', {}],
    ['an empty one', { DISPLAY: '', WAYLAND_DISPLAY: '' }],
  ])('%s means the demonstration, whatever is installed, and one line says so', (_, env) => {
    expect(chosen({ env, electron, browser })).toEqual({
      type: 'demonstration',
      says: [`there is no display: ${demo}`],
    });
  });

  it('nothing is fetched without one', () => {
    expect(chosen({ env: {}, givenUp: false }).type).toBe('demonstration');
  });

  it.each([
    ['X', 'linux', { DISPLAY: ':0' }],
    ['Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['Windows has one', 'win32', {}],
    ['macOS has one', 'darwin', {}],
  ] as const)('%s is enough', (_, platform, env) => {
    expect(program({ platform, env, electron }).name).toBe('Electron');
  });
});

describe("Electron's own binary", () => {
  it('goes before an installed browser, in its sandbox, and needs no words', () => {
    expect(chosen({ electron, browser })).toEqual({
      type: 'window',
      program: { name: 'Electron', file: electron, args: ['.'], env: {} },
      says: [],
    });
  });

  it.each([
    ['linux', true, ['.', '--no-sandbox']],
    ['linux', false, ['.']],
    ['darwin', true, ['.']],
  ] as const)('on %s, root: %s, is started with %j', (platform, isRoot, args) => {
    expect(program({ platform, isRoot, electron }).args).toEqual(args);
  });

  it('is fetched when it is absent, before a browser is taken, and that is said', () => {
    expect(chosen({ givenUp: false, browser })).toEqual({
      type: 'fetch',
      says: ["fetching Electron's binary (about 110 MB, once)"],
    });
  });

  it('is not fetched after a try was given up, nor when the environment forbids it', () => {
    expect(program({ givenUp: true, browser }).name).toBe(browser);
    const env = { ...onScreen, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
    expect(program({ givenUp: false, env, browser }).name).toBe(browser);
    const other = { ...onScreen, ELECTRON_SKIP_BINARY_DOWNLOAD: '0' };
    expect(chosen({ givenUp: false, env: other, browser }).type).toBe('fetch');
  });
});

describe('an installed browser', () => {
  it('shows the app through the stand-in, and what that means is said', () => {
    expect(chosen({ browser })).toEqual({
      type: 'window',
      program: {
        name: browser,
        file: '/node',
        args: ['--import', './electron/stand-in/register.ts', 'electron/main.ts'],
        env: { CHROMIUM_PATH: browser },
      },
      says: ['using the stand-in for Electron: protection is reduced, for development and demonstration only'],
    });
  });

  it('that is absent too leaves the demonstration, with the reason', () => {
    expect(chosen({})).toEqual({
      type: 'demonstration',
      says: [`there is neither Electron nor an installed Chrome, Chromium or Edge: ${demo}`],
    });
  });
});
