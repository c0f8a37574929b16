import { ipcContract, type Channel, type Host } from '../shared/ipc-contract.ts';
import type { Reply } from './host-bridge.ts';
import { appUrl } from './app-protocol.ts';

/** What of Electron's event decides who asks. */
export type AskingEvent = {
  readonly senderFrame: { readonly url: string; readonly parent: object | null } | null;
};
type Register = (channel: Channel, listener: (event: AskingEvent, request: unknown) => Promise<Reply>) => void;
/** Told without any content: a message of an error may hold personal data (SEC-61). */
type Report = (channel: Channel, failed: string, name: string) => void;

/** Answers every channel of the contract with its handler. */
export function serveIpc(register: Register, host: Host, report: Report): void {
  for (const channel of Object.keys(ipcContract) as Channel[]) {
    register(channel, (event, request) => {
      // Read before anything is awaited: the frame may be gone a moment later.
      const allowed = isOurPage(event);
      return answer(channel, host, allowed, request, report);
    });
  }
}

/** The main frame of a page of the app, and no other. */
export function isOurPage({ senderFrame }: AskingEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(appUrl);
}

async function answer(
  channel: Channel,
  host: Host,
  allowed: boolean,
  request: unknown,
  report: Report,
): Promise<Reply> {
  const failed = (at: 'sender' | 'request' | 'handler' | 'response', name = ''): Reply => {
    report(channel, at, name);
    return { failed: at };
  };
  if (!allowed) return failed('sender');
  const contract = ipcContract[channel];
  const asked = contract.request.safeParse(request);
  if (!asked.success) return failed('request');
  try {
    const given = contract.response.safeParse(await (host[channel] as Handler)(asked.data));
    return given.success ? { value: given.data } : failed('response');
  } catch (error) {
    return failed('handler', error instanceof Error ? error.name : '');
  }
}

/** Request and handler belong to the same channel; the compiler cannot follow that through a variable. */
type Handler = (request: unknown) => Promise<unknown>;
