import http from 'node:http';
import https from 'node:https';
import { err, ok, type Result } from '../shared/kernel/result.ts';

/** So long without a byte, and nothing comes any more: the other end is gone without saying so (sync.md §2.11). */
export const longestSilenceMs = 30_000;
const maxAnswerBytes = 4_000_000;
/**
 * The frames of one sync follow each other on one connection: a new one costs two or three round trips. It is given up
 * before the endpoint, or what stands between, gives it up (5 seconds in Node's server).
 */
const keepMs = 2_000;
const agents = {
  'http:': new http.Agent({ keepAlive: true, timeout: keepMs }),
  'https:': new https.Agent({ keepAlive: true, timeout: keepMs }),
} as const;

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** PEM of the only authorities that may have signed the certificate; those of Node without it. */
  readonly ca: string | null;
  readonly silenceMs?: number;
};
export type HttpAnswer = {
  readonly status: number;
  readonly type: string;
  readonly retryAfterMs: number;
  readonly body: Uint8Array;
};
export type HttpError = {
  /** `untrusted`: the certificate is not one of this address. `cut`: the answer ended before its end. */
  readonly type: 'offline' | 'untrusted' | 'cut' | 'too-long';
};

/** An address that may be spoken to: https, or http on this computer itself; nothing but scheme, host and port. */
export function parseEndpointAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const local = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  const plain =
    url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  return plain && (url.protocol === 'https:' || (url.protocol === 'http:' && local)) ? url : undefined;
}

/** One request without redirects, cookies or proxy; given up after 30 seconds without a byte. */
export function sendRequest({
  method,
  url,
  headers,
  body,
  ca,
  silenceMs = longestSilenceMs,
}: HttpRequest): Promise<Result<HttpAnswer, HttpError>> {
  const { promise, resolve } = Promise.withResolvers<Result<HttpAnswer, HttpError>>();
  const fail = (type: HttpError['type']) => {
    resolve(err({ type }));
    request.destroy();
  };
  const options = {
    method,
    headers: { ...headers, 'content-length': String(body?.length ?? 0) },
  };
  const request =
    url.protocol === 'https:'
      ? https.request(url, {
          ...options,
          agent: agents['https:'],
          minVersion: 'TLSv1.2',
          ...(ca === null ? {} : { ca }),
        })
      : http.request(url, { ...options, agent: agents['http:'] });
  request.setTimeout(silenceMs, () => {
    fail('offline');
  });
  request.on('error', (error: NodeJS.ErrnoException) => {
    fail(isCertificateError(error.code ?? '') ? 'untrusted' : 'offline');
  });
  request.on('response', (response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxAnswerBytes) fail('too-long');
      else chunks.push(chunk);
    });
    response.on('error', () => {
      fail('cut');
    });
    response.on('close', () => {
      if (!response.complete) fail('cut');
    });
    response.on('end', () => {
      resolve(
        ok({
          status: response.statusCode ?? 0,
          type: (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
          retryAfterMs: parseRetryAfter(response.headers['retry-after']),
          body: Buffer.concat(chunks),
        }),
      );
    });
  });
  request.end(body ?? undefined);
  return promise;
}

const isCertificateError = (code: string) => /CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_|^EPROTO$/.test(code);

/** At most a quarter of an hour, whatever is asked for. */
export function boundedRetryMs(seconds: number): number {
  return Number.isFinite(seconds) ? Math.min(Math.max(0, Math.ceil(seconds * 1_000)), 900_000) : 0;
}

function parseRetryAfter(header: string | undefined): number {
  return header !== undefined && /^\d{1,6}$/.test(header) ? boundedRetryMs(Number(header)) : 0;
}
