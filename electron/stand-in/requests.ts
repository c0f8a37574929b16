import type { BrowserContext, Request as Asked, Route } from 'playwright-core';
import type { IpcMain, Protocol, Session } from './api.ts';
import { emitPreventable, state, toApp } from './state.ts';
import { windowOf } from './window.ts';

export const protocol: Protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle: (scheme, handler) => {
    state.handlers.set(scheme, handler);
  },
};

export const ipcMain: IpcMain = {
  handle: (channel, listener) => {
    if (state.channels.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    state.channels.set(channel, listener);
  },
};

/** Chromium refuses every permission by itself (see `answerRequests`), so these handlers are never asked. */
const defaultSession: Session = {
  setPermissionRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
  setDevicePermissionHandler: () => undefined,
  setDisplayMediaRequestHandler: () => undefined,
  setSpellCheckerEnabled: () => undefined,
  webRequest: {
    onBeforeRequest: (listener) => {
      state.beforeRequest = listener;
    },
  },
};
export const session = { defaultSession };

/** Puts the app between Chromium and every address: its own are answered by its handler, all others end here. */
export async function answerRequests(browser: BrowserContext): Promise<void> {
  // Granting nothing refuses the rest.
  await browser.grantPermissions([]);
  await browser.route('**/*', (route, request) =>
    answer(route, request).catch(() => route.abort().catch(() => undefined)),
  );
}

async function answer(route: Route, request: Asked): Promise<void> {
  const url = toApp(request.url());
  const cancelled = await new Promise<boolean>((resolve) => {
    if (state.beforeRequest === undefined) resolve(false);
    else
      state.beforeRequest({ url }, ({ cancel }) => {
        resolve(cancel === true);
      });
  });
  const refused = request.isNavigationRequest() && (await refusesNavigation(request, url));
  const handler = state.handlers.get(new URL(url).protocol.slice(0, -1));
  // Aborted, a navigation leaves the page where it was.
  if (cancelled || refused || handler === undefined) return route.abort('aborted');
  const response = await handler(new Request(url, { method: request.method() }));
  return route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

async function refusesNavigation(request: Asked, url: string): Promise<boolean> {
  const frame = request.frame();
  const contents = (await windowOf(frame.page()))?.webContents;
  if (contents === undefined) return true;
  if (contents.loading === request.url()) return false;
  const main = frame.parentFrame() === null;
  const names = [
    ...(main ? ['will-navigate'] : []),
    'will-frame-navigate',
    ...(request.redirectedFrom() ? ['will-redirect'] : []),
  ];
  return names.map((name) => emitPreventable(contents.events, name, { url })).includes(true);
}
