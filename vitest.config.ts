import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findTestBrowser } from './tests/chromium.ts';
import { rendererPlugins } from './renderer-plugins.ts';

const provider = playwright({ launchOptions: await findTestBrowser() });
/** What is left of an old laptop's 1366 x 768 under the title bar. */
const viewport = { width: 1366, height: 668 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/{unit,checks}/**/*.test.ts'] } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        plugins: rendererPlugins(),
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.browser.test.{ts,tsx}'],
          browser: { enabled: true, headless: true, provider, instances: [{ browser: 'chromium', viewport }] },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
