import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { rendererPlugins } from '../../renderer-plugins.ts';
import { findTestBrowser } from '../chromium.ts';
import { makeCodeKey } from './code-key.ts';
import type { BenchPage } from './page/main.tsx';

/** Answered from the built files; nothing listens and nothing is looked up. */
const origin = 'https://bench.invalid';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
export const workFolder = path.resolve('node_modules/.cache/bench');
const pageFolder = path.join(workFolder, 'page');

/** The production bundle of what ships, with a page that measures it. Gives a key of the code that fills a store. */
export async function buildPage(): Promise<string> {
  mkdirSync(workFolder, { recursive: true });
  const fillKey = makeCodeKey(['page/fill.ts', 'page/fill.worker.ts']);
  await build({
    configFile: false,
    root: path.resolve('tests/bench/page'),
    base: '/',
    logLevel: 'error',
    plugins: [...rendererPlugins(), fillKey.plugin()],
    worker: { format: 'es', plugins: () => [fillKey.plugin()] },
    build: {
      outDir: pageFolder,
      emptyOutDir: true,
      target: 'chrome144',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4_000,
    },
  });
  return fillKey.hash();
}

export type Opened = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly call: <Name extends keyof BenchPage>(
    name: Name,
    argument: Parameters<BenchPage[Name]>[0],
  ) => Promise<Awaited<ReturnType<BenchPage[Name]>>>;
};

export const profileOf = (name: string): string => path.join(workFolder, `profile-${name}`);
export const removeProfile = (name: string): void => rmSync(profileOf(name), { recursive: true, force: true });

/** A new process on the profile, which is on disk. Nothing but what a user has on the disk is left of the last one. */
export async function inBrowser<T>(profile: string, work: (opened: Opened) => Promise<T>): Promise<T> {
  const { executablePath, args, env } = await findTestBrowser();
  const context = await chromium.launchPersistentContext(profileOf(profile), {
    executablePath,
    args: [...args, '--enable-precise-memory-info'],
    headless: true,
    viewport: { width: 1366, height: 668 },
    ...(env === undefined ? {} : { env }),
  });
  try {
    await context.route(`${origin}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = path.join(pageFolder, pathname === '/' ? 'index.html' : pathname);
      return route.fulfill({
        body: readFileSync(file),
        contentType: types[path.extname(file)] ?? 'application/octet-stream',
      });
    });
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    page.on('pageerror', (error) => console.error(`page: ${error.stack ?? error.message}`));
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => 'bench' in window);
    const call: Opened['call'] = (name, argument) =>
      page.evaluate(
        ([wanted, given]) => {
          const { bench } = window as unknown as { bench: Record<string, (argument: unknown) => unknown> };
          return bench[wanted]?.(given);
        },
        [name, argument] as const,
      ) as ReturnType<Opened['call']> as never;
    return await work({ page, context, call });
  } finally {
    await context.close();
  }
}
