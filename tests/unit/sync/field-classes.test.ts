import { describe, expect, it } from 'vitest';
import { recordKinds } from '../../../shared/records/record.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import { emptyRecord, valuesOf } from '../../../shared/sync/replica-record.ts';
import { compartmentOf } from '../../../shared/sync/rule-of-field.ts';
import version1 from '../../../shared/questionnaire/versions/return-intake.1.json' with { type: 'json' };
import { aContext, aRecordId, makeChanges } from './sync-fixtures.ts';

const written = recordKinds.filter((kind) => Object.keys(definitionOf(kind).fields).length > 0);

it.each(written)('%s stands in the list under its own name and can be routed', (kind) => {
  const definition = definitionOf(kind);
  expect(definition.kind).toBe(kind);
  expect(definition.fields['placement']).toMatchObject({ compartment: 'core', sharing: 'central', class: 'review' });
  for (const stem of Object.keys(definition.fields)) expect(stem).not.toContain('.');
});

it('keeps the income of a resident in finance and the BSN apart', () => {
  expect(compartmentOf(definitionOf('resident'), 'income.employment.2026-11')).toBe('finance');
  expect(compartmentOf(definitionOf('resident'), 'bsn')).toBe('bsn');
  expect(compartmentOf(definitionOf('resident'), 'shoeSize')).toBeUndefined();
});

describe('the answers of an interview', () => {
  const intake = emptyRecord({ kind: 'returnIntake', id: aRecordId });
  const ruleOf = ruleOfRecord(intake);
  type Listed = { readonly key?: string; readonly sync?: string; readonly privacy?: string; readonly type?: string };
  const questions: Listed[] = [];
  JSON.stringify(version1, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'sync' in value && 'key' in value)
      questions.push(value as Listed);
    return value;
  });
  const find = (sync: string) =>
    questions.find((question) => question.sync === sync && question.type === 'text')?.key ??
    questions.find((question) => question.sync === sync)?.key ??
    '';

  it('leave the device as their question says, and no further', () => {
    for (const sync of ['central', 'flag', 'local']) expect(ruleOf?.(`answer.${find(sync)}`)?.sharing).toBe(sync);
    const flagged = `answer.${find('flag')}.${aRecordId}`;
    const made = makeChanges(
      {
        record: intake,
        edits: [
          { field: flagged, value: 'planted', base: [] },
          { field: `answer.${find('local')}`, value: 'planted', base: [] },
        ],
        definition: definitionOf('returnIntake'),
        ...(ruleOf === undefined ? {} : { ruleOf }),
      },
      aContext(),
    );
    if (!made.ok) throw new Error(made.error.type);
    expect(made.value.changes.map(({ f, v }) => [f, v])).toEqual([[`${flagged}.given`, true]]);
    expect(valuesOf(made.value.record, definitionOf('returnIntake'), ruleOf).values[flagged]).toBe('planted');
  });

  it('have the strictest rule where the questionnaire is not known', () => {
    expect(ruleOf?.('answer.noSuchQuestion')).toMatchObject({ compartment: 'health', sharing: 'local' });
    expect(ruleOfRecord(emptyRecord({ kind: 'family', id: aRecordId }))).toBeUndefined();
  });
});
