import { randomBytes } from 'node:crypto';
import type { Moment } from '../shared/vault/moment.ts';
import type { Transaction } from './database.ts';

/** Random, so that a number that comes again after a restore of everything is told apart. */
export const momentAt = (g: number): Moment => ({ g, mark: randomBytes(8).toString('hex') });

export async function noteMoment(tx: Transaction, { g, mark }: Moment): Promise<void> {
  await tx.query('INSERT INTO moment (g, mark) VALUES ($1, $2)', [g, mark]);
}

/** Of each: whether it is still part of the history. */
export async function areMoments(tx: Transaction, asked: readonly Moment[]): Promise<boolean[]> {
  const { rows } = await tx.query<Moment>('SELECT g, mark FROM moment WHERE g = ANY($1)', [asked.map(({ g }) => g)]);
  const marks = new Map(rows.map(({ g, mark }) => [g, mark]));
  return asked.map(({ g, mark }) => marks.get(g) === mark);
}

/** Null in a history without any. */
export async function latestMoment(tx: Transaction): Promise<Moment | null> {
  const { rows } = await tx.query<Moment>('SELECT g, mark FROM moment ORDER BY g DESC LIMIT 1');
  return rows[0] ?? null;
}
