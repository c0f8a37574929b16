import type pg from 'pg';
import { parseIsoDate, type IsoDate } from '../shared/kernel/dates.ts';
import type { HelloAnswer } from '../shared/sync/protocol.ts';
import type { Transaction } from './database.ts';

/** For the answer to a hello: what holds in the municipality of the transaction; nothing where nobody said anything. */
export async function leasesOf(tx: Transaction): Promise<Pick<HelloAnswer, 'lease'>> {
  const { rows } = await tx.query<{ from: string; days: number }>(
    `SELECT to_char(since, 'YYYY-MM-DD') AS "from", days FROM lease_term ORDER BY since DESC LIMIT 100`,
  );
  return rows.length === 0 ? {} : { lease: rows };
}

export type KnownTerm = { readonly municipality: string; readonly from: string; readonly days: number };

/** Of every municipality; for the owner of the tables. */
export async function listTerms(client: pg.Client): Promise<readonly KnownTerm[]> {
  const { rows } = await client.query<KnownTerm>(
    `SELECT municipality, to_char(since, 'YYYY-MM-DD') AS "from", days FROM lease_term ORDER BY municipality, since`,
  );
  return rows;
}

/** From a day on; what began before today stays as it was, since laptops have kept to it. */
export async function noteTerm(client: pg.Client, municipality: string, from: IsoDate, days: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO lease_term (municipality, since, days)
     SELECT $1, $2::date, $3 WHERE $2::date >= (now() AT TIME ZONE 'UTC')::date
     ON CONFLICT (municipality, since) DO UPDATE SET days = excluded.days, noted_at = now()`,
    [municipality, from, days],
  );
  return rowCount === 1;
}

/** A number of days from 1 to 30 and a day; undefined for anything else. */
export function parseTerm(days: string, from: string): { readonly days: number; readonly from: IsoDate } | undefined {
  const day = parseIsoDate(from);
  const count = /^\d{1,2}$/.test(days) ? Number(days) : 0;
  return day !== undefined && count >= 1 && count <= 30 ? { days: count, from: day } : undefined;
}
