import * as z from 'zod';
import { fieldOfGiven, findFieldRule, type FieldRule, type KindDefinition } from '../records/field-rule.ts';
import type { Compartment } from '../records/record.ts';

export const deletedField = '_deleted';
/** The register of an erasure of a whole record; an erasure of one field stands in the register of that field. */
export const erasedField = '_erased';

/** A rule that depends on more than the kind: the question behind an answer. Undefined leaves it to the kind. */
export type RuleOf = (fieldId: string) => FieldRule | undefined;

/** The rule of a field of `definition`; undefined when this version does not know the field. */
export function ruleOfField(definition: KindDefinition, fieldId: string, ruleOf?: RuleOf): FieldRule | undefined {
  if (fieldId === deletedField) return deletedRule;
  const about = fieldOfGiven(fieldId);
  if (about !== undefined) {
    const rule = ruleOf?.(about) ?? findFieldRule(definition, about);
    if (rule?.sharing === 'flag') return givenRules[rule.compartment];
  }
  return ruleOf?.(fieldId) ?? findFieldRule(definition, fieldId);
}

/** Where an operation on the field belongs; undefined when this version does not know the field. */
export function compartmentOf(definition: KindDefinition, fieldId: string, ruleOf?: RuleOf): Compartment | undefined {
  return ruleOfField(definition, fieldId, ruleOf)?.compartment;
}

const yesNo = (compartment: Compartment): FieldRule => ({
  schema: z.boolean(),
  class: 'review',
  compartment,
  sharing: 'central',
});
const deletedRule: FieldRule = { ...yesNo('core'), cautious: [false, true] };
const givenRules: Readonly<Record<Compartment, FieldRule>> = {
  core: yesNo('core'),
  bsn: yesNo('bsn'),
  health: yesNo('health'),
  finance: yesNo('finance'),
};
