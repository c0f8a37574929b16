import { givenField, type FieldRule } from '../records/field-rule.ts';
import type { Value } from '../records/record.ts';

/** What of an edit becomes an operation, and what stays in the sealed row of this device. */
export type SharedEdit = {
  readonly shared: { readonly field: string; readonly value: Value } | null;
  readonly local: { readonly field: string; readonly value: Value } | null;
};

/**
 * Decided before an operation exists, so that nothing has to be taken out of one later: `central` sends the value,
 * `flag` only that there is one, `local` nothing. Null is an emptied field.
 */
export function shareEdit(field: string, value: Value, rule: Pick<FieldRule, 'sharing'>): SharedEdit {
  switch (rule.sharing) {
    case 'central':
      return { shared: { field, value }, local: null };
    case 'flag':
      return { shared: { field: givenField(field), value: value !== null }, local: { field, value } };
    case 'local':
      return { shared: null, local: { field, value } };
  }
}
