import type * as Api from './api.ts';
import { app, powerMonitor } from './app.ts';
import { ipcMain, protocol, session } from './requests.ts';
import { dialog, Menu, safeStorage, utilityProcess } from './system.ts';
import { StandInWindow } from './window.ts';

export type {
  BrowserWindowConstructorOptions,
  ContextBridge,
  IpcMainInvokeEvent,
  IpcRenderer,
  OpenDialogOptions,
  SaveDialogOptions,
  Session,
  UtilityProcess,
  WebContents,
} from './api.ts';

export { app, dialog, ipcMain, Menu, powerMonitor, protocol, safeStorage, session, utilityProcess };

export type BrowserWindow = Api.BrowserWindow;
export const BrowserWindow: new (options?: Api.BrowserWindowConstructorOptions) => BrowserWindow = StandInWindow;

/** These two exist in the page only (page-script.ts); here they are there for the compiler. */
export declare const contextBridge: Api.ContextBridge;
export declare const ipcRenderer: Api.IpcRenderer;
