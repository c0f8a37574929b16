/** What was found on this computer, before anything is fetched or started. */
export type Found = {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Node, which runs the stand-in. */
  readonly node: string;
  /** Electron's own binary, when it is there. */
  readonly electron: string | undefined;
  /** Whether a try to fetch it was given up: now, or within the last day. */
  readonly givenUp: boolean;
  /** CHROMIUM_PATH, else an installed Chrome, Chromium or Edge. */
  readonly browser: string | undefined;
};
export type WindowProgram = {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};
export type Choice =
  | { readonly type: 'window'; readonly program: WindowProgram; readonly says: readonly string[] }
  | { readonly type: 'fetch'; readonly says: readonly string[] }
  | { readonly type: 'demonstration'; readonly says: readonly string[] };

const isSet = (value: string | undefined) => value !== undefined && value !== '';

/**
 * What shows the window (architecture.md §7): Electron's own binary, after one try to fetch it; else an installed
 * browser through the stand-in; without a display, or with neither, the demonstration. `says` is for the terminal.
 */
export function chooseWindow(found: Found): Choice {
  const { platform, isRoot, env, node, electron, givenUp, browser } = found;
  // Only there a program can be started where nobody sees it.
  if (platform === 'linux' && !isSet(env['DISPLAY']) && !isSet(env['WAYLAND_DISPLAY'])) {
    return demonstration('there is no display');
  }
  if (electron !== undefined) {
    // Chromium's sandbox cannot run as root; every other user has it.
    const args = ['.', ...(platform === 'linux' && isRoot ? ['--no-sandbox'] : [])];
    return { type: 'window', program: { name: 'Electron', file: electron, args, env: {} }, says: [] };
  }
  if (!givenUp && env['ELECTRON_SKIP_BINARY_DOWNLOAD'] !== '1') {
    return { type: 'fetch', says: ["fetching Electron's binary (about 110 MB, once)"] };
  }
  if (browser === undefined) {
    return demonstration('there is neither Electron nor an installed Chrome, Chromium or Edge');
  }
  const args = ['--import', './electron/stand-in/register.ts', 'electron/main.ts'];
  return {
    type: 'window',
    program: { name: browser, file: node, args, env: { CHROMIUM_PATH: browser } },
    says: ['using the stand-in for Electron: protection is reduced, for development and demonstration only'],
  };
}

const demonstration = (reason: string): Choice => ({
  type: 'demonstration',
  says: [`${reason}: running the demonstration without a window instead; its pictures are in demo-output/`],
});
