import { BrowserWindow, type Session, type WebContents } from 'electron';
import { appUrl } from './app-protocol.ts';
import { windowOptions } from './window-options.ts';

export type LockReason = 'idle' | 'suspend' | 'screen' | 'user';

/** Opens one window on the app. Content protection is set on each, the ones after a lock included (SEC-20). */
export function openWindow(preload: string, devTools: boolean): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preload, devTools));
  window.setContentProtection(true);
  // A title reaches the task bar and window lists: it never follows the page (SEC-55).
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  void window.loadURL(appUrl);
  return window;
}

/** Ends the renderer with all that is open in it. The new window comes first: without any the app would quit. */
export function replaceWindow(old: BrowserWindow, preload: string, devTools: boolean): BrowserWindow {
  old.webContents.forcefullyCrashRenderer();
  const fresh = openWindow(preload, devTools);
  old.destroy();
  return fresh;
}

/** Keeps a page where it is: no other address, no second window, no embedded browser (SEC-06). */
export function confine(contents: WebContents): void {
  const stay = (event: { preventDefault: () => void }, url: string) => {
    if (!url.startsWith(appUrl)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => {
    stay(event, event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    stay(event, event.url);
  });
  contents.on('will-redirect', (event) => {
    stay(event, event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Refuses every permission, every address but the app's own and the spelling service (SEC-05, SEC-10, SEC-59). */
export function closeSession(session: Session, devTools: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => {
    decide({});
  });
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const own = details.url.startsWith(appUrl) || (devTools && details.url.startsWith('devtools:'));
    decide({ cancel: !own });
  });
}
