import { fdatasyncSync, mkdtempSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { quantile } from './stats.ts';

export type Environment = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly chromium: string;
  readonly fdatasyncMs: { readonly p50: number; readonly p95: number };
  readonly loadBefore: number;
  loadAfter: number;
};

export function describeEnvironment(chromium: string, folder: string): Environment {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release().split('-')[0] ?? ''} ${os.arch()}`,
    node: process.version,
    chromium,
    fdatasyncMs: measureDisk(folder),
    loadBefore: load(),
    loadAfter: 0,
  };
}

export const load = (): number => Math.round((os.loadavg()[0] ?? 0) * 100) / 100;

/** Other work took part of the machine. The browser alone keeps about one core busy, so the load after a run counts less. */
export const isNoisy = ({ cores, loadBefore, loadAfter }: Environment): boolean =>
  loadBefore > cores / 2 || loadAfter > cores;

function measureDisk(folder: string): Environment['fdatasyncMs'] {
  const directory = mkdtempSync(path.join(folder, 'disk-'));
  const file = openSync(path.join(directory, 'probe'), 'w');
  const block = Buffer.alloc(4096, 1);
  const samples = Array.from({ length: 100 }, () => {
    writeSync(file, block);
    const start = performance.now();
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(directory, { recursive: true });
  const rounded = (share: number) => Math.round(quantile(samples, share) * 100) / 100;
  return { p50: rounded(0.5), p95: rounded(0.95) };
}
