/**
 * What of Electron the shell uses, and nothing more. Electron's own objects fit these types
 * (tests/types/stand-in.ts), so that whatever compiles against them compiles against Electron.
 */
type Preventable = { preventDefault: () => void };
type Listener<Args extends unknown[]> = (...args: Args) => void;

export type App = {
  readonly isPackaged: boolean;
  enableSandbox: () => void;
  exit: (code?: number) => void;
  getAppPath: () => string;
  getPath: (name: 'userData' | 'crashDumps' | 'temp' | 'documents') => string;
  getVersion: () => string;
  quit: () => void;
  requestSingleInstanceLock: () => boolean;
  whenReady: () => Promise<void>;
  on: {
    (event: 'web-contents-created', listener: Listener<[event: Preventable, contents: WebContents]>): unknown;
    (event: 'before-quit', listener: Listener<[event: Preventable]>): unknown;
    (event: 'will-quit', listener: Listener<[event: Preventable]>): unknown;
    (event: 'second-instance', listener: () => void): unknown;
    (event: 'window-all-closed', listener: () => void): unknown;
  };
};

export type WebFrameMain = { readonly url: string; readonly parent: WebFrameMain | null };
export type IpcMainInvokeEvent = { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null };
export type IpcMain = {
  handle: (channel: string, listener: (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>) => void;
};

type NavigationEvent = Preventable & { readonly url: string };
export type WebContents = {
  send: (channel: string, payload: unknown) => void;
  forcefullyCrashRenderer: () => void;
  printToPDF: (options: PrintToPDFOptions) => Promise<Buffer>;
  print: (options?: { silent?: boolean }, done?: (success: boolean, failureReason: string) => void) => void;
  setWindowOpenHandler: (handler: (details: { readonly url: string }) => { action: 'deny' }) => void;
  on: {
    (event: 'will-navigate', listener: Listener<[NavigationEvent]>): unknown;
    (event: 'will-frame-navigate', listener: Listener<[NavigationEvent]>): unknown;
    (event: 'will-redirect', listener: Listener<[NavigationEvent]>): unknown;
    (event: 'will-attach-webview', listener: Listener<[event: Preventable]>): unknown;
    (event: 'render-process-gone', listener: () => void): unknown;
  };
};
export type PrintToPDFOptions = {
  landscape?: boolean;
  pageSize?: 'A4';
  printBackground?: boolean;
  preferCSSPageSize?: boolean;
  generateTaggedPDF?: boolean;
  generateDocumentOutline?: boolean;
};

export type BrowserWindowConstructorOptions = {
  title?: string;
  width?: number;
  height?: number;
  minWidth?: number;
  minHeight?: number;
  backgroundColor?: string;
  autoHideMenuBar?: boolean;
  webPreferences?: {
    preload?: string;
    devTools?: boolean;
    contextIsolation?: boolean;
    sandbox?: boolean;
    webSecurity?: boolean;
    nodeIntegration?: boolean;
    nodeIntegrationInWorker?: boolean;
    webviewTag?: boolean;
    spellcheck?: boolean;
    experimentalFeatures?: boolean;
  };
};
export type BrowserWindow = {
  readonly webContents: WebContents;
  close: () => void;
  destroy: () => void;
  focus: () => void;
  isDestroyed: () => boolean;
  isMinimized: () => boolean;
  loadURL: (url: string) => Promise<void>;
  restore: () => void;
  setContentProtection: (enable: boolean) => void;
  on: {
    (event: 'closed', listener: () => void): unknown;
    (event: 'close', listener: Listener<[event: Preventable]>): unknown;
    (event: 'page-title-updated', listener: Listener<[event: Preventable]>): unknown;
  };
};

export type CustomScheme = {
  scheme: string;
  privileges?: { standard?: boolean; secure?: boolean; supportFetchAPI?: boolean };
};
export type Protocol = {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => void;
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void;
};

/** What is asked of the browser is refused there, without asking these handlers. */
export type Session = {
  setPermissionRequestHandler: (
    handler: (contents: WebContents, permission: string, decide: (granted: boolean) => void) => void,
  ) => void;
  setPermissionCheckHandler: (handler: () => boolean) => void;
  setDevicePermissionHandler: (handler: () => boolean) => void;
  setDisplayMediaRequestHandler: (
    handler: (request: object, decide: (streams: Record<string, never>) => void) => void,
  ) => void;
  setSpellCheckerEnabled: (enable: boolean) => void;
  readonly webRequest: {
    onBeforeRequest: (
      listener: (details: { readonly url: string }, decide: (response: { cancel?: boolean }) => void) => void,
    ) => void;
  };
};

export type PowerMonitor = {
  getSystemIdleTime: () => number;
  on: {
    (event: 'lock-screen', listener: () => void): unknown;
    (event: 'suspend', listener: () => void): unknown;
  };
};

type FileFilter = { name: string; extensions: string[] };
export type OpenDialogOptions = {
  title?: string;
  buttonLabel?: string;
  filters?: FileFilter[];
  properties?: ('openFile' | 'openDirectory' | 'createDirectory' | 'dontAddToRecent')[];
};
export type SaveDialogOptions = {
  title?: string;
  buttonLabel?: string;
  defaultPath?: string;
  filters?: FileFilter[];
  properties?: ('createDirectory' | 'showOverwriteConfirmation' | 'dontAddToRecent')[];
};
/** Methods, not functions: Electron asks for a whole window of its own and gets one. */
type Parent = Pick<BrowserWindow, 'focus' | 'isDestroyed'>;
export type Dialog = {
  showOpenDialog(window: Parent, options: OpenDialogOptions): Promise<{ canceled: boolean; filePaths: string[] }>;
  showSaveDialog(window: Parent, options: SaveDialogOptions): Promise<{ canceled: boolean; filePath: string }>;
};

export type SafeStorage = {
  isAsyncEncryptionAvailable: () => Promise<boolean>;
  encryptStringAsync: (plainText: string) => Promise<Buffer>;
  decryptStringAsync: (encrypted: Buffer) => Promise<{ shouldReEncrypt: boolean; result: string }>;
  getSelectedStorageBackend: () => 'basic_text' | 'gnome_libsecret' | 'kwallet' | 'kwallet5' | 'kwallet6' | 'unknown';
};

export type UtilityProcess = {
  readonly pid: number | undefined;
  kill: () => boolean;
  postMessage: (message: unknown) => void;
  on: {
    (event: 'message', listener: (message: unknown) => void): unknown;
    (event: 'exit', listener: (code: number) => void): unknown;
    (event: 'spawn', listener: () => void): unknown;
  };
};
export type ForkOptions = {
  serviceName?: string;
  execArgv?: string[];
  env?: Record<string, string>;
  stdio?: 'ignore' | 'inherit';
};

export type ContextBridge = { exposeInMainWorld: (name: string, api: unknown) => void };
export type IpcRenderer = {
  invoke: (channel: string, request?: unknown) => Promise<unknown>;
  on: (channel: string, listener: (event: object, payload: unknown) => void) => unknown;
};
