import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Every page of the app starts with this, and nothing else is ever opened. */
export const appUrl = 'app://onderdak/';

/** Without `standard` and `secure` there is no IndexedDB and no WebCrypto. */
export const appScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** SEC-08. */
export const pageCsp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
  "frame-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types onderdak-worker";
/** SEC-09: only the worker that derives keys may compile WebAssembly. */
export const keyWorkerCsp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

const keyWorker = /^assets\/key-derivation\.worker-[\w-]+\.js$/;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** What can be asked for: the path after `app://onderdak/` and where its file lies. */
export type FileList = ReadonlyMap<string, string>;

/** The files under `folder` of a kind that a page needs; made once at the start, so that no request ever names a file. */
export function listFiles(folder: string): FileList {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && path.extname(entry.name) in types,
  );
  return new Map(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file).split(path.sep).join('/'), file];
    }),
  );
}

/** The listed name that `url` asks for, compared letter by letter without decoding; `undefined` for all else (SEC-04). */
export function askedName(files: FileList, url: string): string | undefined {
  if (!url.startsWith(appUrl)) return undefined;
  const asked = url.slice(appUrl.length);
  const name = asked === '' ? 'index.html' : asked;
  return files.has(name) ? name : undefined;
}

/** The answer to one request of a page: a listed file with its policy, or 404. */
export async function answerPage(files: FileList, request: { method: string; url: string }): Promise<Response> {
  const name = request.method === 'GET' ? askedName(files, request.url) : undefined;
  const file = name === undefined ? undefined : files.get(name);
  if (name === undefined || file === undefined) return new Response(null, { status: 404, headers: headersOf('') });
  return new Response(await readFile(file), { headers: headersOf(name) });
}

function headersOf(name: string): Record<string, string> {
  return {
    'content-type': types[path.extname(name)] ?? 'text/plain; charset=utf-8',
    'content-security-policy': keyWorker.test(name) ? keyWorkerCsp : pageCsp,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
