import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { commands } from './commands.ts';
import type { Tls } from './http-server.ts';
import { StartError } from './postgres.ts';
import { startEndpoint } from './start-endpoint.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: 'endpoint-data' },
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      cert: { type: 'string' },
      key: { type: 'string' },
      demo: { type: 'boolean', default: false },
      to: { type: 'string' },
      device: { type: 'string' },
    },
  });
  const { DATABASE_URL: databaseUrl, APP_DATABASE_URL: appDatabaseUrl, ALLOW_REDUCED_PROTECTION } = process.env;
  const [name, subject, ...more] = positionals;
  if (name !== undefined) {
    const command = commands[name];
    if (command === undefined) throw new StartError(`There is no ${name}: ${Object.keys(commands).join(', ')}.`);
    const given = {
      ...{ data: values.data, to: values.to, device: values.device, more },
      databaseUrl,
      appDatabaseUrl,
      say,
    };
    await command(given, subject);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StartError('--port is a number up to 65535.');
  if ((values.cert === undefined) !== (values.key === undefined)) throw new StartError('--cert and --key go together.');
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort());
  const endpoint = await startEndpoint({
    data: values.data,
    port,
    host: values.host,
    say,
    allowReducedProtection: values.demo || ALLOW_REDUCED_PROTECTION === '1',
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(appDatabaseUrl === undefined ? {} : { appDatabaseUrl }),
    ...(values.cert === undefined || values.key === undefined ? {} : { tls: await readTls(values.cert, values.key) }),
  });
  if (!stopped.signal.aborted) {
    const invitation = await endpoint.invite(values.demo ? { validMs: 24 * 3_600_000 } : {});
    const { url: listening, serverKey } = endpoint;
    process.stdout.write(`${JSON.stringify({ listening, invitation, serverKey })}\n`);
    say(`Listening on ${listening}`);
    if (!stopped.signal.aborted) await new Promise((go) => stopped.signal.addEventListener('abort', go));
  }
  say('Stopping');
  await endpoint.stop();
  say('Stopped');
}

async function readTls(certFile: string, keyFile: string): Promise<Tls> {
  const read = (option: string, file: string) =>
    readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new StartError(`Cannot read --${option} ${file}: ${error.code ?? 'unknown reason'}`);
    });
  const tls = { cert: await read('cert', certFile), key: await read('key', keyFile) };
  try {
    createSecureContext(tls);
  } catch {
    throw new StartError('--cert and --key are not a certificate and its key in PEM.');
  }
  return tls;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof StartError ? error.message : `The endpoint failed: ${String(error)}`);
    process.exit(1);
  },
);
