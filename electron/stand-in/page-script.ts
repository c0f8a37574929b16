type Encode = (value: unknown, toBase64: (bytes: Uint8Array) => string) => string;
type Decode = (text: string, fromBase64: (text: string) => Uint8Array) => unknown;
type Preload = (require: (name: string) => unknown, module: object, exports: object) => void;
type Message = { kind: string; channel?: string; value?: string };
type PageGlobals = {
  top: unknown;
  standInBinding?: (message: Message) => Promise<string>;
  open: () => null;
  addEventListener: (name: string, listener: () => void, options: object) => void;
};

/** Runs in the page before its own scripts, as source text: uses nothing but its arguments and what a page has. */
export function installPreload(encode: Encode, decode: Decode, preload: Preload): void {
  const page = globalThis as unknown as PageGlobals;
  const send = page.standInBinding;
  if (page.top !== globalThis || send === undefined) return;
  delete page.standInBinding;
  const toBase64 = (bytes: Uint8Array) => (bytes as unknown as { toBase64: () => string }).toBase64();
  const fromBase64 = (text: string) =>
    (Uint8Array as unknown as { fromBase64: (text: string) => Uint8Array }).fromBase64(text);
  const pack = (value: unknown) => encode(value, toBase64);
  const unpack = (text: string) => decode(text, fromBase64);

  const listeners = new Map<string, ((event: object, payload: unknown) => void)[]>();
  const ipcRenderer = {
    invoke: async (channel: string, request?: unknown) => {
      const reply = unpack(await send({ kind: 'invoke', channel, value: pack(request) })) as {
        value?: unknown;
        error?: string;
      };
      if (reply.error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${reply.error}`);
      return reply.value;
    },
    on: (channel: string, listener: (event: object, payload: unknown) => void) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => {
      Object.defineProperty(globalThis, name, { value: Object.freeze(api), enumerable: true });
    },
  };
  const hear = async (): Promise<void> => {
    const { channel, payload } = unpack(await send({ kind: 'listen' })) as { channel: string; payload: unknown };
    for (const listener of listeners.get(channel) ?? []) listener({}, payload);
    return hear();
  };

  page.open = () => null;
  let told = 0;
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel']) {
    page.addEventListener(
      name,
      () => {
        const now = Date.now();
        if (now - told < 1000) return;
        told = now;
        void send({ kind: 'input' });
      },
      { capture: true, passive: true },
    );
  }
  const module = { exports: {} };
  preload(
    (name) => {
      if (name === 'electron') return { contextBridge, ipcRenderer };
      throw new Error(`module not found: ${name}`);
    },
    module,
    module.exports,
  );
  void hear();
}
