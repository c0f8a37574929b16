import { describe, expect, it } from 'vitest';
import { exposeHost } from '../../../electron/host-bridge.ts';
import { serveIpc, type AskingEvent } from '../../../electron/ipc-server.ts';
import { hostEvents, ipcContract, type Channel, type Host } from '../../../shared/ipc-contract.ts';

const channels = Object.keys(ipcContract) as Channel[];
const ours: AskingEvent = { senderFrame: { url: 'app://onderdak/index.html', parent: null } };
type Ask = (event: AskingEvent, request: unknown) => Promise<unknown>;

/** The server with `answers` for some channels; every other handler fails with something that must not get out. */
function serve(answers: Partial<Record<Channel, (request: unknown) => unknown>>) {
  const asks = new Map<Channel, Ask>();
  const called: Channel[] = [];
  const reports: string[] = [];
  const host = Object.fromEntries(
    channels.map((channel) => [
      channel,
      (request: unknown) => {
        called.push(channel);
        const given = answers[channel];
        return given === undefined ? Promise.reject(new RangeError('Oksana 1984')) : Promise.resolve(given(request));
      },
    ]),
  ) as unknown as Host;
  serveIpc(
    (channel, listener) => asks.set(channel, listener),
    host,
    (...report) => reports.push(report.join(' ')),
  );
  const ask = (channel: Channel, request: unknown, event = ours) => asks.get(channel)?.(event, request);
  return { ask, asks, called, reports };
}

describe('the answering side', () => {
  it('has every channel of the contract', () => {
    expect([...serve({}).asks.keys()]).toEqual(channels);
  });

  it.each<[string, AskingEvent]>([
    ['a frame that is gone', { senderFrame: null }],
    ['a frame in the page', { senderFrame: { url: 'app://onderdak/', parent: {} } }],
    ['another host', { senderFrame: { url: 'app://onderdak.example/', parent: null } }],
    ['another scheme', { senderFrame: { url: 'https://onderdak/', parent: null } }],
    ['an address that only begins alike', { senderFrame: { url: 'app://onderdak', parent: null } }],
    ['an empty page', { senderFrame: { url: 'about:blank', parent: null } }],
  ])('refuses %s on every channel before a handler hears of it', async (_who, event) => {
    const { ask, called } = serve({});
    for (const channel of channels) expect(await ask(channel, undefined, event)).toEqual({ failed: 'sender' });
    expect(called).toEqual([]);
  });

  it('refuses on every channel what is not of its form', async () => {
    const { ask, called } = serve({});
    const megabytes = 'x'.repeat(10_000_000);
    for (const channel of channels) {
      const wrong: unknown[] = [
        null,
        0,
        megabytes,
        [],
        { unknown: 1 },
        { __proto__: null, constructor: 1 },
        () => undefined,
      ];
      for (const request of wrong) {
        expect(await ask(channel, request), channel).toEqual({ failed: 'request' });
      }
    }
    expect(called).toEqual([]);
  });

  it('refuses a field too many and bytes of another length', async () => {
    const { ask } = serve({ 'app:language': () => undefined });
    expect(await ask('app:language', { language: 'uk' })).toEqual({ value: undefined });
    expect(await ask('app:language', { language: 'uk', more: true })).toEqual({ failed: 'request' });
    const unlock = { user: 'u_0', passphraseKey: new Uint8Array(31) };
    expect(await ask('keyring:unlock', unlock)).toEqual({ failed: 'request' });
  });

  it('lets no wrong answer out, and of a failure only the name of its kind', async () => {
    const { ask, reports } = serve({
      'journal:status': () => ({ ops: -1, damaged: 0, expected: 0, writers: [], locals: [] }),
    });
    expect(await ask('journal:status', undefined)).toEqual({ failed: 'response' });
    expect(await ask('keyring:users', undefined)).toEqual({ failed: 'handler' });
    expect(reports).toEqual(['journal:status response ', 'keyring:users handler RangeError']);
  });
});

describe('the asking side', () => {
  it('gives the page one function per name and passes nothing of the system on', async () => {
    const exposed: Record<string, Record<string, unknown>> = {};
    const listeners = new Map<string, (payload: unknown) => void>();
    const replies: unknown[] = [{ value: new Uint8Array([1, 2]) }, { failed: 'handler' }];
    exposeHost(channels, Object.keys(hostEvents), {
      exposeInMainWorld: (name, api) => {
        exposed[name] = api;
      },
      invoke: () => Promise.resolve(replies.shift()),
      listen: (event, listener) => listeners.set(event, listener),
    });
    const { host, hostEvents: events, ...others } = exposed;
    expect(others).toEqual({});
    expect(Object.keys(host ?? {})).toEqual(channels);
    expect(Object.keys(events ?? {})).toEqual(Object.keys(hostEvents));
    expect(new Set([...Object.values(host ?? {}), ...Object.values(events ?? {})].map((api) => typeof api))).toEqual(
      new Set(['function']),
    );

    const users = host?.['keyring:users'] as () => Promise<unknown>;
    expect(await users()).toEqual(new Uint8Array([1, 2]));
    await expect(users()).rejects.toThrow(/^keyring:users: handler$/);
    const heard: unknown[][] = [];
    (events?.['app:locking'] as (listener: (...given: unknown[]) => void) => void)((...given) => heard.push(given));
    listeners.get('app:locking')?.('idle');
    expect(heard).toEqual([['idle']]);
  });
});
