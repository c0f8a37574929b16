import * as z from 'zod';
import { compartments } from '../records/record.ts';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { momentSchema } from './moment.ts';

/** What every version says. */
const common = {
  /** Number of the commit it came with. */
  counter: z.int().min(1),
  /** Milliseconds and counter of the last stamp. */
  stamp: z.tuple([z.int().min(0), z.int().min(0)]),
  /** The day for which the list columns were worked out. */
  day: z.custom<IsoDate>((value) => typeof value === 'string' && parseIsoDate(value) !== undefined),
  /** Deltas up to this one are in the segments. */
  folded: z.int().min(0),
  /** SHA-256 over number and position of every writer, and over the position of every feed. */
  writers: z.string(),
  feeds: z.string(),
  /** The life of the endpoint that each compartment was last in agreement with. */
  epochs: z.partialRecord(z.enum(compartments), z.string()).default({}),
  /** The latest moment of its history of which each compartment is known to be part. */
  moments: z.partialRecord(z.enum(compartments), momentSchema).default({}),
  /** How often the feeds of each compartment had to begin anew. */
  lives: z.partialRecord(z.enum(compartments), z.int().min(0)).default({}),
};
/** Segments stood in the manifest one by one, with their sites, and were written again by every save. */
const version1 = z.strictObject({
  v: z.literal(1),
  ...common,
  segments: z.array(z.strictObject({ no: z.int(), version: z.int(), sites: z.array(z.string()) })),
});
const version2 = z.strictObject({
  v: z.literal(2),
  ...common,
  segments: z.string(),
  deltas: z.int().min(0),
});
const version3 = z.strictObject({
  v: z.literal(3),
  ...common,
  /** SHA-256 over number and version of every segment. */
  segments: z.string(),
  /** The same over the blocks of records; before there were blocks, all was read from the rows. */
  blocks: z.string(),
  /** Deltas since `folded`, so that one taken away is missed. */
  deltas: z.int().min(0),
});

/**
 * What the store of a device must still be like at the next unlock (security.md §2.5, rollback). Its size does not
 * depend on the register: every save writes it.
 */
export const manifestSchema = z.discriminatedUnion('v', [version1, version2, version3]);
export type Manifest = z.infer<typeof manifestSchema>;
