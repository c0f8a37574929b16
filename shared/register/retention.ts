import * as z from 'zod';
import { monthsAfter, type IsoDate } from '../kernel/dates.ts';
import type { FieldRule } from '../records/field-rule.ts';
import { field, textSchema } from './schemas.ts';
import terms from './retention-terms.json' with { type: 'json' };

/** What is kept equally long, and goes together. */
export const retentionClasses = ['file', 'care', 'stay', 'interview', 'money'] as const;
export type RetentionClass = (typeof retentionClasses)[number];

/** A term that the municipality has set, with what it rests on; nothing ships as one (register.md §13). */
export const retentionTermSchema = z.object({
  months: z.int().min(0).max(1200),
  source: textSchema(200).min(1),
  resultCode: textSchema(20),
});
export type RetentionTerm = z.infer<typeof retentionTermSchema>;
/** The field rule of a set term: one `retention.<class>` each in the policy of a municipality. */
export const retentionRule: FieldRule = field('review', 'core', retentionTermSchema);

export type ShippedTerm = {
  readonly class: RetentionClass;
  /** The least that the law asks for; null where no term could be found. */
  readonly months: number | null;
  readonly source: string;
  readonly confidence: 'off' | 'nv';
};
/** One for each class, in the order in which they are shown. */
export const shippedTerms: readonly ShippedTerm[] = z
  .object({
    classes: z.array(
      z.object({
        class: z.enum(retentionClasses),
        months: z.int().nullable(),
        source: z.string(),
        confidence: z.enum(['off', 'nv']),
      }),
    ),
  })
  .parse(terms).classes;

export type RetentionLine = {
  readonly class: RetentionClass;
  readonly records: number;
  /** `past`: may go. `runs`: has to stay until that day. `no-term`: the municipality has set none, so nothing may go. */
  readonly state: 'past' | 'runs' | 'no-term';
  readonly until: IsoDate | null;
};

/**
 * What of one departed person is past its term and what has to stay, on `today`. The term that was set counts, and never
 * less than the law asks for. Classes without a record are left out.
 */
export function retentionOf(
  departedOn: IsoDate,
  today: IsoDate,
  records: ReadonlyMap<RetentionClass, number>,
  set: ReadonlyMap<RetentionClass, RetentionTerm>,
): readonly RetentionLine[] {
  return shippedTerms.flatMap((shipped): RetentionLine[] => {
    const count = records.get(shipped.class) ?? 0;
    if (count === 0) return [];
    const term = set.get(shipped.class);
    if (term === undefined) return [{ class: shipped.class, records: count, state: 'no-term', until: null }];
    const until = monthsAfter(departedOn, Math.max(term.months, shipped.months ?? 0));
    const state = until <= today ? 'past' : 'runs';
    return [{ class: shipped.class, records: count, state, until }];
  });
}
