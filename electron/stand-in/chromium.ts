import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

const installed: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge-stable',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((root) =>
    ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) =>
      path.join(process.env[root] ?? '', file),
    ),
  ),
};

/** The browser given by CHROMIUM_PATH, else an installed Chrome, Chromium or Edge. */
export function findBrowser(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return given;
  return installed[process.platform]?.find((file) => existsSync(file));
}

/** Chromium's own helpers that would remember, correct, translate or send what is typed. */
const preferences = {
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  profile: { password_manager_enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  translate: { enabled: false },
  browser: { enable_spellchecking: false },
  spellcheck: { dictionaries: [] },
  search: { suggest_enabled: false },
};

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;

export type LaunchOptions = { profile: string; headless: boolean; width: number; height: number };

/** Starts Chromium on its own profile, driven through a pipe; no host name is looked up and no port is open. */
export async function launchBrowser({ profile, headless, width, height }: LaunchOptions): Promise<BrowserContext> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chrome, Chromium or Edge found; set CHROMIUM_PATH');
  const first = path.join(profile, 'Default');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  mkdirSync(first, { recursive: true, mode: 0o700 });
  if (!existsSync(path.join(first, 'Preferences'))) {
    writeFileSync(path.join(first, 'Preferences'), JSON.stringify(preferences));
  }
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    // Chromium's sandbox cannot run as root, which is one reason why this is called reduced protection.
    chromiumSandbox: !asRoot && process.env['ONDERDAK_NO_SANDBOX'] !== '1',
    viewport: headless ? { width, height } : null,
    serviceWorkers: 'block',
    acceptDownloads: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--disable-quic',
      '--disable-gpu',
      '--disable-crash-reporter',
      '--disable-domain-reliability',
      '--disable-client-side-phishing-detection',
      '--no-pings',
      // A window without address bar, which only a scheme of the web gets; and without a bar about the rules above.
      ...(headless ? [] : [`--window-size=${width},${height}`, '--app=data:text/html,', '--test-type']),
    ],
  });
}

// As a command: prints the browser, or ends with 1.
if (import.meta.main) {
  const found = findBrowser();
  if (found === undefined) process.exitCode = 1;
  else console.log(found);
}
