import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';

/** What the store of a device must still be like at the next unlock (security.md §2.5, rollback). */
export const manifestSchema = z.strictObject({
  v: z.literal(1),
  /** Number of the commit it came with. */
  counter: z.int().min(1),
  /** Milliseconds and counter of the last stamp. */
  stamp: z.tuple([z.int().min(0), z.int().min(0)]),
  /** The day for which the list columns were worked out. */
  day: z.custom<IsoDate>((value) => typeof value === 'string' && parseIsoDate(value) !== undefined),
  /** Deltas up to this one are in the segments. */
  folded: z.int().min(0),
  segments: z.array(z.strictObject({ no: z.int(), version: z.int(), sites: z.array(z.string()) })),
  /** SHA-256 over number and position of every writer, and over the position of every feed. */
  writers: z.string(),
  feeds: z.string(),
});
export type Manifest = z.infer<typeof manifestSchema>;
