import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPage, appScheme, askedName, listFiles, type FileList } from '../../../electron/app-protocol.ts';

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types onderdak-worker";
const keyWorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

let folder = '';
let files: FileList = new Map();
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-files-'));
  const pages = path.join(folder, 'renderer');
  mkdirSync(path.join(pages, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'outside.js'), 'outside');
  for (const name of [
    'index.html',
    'assets/main-1.js',
    'assets/main-1.js.map',
    'assets/key-derivation.worker-B_x-1.js',
    'assets/import.worker-1.js',
    'assets/font.woff2',
  ]) {
    writeFileSync(path.join(pages, name), name);
  }
  symlinkSync(path.join(folder, 'outside.js'), path.join(pages, 'assets/link.js'));
  files = listFiles(pages);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the list of files', () => {
  it('holds what a page needs: no source map, no link to somewhere else', () => {
    expect([...files.keys()].toSorted()).toEqual([
      'assets/font.woff2',
      'assets/import.worker-1.js',
      'assets/key-derivation.worker-B_x-1.js',
      'assets/main-1.js',
      'index.html',
    ]);
  });

  it.each([
    ['app://onderdak/', 'index.html'],
    ['app://onderdak/index.html', 'index.html'],
    ['app://onderdak/assets/main-1.js', 'assets/main-1.js'],
  ])('answers %s', (url, name) => {
    expect(askedName(files, url)).toBe(name);
  });

  it.each([
    'app://onderdak/../outside.js',
    'app://onderdak/assets/../index.html',
    'app://onderdak/assets/../../outside.js',
    'app://onderdak/%2e%2e/outside.js',
    'app://onderdak/%2E%2E%2Foutside.js',
    'app://onderdak/..%2foutside.js',
    'app://onderdak/..\\outside.js',
    'app://onderdak/assets\\main-1.js',
    'app://onderdak/assets%5cmain-1.js',
    'app://onderdak//index.html',
    'app://onderdak/./index.html',
    'app://onderdak//etc/passwd',
    'app://onderdak/C:/Windows/win.ini',
    'app://onderdak/index.html\0',
    'app://onderdak/index.html%00.js',
    'app://onderdak/index.html?x=1',
    'app://onderdak/INDEX.HTML',
    'app://onderdak/assets/',
    'app://onderdak/assets/main-1.js.map',
    'app://onderdak/assets/link.js',
    'app://onderdak/constructor',
    'app://onderdak.example/index.html',
    'app://other/index.html',
    'https://onderdak/index.html',
    'file:///index.html',
  ])('does not know %j', async (url) => {
    expect(askedName(files, url)).toBeUndefined();
    expect((await answerPage(files, { method: 'GET', url })).status).toBe(404);
  });
});

describe('an answer', () => {
  const get = (name: string) => answerPage(files, { method: 'GET', url: `app://onderdak/${name}` });

  it('carries the policy of the page, letter by letter', async () => {
    for (const name of ['', 'assets/main-1.js', 'assets/import.worker-1.js', 'nothing.js']) {
      expect((await get(name)).headers.get('content-security-policy'), name).toBe(pagePolicy);
    }
  });

  it('gives the worker that derives keys its own', async () => {
    const answer = await get('assets/key-derivation.worker-B_x-1.js');
    expect(answer.headers.get('content-security-policy')).toBe(keyWorkerPolicy);
    expect(await answer.text()).toBe('assets/key-derivation.worker-B_x-1.js');
  });

  it('says what it is and may not be guessed at', async () => {
    const answer = await get('assets/font.woff2');
    expect(answer.headers.get('content-type')).toBe('font/woff2');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await answerPage(files, { method: 'POST', url: 'app://onderdak/index.html' })).status).toBe(404);
  });
});

it('the scheme has what pages need and bypasses no policy', () => {
  expect(appScheme).toEqual({ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } });
});
