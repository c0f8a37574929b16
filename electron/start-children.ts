import { spawn, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const children = new Set<ChildProcess>();
const patienceMs = 10_000;
/** The first start unpacks and initialises a database. */
const firstStartMs = 180_000;

function begin(file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, piped: boolean): ChildProcess {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', piped ? 'pipe' : 'inherit', 'inherit'],
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

/** Runs to its end in the same terminal; its exit code. */
export function runChild(
  name: string,
  file: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const child = begin(file, args, cwd, env, false);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(new Error(`${name}: ${error.message}`));
    });
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

const endpointSchema = z.object({ listening: z.url(), invitation: z.string(), serverKey: z.string() });
export type Endpoint = z.infer<typeof endpointSchema>;

/** Starts the central endpoint, which tells in one line of JSON where it listens; `undefined` when it ends instead. */
export function startEndpoint(
  cwd: string,
  folder: string,
  port: string,
  say: (text: string) => void,
): Promise<Endpoint | undefined> {
  // For demonstration: it accepts the reduced protection of a laptop without Electron or without a keyring.
  const args = ['endpoint/main.ts', '--demo', '--data', folder, '--port', port];
  const child = begin(process.execPath, args, cwd, {}, true);
  const began = Date.now();
  const progress = setInterval(() => {
    say(`still starting the central endpoint, ${Math.round((Date.now() - began) / 1000)} s`);
  }, 5_000);
  const found = new Promise<Endpoint | undefined>((resolve) => {
    child.once('error', () => {
      resolve(undefined);
    });
    child.once('close', () => {
      resolve(undefined);
    });
    setTimeout(resolve, firstStartMs, undefined).unref();
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      const told = tellsWhere(line);
      if (told === undefined) console.log(`endpoint: ${line}`);
      else resolve(told);
    });
  });
  return found.finally(() => {
    clearInterval(progress);
  });
}

function tellsWhere(line: string): Endpoint | undefined {
  try {
    return endpointSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Asks every child to end and, ten seconds later, ends it. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...children].map(async (child) => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await closed;
      clearTimeout(force);
    }),
  );
}
