import { EventEmitter } from 'node:events';
import type { BrowserContext, Page } from 'playwright-core';
import type { BrowserWindow, BrowserWindowConstructorOptions } from './api.ts';
import { StandInContents } from './contents.ts';
import { emitPreventable, listenTo, state } from './state.ts';

const windows = new Set<StandInWindow>();
/** Chromium starts with one page, which the first window takes. */
const expected = new Set<Page>();
let opening = 0;

export class StandInWindow implements BrowserWindow {
  readonly webContents: StandInContents;
  private readonly events = new EventEmitter();
  private closed = false;
  private closing = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    this.webContents = new StandInContents(takePage(), options.webPreferences?.preload);
    windows.add(this);
    state.events.emit('web-contents-created', { preventDefault: () => undefined }, this.webContents);
    const opened = this.webContents.page.then((page) => {
      page.on('close', () => {
        this.gone();
      });
    });
    opened.catch(() => {
      this.gone();
    });
  }

  on: BrowserWindow['on'] = listenTo(this.events);

  loadURL(url: string): Promise<void> {
    return this.webContents.load(url).catch((error: unknown) => {
      // The window went while it was loading.
      if (!this.closed) throw error;
    });
  }

  close(): void {
    if (!emitPreventable(this.events, 'close', {})) this.destroy();
  }

  destroy(): void {
    this.closing = true;
    const others = [...windows].filter((window) => window !== this);
    const ended = this.webContents.step(async (page) => {
      // Chromium itself ends with its last page: a window that is still opening comes first.
      await Promise.allSettled(others.map((window) => window.webContents.page));
      await page.close();
    });
    ended.catch(() => {
      this.gone();
    });
  }

  focus(): void {
    this.webContents.step((page) => page.bringToFront()).catch(() => undefined);
  }

  isDestroyed = (): boolean => this.closed;
  isClosing = (): boolean => this.closing || this.closed;
  /** Chromium does not tell; bringing a page to the front also restores it. */
  isMinimized = (): boolean => false;
  restore(): void {
    this.focus();
  }
  /** There is no content protection here: one of the reasons why protection is reduced. */
  setContentProtection = (): void => undefined;

  private gone(): void {
    if (this.closed) return;
    this.closed = true;
    windows.delete(this);
    this.events.emit('closed');
    if (windows.size === 0) state.events.emit('window-all-closed');
  }
}

export const openWindows = (): readonly StandInWindow[] => [...windows];

/** The window that shows `page`, if it is one of the app's. */
export async function windowOf(page: Page): Promise<StandInWindow | undefined> {
  for (const window of windows) if ((await window.webContents.page.catch(() => undefined)) === page) return window;
  return undefined;
}

/** Closes every page that the app did not open: a link in a second window, a new tab. */
export function closeForeignPages(browser: BrowserContext): void {
  const [first] = browser.pages();
  if (first !== undefined) expected.add(first);
  browser.on('page', (page) => {
    if (opening > 0) opening -= 1;
    else void page.close().catch(() => undefined);
  });
}

async function takePage(): Promise<Page> {
  if (state.browser === undefined) throw new Error('Cannot create BrowserWindow before app is ready');
  const browser = await state.browser;
  const [first] = expected;
  if (first !== undefined) {
    expected.delete(first);
    return first;
  }
  opening += 1;
  return browser.newPage();
}
