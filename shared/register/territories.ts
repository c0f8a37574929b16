import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { invariant } from '../kernel/assert.ts';
import { readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, isoDateSchema, textSchema } from './schemas.ts';
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

/** The protection is for who left from `leftFrom` on, or had the main residence in Ukraine on `residenceOn`. */
const referenceSchema = z.object({
  ...dated,
  leftFrom: isoDateSchema,
  residenceOn: isoDateSchema,
  checkedOn: isoDateSchema,
});
type ReferenceRow = z.infer<typeof referenceSchema>;

export const territoryFileSchema = z.object({
  referenceDays: z.array(referenceSchema).min(1),
  lastResidence: z.array(keepingSchema),
  territories: z.array(territorySchema),
});
const file = territoryFileSchema.parse(territoryRows);

const covers = (row: { readonly from: IsoDate; readonly to: IsoDate | null }, day: IsoDate): boolean =>
  row.from <= day && (row.to === null || row.to >= day);

/** The reference days of the protection on `day` (register.md §2); the first ones for a day before all of them. */
export function referenceDaysOn(day: IsoDate): Pick<ReferenceRow, 'leftFrom' | 'residenceOn'> {
  const row = file.referenceDays.findLast((one) => covers(one, day)) ?? file.referenceDays[0];
  invariant(row !== undefined, 'the file has a row');
  return row;
}

/** `lastResidence.<from>` of a municipal policy: the act that allows it, or that it is over. */
export const lastResidenceRule = field(
  'review',
  'core',
  z.object({ kept: z.boolean(), legalAct: textSchema(200).min(1) }),
);
export type KeepingDecision = {
  readonly kept: boolean;
  readonly legalAct: string;
  readonly from: IsoDate;
};

export const keepingFieldId = (from: IsoDate): string => `lastResidence.${from}`;

/** What one policy record says about keeping the last residence, the oldest first; unreadable ones are left out. */
export function keepingDecisionsOf(values: FieldValues): readonly KeepingDecision[] {
  return readFields(values, 'lastResidence', lastResidenceRule)
    .flatMap(([key, value]): readonly KeepingDecision[] => {
      const from = parseIsoDate(key);
      return from === undefined ? [] : [{ ...value, from }];
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The rows that came with the app, and behind them what an administrator wrote down since. */
export const withKeepingDecisions = (decisions: readonly KeepingDecision[]): readonly KeepingRow[] => [
  ...file.lastResidence,
  ...decisions.map(({ from, kept, legalAct }): KeepingRow => ({
    from,
    to: null,
    kept,
    legalAct,
    confidence: 'M',
    source: legalAct,
    checkedOn: from,
  })),
];

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
