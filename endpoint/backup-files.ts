import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import * as z from 'zod';
import { copyIn, copyOut } from './copy.ts';
import { StartError } from './postgres.ts';

/** Every table with its columns in the order of the file, and the order of its rows. */
const tables = {
  server_state: 'one',
  epoch: 'no',
  invitation: 'code_hash',
  device: 'id',
  app_user: 'device, id',
  writer: 'w',
  frame: 'g',
  op: 'w, n',
  placement: 'id, t, from_g, site',
  feed_head: 'municipality, site, c',
  feed: 'municipality, site, c, pos',
  quarantine: 'no',
  held_decision: 'w, n',
  erasure: 'id',
  moment: 'g',
  lease_term: 'municipality, since',
} as const;
export const tableNames = Object.keys(tables) as readonly (keyof typeof tables)[];

const fileSchema = z.strictObject({
  table: z.enum(tableNames),
  columns: z.array(z.string().regex(/^[a-z_]+$/)),
  rows: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** Of the tables; a backup goes back into tables of the same one. */
  migration: z.int(),
  madeAt: z.iso.datetime(),
  lastG: z.int().min(0),
  files: z.array(fileSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;
const manifestFile = 'manifest.json';

/** One moment of all tables into a new folder, every file on disk before the folder gets its name. */
export async function writeBackup(client: pg.Client, folder: string, now: Date): Promise<Manifest> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const { rows: state } = await client.query<{ migration: number; last_g: string }>(
    'SELECT (SELECT max(no) FROM schema_migration) AS migration, last_g FROM server_state',
  );
  const files: Manifest['files'] = [];
  for (const table of tableNames) files.push(await writeTable(client, table, join(unfinished, `${table}.copy`)));
  const [first] = state;
  const manifest: Manifest = {
    format: 1,
    migration: first?.migration ?? 0,
    madeAt: now.toISOString(),
    lastG: Number(first?.last_g ?? 0),
    files,
  };
  const handle = await open(join(unfinished, manifestFile), 'wx', 0o600);
  await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
  await handle.sync();
  await handle.close();
  await syncFolder(unfinished);
  await rename(unfinished, folder);
  await syncFolder(dirname(folder));
  return manifest;
}

async function writeTable(client: pg.Client, table: keyof typeof tables, path: string) {
  const found = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [`public.${table}`],
  );
  const columns = found.rows.map(({ name }) => name);
  const handle = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let rows = 0;
    await copyOut(client, `SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${tables[table]}`, async (chunk) => {
      hash.update(chunk);
      // A line is a row: line breaks in values are written as \n.
      for (const byte of chunk) if (byte === 10) rows += 1;
      await handle.writeFile(chunk);
    });
    await handle.sync();
    return { table, columns, rows, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => {
    throw new StartError(`${folder} is not a backup: it has no ${manifestFile}.`);
  });
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    manifest = undefined;
  }
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) throw new StartError(`The backup is damaged: ${manifestFile} is not of this version.`);
  return parsed.data;
}

/** From the disk into `schema`; a file that is not what was written is an error. */
export async function readBackup(client: pg.Client, folder: string, manifest: Manifest, schema: string): Promise<void> {
  for (const { table, columns, rows, sha256 } of manifest.files) {
    const handle = await open(join(folder, `${table}.copy`), 'r').catch(() => {
      throw new StartError(`The backup is damaged: ${table}.copy is missing.`);
    });
    const hash = createHash('sha256');
    try {
      const target = `${schema}.${table} (${columns.join(', ')})`;
      await copyIn(client, target, handle, (chunk) => void hash.update(chunk)).catch(() => {
        throw new StartError(`The backup is damaged: ${table}.copy cannot be read back.`);
      });
    } finally {
      await handle.close();
    }
    const counted = await client.query<{ count: string }>(`SELECT count(*) FROM ${schema}.${table}`);
    if (hash.digest('hex') !== sha256 || Number(counted.rows[0]?.count) !== rows) {
      throw new StartError(`The backup is damaged: ${table}.copy is not what was written.`);
    }
  }
}

/** A new name survives a power cut only once its folder is on disk; not every system can sync one. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
