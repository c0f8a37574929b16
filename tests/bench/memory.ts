import { readFileSync } from 'node:fs';
import type { Opened } from './browser.ts';

/**
 * Private memory of the renderer process in MB, after a collection: heap, buffers and everything else. Where the system
 * does not tell, the heap with its buffers as Chromium counts them.
 */
export async function residentMemory({ context, page }: Opened): Promise<number> {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = (await session.send('Performance.getMetrics').catch(() => ({ metrics: [] }))) as {
    metrics: readonly { name: string; value: number }[];
  };
  const browser = context.browser();
  const processes = browser === null ? undefined : await rendererProcesses(browser);
  const inPages = processes?.map(privateMemory).filter((value) => value !== undefined) ?? [];
  // Tabs of the profile are processes of their own; the one that is measured is the largest.
  if (inPages.length > 0) return Math.max(...inPages);
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value;
  const counted = heap ?? (await page.evaluate(() => usedHeap(performance)));
  return counted / 1e6;
}

type WithMemory = Performance & { readonly memory?: { readonly usedJSHeapSize: number } };
const usedHeap = (performance: WithMemory): number => performance.memory?.usedJSHeapSize ?? 0;

async function rendererProcesses(
  browser: NonNullable<ReturnType<Opened['context']['browser']>>,
): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function privateMemory(process: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${String(process)}/smaps_rollup`, 'utf8');
    const kilobytes = ['Private_Clean', 'Private_Dirty'].map((name) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0),
    );
    return kilobytes.reduce((sum, value) => sum + value, 0) / 1024;
  } catch {
    return undefined;
  }
}
