import type { FieldValues, Value } from '../records/record.ts';
import { factCodes } from './fact-codes.ts';
import { factEdits } from './fact-kind.ts';
import { correctionFacts } from './facts.ts';

type CorrectedField = (typeof factCodes.correctedField)[number];

/** Fields of a resident by the name that a correction has for them; what is not here is `other`. */
const namesOf: Readonly<Partial<Record<string, CorrectedField>>> = {
  ...{ name: 'name', proposedSpelling: 'name', birthDate: 'birthDate', sex: 'sex' },
  ...{ nationality: 'nationality', nationalityGroup: 'nationality', bsn: 'bsn', vNumber: 'vNumber' },
  ...{ document: 'document', brp: 'brp', registration: 'brp', protection: 'protection', placement: 'stay' },
  ...{ arrival: 'stay', departure: 'stay', phones: 'contact', emails: 'contact', income: 'income' },
  ...{ care: 'care', careRoute: 'care' },
};

/** What a correction calls this field of a resident. */
export const correctedFieldOf = (field: string): CorrectedField => namesOf[field.split('.', 1)[0] ?? field] ?? 'other';

/** Who asked for it and on what ground; the parts of a correction that do not follow from what was changed. */
export type Provenance = FieldValues;

/**
 * The corrections that stand beside changes of these fields, one for each thing that was put right, so that they go into
 * the same save. `keyOf` gives the key of the correction at a place.
 */
export function correctionEdits(
  fields: readonly string[],
  provenance: Provenance,
  keyOf: (at: number) => string,
): readonly { readonly field: string; readonly value: Value }[] {
  const corrected = new Set(fields.map(correctedFieldOf));
  return factCodes.correctedField
    .filter((about) => corrected.has(about))
    .flatMap((about, at) => {
      const typed = { ...provenance, about, correctionOutcome: 'corrected', statement: null };
      return factEdits(correctionFacts, typed, { key: null, taken: [] }, keyOf(at));
    });
}
