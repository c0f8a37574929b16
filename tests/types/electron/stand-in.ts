/**
 * Electron's own objects stand in the place of the stand-in's: whatever it promises the shell, Electron must keep.
 * A member that is invented, a result that is richer or a callback that is handed more does not compile here.
 */
import type * as Electron from 'electron';
import type * as StandIn from '../../../electron/stand-in/electron.ts';

type Part = Exclude<keyof typeof StandIn, 'BrowserWindow'>;

declare const electron: typeof Electron;
declare const window: Electron.BrowserWindow;
declare const invoked: Electron.IpcMainInvokeEvent;
declare const child: Electron.UtilityProcess;
declare const options: StandIn.BrowserWindowConstructorOptions;

export const parts: { [P in Part]: (typeof StandIn)[P] } = electron;
export const opened: StandIn.BrowserWindow = window;
export const asked: StandIn.IpcMainInvokeEvent = invoked;
export const forked: StandIn.UtilityProcess = child;
export const accepted: Electron.BrowserWindowConstructorOptions = options;
