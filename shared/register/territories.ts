import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { isoDateSchema } from './schemas.ts';
import territoryRows from './territories.json' with { type: 'json' };

const confidence = z.enum(['H', 'M', 'L']);
const dated = { from: isoDateSchema, to: isoDateSchema.nullable(), confidence, source: z.string().min(1) };

/** `oblast` is its KATOTTH code, or `all` for the whole country; `from … to` inclusive. A later row for one goes before. */
const territorySchema = z.object({
  ...dated,
  oblast: z.union([z.literal('all'), z.string().regex(/^UA\d{17}$/)]),
  protection: z.enum(['included', 'excluded']),
  legalAct: z.string().min(1),
  status: z.enum(['in-force', 'agreed', 'announced', 'reported']),
  checkedOn: isoDateSchema,
});
export type TerritoryRow = z.infer<typeof territorySchema>;

/** Whether the last residence may be kept; `kept` true needs the act that allows it. */
const keepingSchema = z
  .object({ ...dated, kept: z.boolean(), legalAct: z.string().min(1).nullable(), checkedOn: isoDateSchema })
  .refine((row) => !row.kept || row.legalAct !== null, 'legal-act-missing');
export type KeepingRow = z.infer<typeof keepingSchema>;

export const territoryFileSchema = z.object({
  lastResidence: z.array(keepingSchema),
  territories: z.array(territorySchema),
});
const file = territoryFileSchema.parse(territoryRows);

const covers = (row: { readonly from: IsoDate; readonly to: IsoDate | null }, day: IsoDate): boolean =>
  row.from <= day && (row.to === null || row.to >= day);

/** Last residence stays off until a row with a legal base says otherwise (register.md §14). */
export function mayKeepLastResidence(day: IsoDate, rows: readonly KeepingRow[] = file.lastResidence): boolean {
  return rows.filter((row) => covers(row, day)).at(-1)?.kept ?? false;
}

/**
 * Whether people from an oblast fall under the protection on `day`, from rows in force only: its own row before that of
 * the whole country. Undefined where no row says so; the app never decides on protection by it.
 */
export function findTerritoryProtection(
  oblast: string,
  day: IsoDate,
  rows: readonly TerritoryRow[] = file.territories,
): TerritoryRow['protection'] | undefined {
  const inForce = rows.filter((row) => row.status === 'in-force' && covers(row, day));
  const own = inForce.filter((row) => row.oblast === oblast).at(-1);
  return (own ?? inForce.filter((row) => row.oblast === 'all').at(-1))?.protection;
}
