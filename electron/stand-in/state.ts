import { EventEmitter } from 'node:events';
import type { BrowserContext } from 'playwright-core';
import type { IpcMain, Protocol, Session } from './api.ts';

type Handler = Parameters<Protocol['handle']>[1];
type BeforeRequest = Parameters<Session['webRequest']['onBeforeRequest']>[0];
type Invoked = Parameters<IpcMain['handle']>[1];

/** What the parts of the stand-in share: one process is one app with one browser. */
export const state = {
  /** Events of `app` and `powerMonitor`, and `browser` once it runs. */
  events: new EventEmitter(),
  handlers: new Map<string, Handler>(),
  channels: new Map<string, Invoked>(),
  beforeRequest: undefined as BeforeRequest | undefined,
  browser: undefined as Promise<BrowserContext> | undefined,
  lastInput: Date.now(),
};

export const headless = process.env['ONDERDAK_HEADLESS'] === '1';

/** The made-up origin: `.invalid` belongs to nobody (RFC 2606), and https makes the page a secure context. */
const shownOrigin = 'https://onderdak.invalid/';
const appOrigin = 'app://onderdak/';

/** The address in Chromium for one of the app, and back; others stay as they are. */
export const toShown = (url: string): string =>
  url.startsWith(appOrigin) ? shownOrigin + url.slice(appOrigin.length) : url;
export const toApp = (url: string): string =>
  url.startsWith(shownOrigin) ? appOrigin + url.slice(shownOrigin.length) : url;

/** Tells the listeners and says whether one of them prevented what would follow. */
export function emitPreventable(events: EventEmitter, name: string, facts: object, ...rest: unknown[]): boolean {
  let prevented = false;
  events.emit(
    name,
    {
      ...facts,
      preventDefault: () => {
        prevented = true;
      },
    },
    ...rest,
  );
  return prevented;
}

type AnyListener = Parameters<EventEmitter['on']>[1];
/** `on` of one emitter; which listener fits which event is said by the types of api.ts. */
export const listenTo =
  (events: EventEmitter) =>
  (event: string, listener: (...args: never[]) => void): unknown =>
    events.on(event, listener as AnyListener);
