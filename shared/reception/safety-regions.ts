import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { isoDateSchema } from '../register/schemas.ts';
import regionRows from './safety-regions.json' with { type: 'json' };

export const safetyRegionCodeSchema = z.string().regex(/^VR\d{2}$/);

const regionSchema = z.object({
  code: safetyRegionCodeSchema,
  name: z.string().min(1),
  from: isoDateSchema,
  to: isoDateSchema.nullable(),
});
export type SafetyRegion = z.infer<typeof regionSchema>;

const { regions } = z
  .object({
    source: z.string().min(1),
    confidence: z.enum(['H', 'M', 'L']),
    checkedOn: isoDateSchema,
    regions: z.array(regionSchema).min(1),
  })
  .parse(regionRows);

/** Regions that exist on `day`, in the order of their codes (register.md §6). */
export const safetyRegionsOn = (day: IsoDate): readonly SafetyRegion[] =>
  regions.filter(({ from, to }) => from <= day && (to === null || to >= day));

/** The name of a code, also of one that has ended; the code itself where this version does not know it. */
export const safetyRegionName = (code: string): string => regions.find((row) => row.code === code)?.name ?? code;
