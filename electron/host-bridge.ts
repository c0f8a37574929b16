/** What crosses back for a question: a failure is a value too, and never carries a message or a stack. */
export type Reply = { readonly value: unknown } | { readonly failed: 'sender' | 'request' | 'handler' | 'response' };

type Bridge = {
  readonly exposeInMainWorld: (name: string, api: Record<string, unknown>) => void;
  readonly invoke: (channel: string, request: unknown) => Promise<unknown>;
  readonly listen: (event: string, listener: (payload: unknown) => void) => void;
};

/** Gives the page `host` and `hostEvents`: one function per name of the contract, and nothing of Electron itself. */
export function exposeHost(channels: readonly string[], events: readonly string[], bridge: Bridge): void {
  const ask = (channel: string) => async (request: unknown) => {
    const reply = (await bridge.invoke(channel, request)) as Reply;
    if ('failed' in reply) throw new Error(`${channel}: ${reply.failed}`);
    return reply.value;
  };
  const hear = (event: string) => (listener: (payload: unknown) => void) => {
    bridge.listen(event, (payload) => {
      listener(payload);
    });
  };
  bridge.exposeInMainWorld('host', Object.fromEntries(channels.map((channel) => [channel, ask(channel)])));
  bridge.exposeInMainWorld('hostEvents', Object.fromEntries(events.map((event) => [event, hear(event)])));
}
