import * as z from 'zod';
import { settingOn, type DatedPolicy } from '../contribution/dated-policy.ts';
import { termNames, type TermName } from '../contribution/parameter-row.ts';
import { invariant } from '../kernel/assert.ts';
import { addDays, type IsoDate } from '../kernel/dates.ts';
import file from './terms.json' with { type: 'json' };

const terms = z
  .array(
    z.strictObject({
      param: z.enum(termNames),
      days: z.int().min(1).max(365),
      confidence: z.enum(['H', 'M', 'L', 'nv']),
      source: z.string().min(1),
    }),
  )
  .length(termNames.length)
  .parse(file);

export type Term = {
  readonly days: number;
  readonly confidence: 'H' | 'M' | 'L' | 'nv' | null;
  readonly source: string;
};

/** A term on `day`: what the municipality settled, else the one that comes with the app, with how sure that is. */
export function termOn(policy: DatedPolicy, name: TermName, day: IsoDate): Term {
  const own = settingOn(policy, name, day);
  if (own !== undefined) return { days: own, confidence: null, source: `gemeente ${policy.municipality}` };
  const standard = terms.find(({ param }) => param === name);
  invariant(standard !== undefined, `a term for ${name}`);
  return { days: standard.days, confidence: standard.confidence, source: standard.source };
}

/** The last day of a term that begins on `day`. Plain days: no source says that a weekend moves it. */
export const lastDayOfTerm = (policy: DatedPolicy, name: TermName, day: IsoDate): IsoDate =>
  addDays(day, termOn(policy, name, day).days);
