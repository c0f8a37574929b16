import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { defineKind } from '../../../shared/records/field-rule.ts';
import type { Value } from '../../../shared/sync/change.ts';
import { compartmentsOf, makeSave } from '../../../shared/sync/make-changes.ts';
import { maxRawLength } from '../../../shared/sync/envelope.ts';
import { packOps } from '../../../shared/sync/row-codec.ts';
import {
  baseOf,
  emptyRecord,
  isHidden,
  valuesOf,
  withOps,
  type ReplicaRecord,
} from '../../../shared/sync/replica-record.ts';
import { aContext, aRecord, aRecordId, makeChanges, testKind } from './sync-fixtures.ts';

const edit = (record: ReplicaRecord, field: string, value: Value) => ({
  field,
  value,
  base: baseOf(record, field, testKind),
});

/** What a form opened on `record` saves, by one device. */
function save(record: ReplicaRecord, fields: Readonly<Record<string, Value>>, device = 1, onto = record, next = 1) {
  const edits = Object.entries(fields).map(([field, value]) => edit(record, field, value));
  const context = aContext(device);
  const writers = Object.fromEntries(Object.entries(context.writers).map(([c, writer]) => [c, { ...writer, next }]));
  const made = makeChanges({ record: onto, edits, definition: testKind }, { ...context, writers });
  if (!made.ok) throw new Error(made.error.type);
  return made.value;
}

describe('a save of one record', () => {
  it('numbers operations per compartment and says how many belong to the save', () => {
    const made = save(aRecord(), {
      name: 'Olena',
      risk: true,
      'income.employment.2026-11': { amountCents: 5 },
      callName: 'O',
    });
    expect(made.byCompartment.core?.map(({ f, n }) => [f, n])).toEqual([
      ['name', 1],
      ['callName', 2],
    ]);
    expect(made.byCompartment.health?.map(({ n }) => n)).toEqual([1]);
    expect(made.changes.map(({ x }) => x[1])).toEqual([4, 4, 4, 4]);
    expect(new Set(made.changes.map(({ salt }) => salt.join())).size).toBe(4);
    expect(made.lastStamp).toEqual({ ms: 1_764_000_000_001, counter: 3 });
    expect(made.record.rev).toBe(1);
  });

  it('makes nothing of unchanged values', () => {
    const record = save(aRecord(), { name: 'Olena', phones: ['061'], callName: 'O' }).record;
    const made = save(record, { name: 'Olena', phones: ['061'], callName: 'O', remark: null, risk: null });
    expect(made.changes).toEqual([]);
    expect(made.record).toBe(record);
  });

  it('keeps what arrived while the form was open beside what it saves', () => {
    const opened = save(aRecord(), { name: 'Olena' }).record;
    const meanwhile = withOps(opened, save(opened, { name: 'Olha' }, 2).changes);
    const saved = save(opened, { name: 'Helena' }, 3, meanwhile).record;
    const { unsettled } = valuesOf(saved, testKind);
    expect(unsettled).toEqual(['name']);
  });

  it('settles an open choice only when its base names all values', () => {
    const opened = save(aRecord(), { name: 'Olena' }).record;
    const open = withOps(opened, [
      ...save(opened, { name: 'Olha' }, 2).changes,
      ...save(opened, { name: 'Helena' }, 3).changes,
    ]);
    expect(valuesOf(save(open, { name: 'Helga' }, 4).record, testKind).unsettled).toEqual(['name']);
    const base = open.ops.filter(({ v }) => v !== 'Olena').map(({ w, n }) => ({ w, n }));
    const chosen = makeChanges(
      { record: open, edits: [{ field: 'name', value: 'Helena', base }], definition: testKind },
      aContext(5),
    );
    expect(chosen.ok && valuesOf(chosen.value.record, testKind)).toEqual({ values: { name: 'Helena' }, unsettled: [] });
  });

  it('removes from a list only what the author saw', () => {
    const opened = save(aRecord(), { phones: ['061', '062'] }).record;
    const meanwhile = withOps(opened, save(opened, { phones: ['061', '062', '063'] }, 2).changes);
    const saved = save(opened, { phones: ['062', '064'] }, 3, meanwhile).record;
    expect(valuesOf(saved, testKind).values['phones']).toEqual(['062', '063', '064']);
    const emptied = save(saved, { phones: null }, 4).record;
    expect(valuesOf(emptied, testKind).values['phones']).toBeUndefined();
  });

  it('adds an entry to a list that only grows', () => {
    const record = save(aRecord(), { notes: 'one' }).record;
    expect(valuesOf(save(record, { notes: 'two' }, 2).record, testKind).values['notes']).toEqual(['one', 'two']);
  });

  it('sends of a flag field only that it was given, and of a local field nothing', () => {
    const made = save(aRecord(), { illness: 'planted-canary', remark: 'planted-canary' });
    expect(made.changes.map(({ f, v }) => [f, v])).toEqual([['illness.given', true]]);
    expect(JSON.stringify(made.changes)).not.toContain('planted-canary');
    expect(made.localValues).toEqual({ illness: 'planted-canary', remark: 'planted-canary' });
    expect(valuesOf(made.record, testKind).values).toEqual({
      illness: 'planted-canary',
      'illness.given': true,
      remark: 'planted-canary',
    });
    const other = save(made.record, { illness: 'another' }, 1);
    expect(other.changes).toEqual([]);
    expect(valuesOf(other.record, testKind).values['illness']).toBe('another');
  });

  it('asks the rule of a question where the kind has one for all', () => {
    const ruleOf = (field: string) =>
      field === 'name'
        ? ({ schema: z.string(), class: 'review', compartment: 'health', sharing: 'local' } as const)
        : undefined;
    const part = { record: aRecord(), edits: [edit(aRecord(), 'name', 'x')], definition: testKind, ruleOf };
    const made = makeChanges(part, aContext());
    expect(made.ok && [made.value.changes, made.value.localValues]).toEqual([[], { name: 'x' }]);
    expect(compartmentsOf([part])).toEqual(['health']);
  });

  it.each([
    ['unknown-field', 'shoeSize', 1],
    ['unknown-field', 'toString', 'x'],
    ['bad-value', 'name', 5],
    ['bad-value', 'income.employment.2026-11', { amountCents: 0.5 }],
    ['bad-value', 'name', '\udc00'],
  ] as const)('says %s for %s', (type, field, value) => {
    const made = makeChanges(
      { record: aRecord(), edits: [{ field, value, base: [] }], definition: testKind },
      aContext(),
    );
    expect(made).toEqual({ ok: false, error: { type, id: aRecordId, field } });
  });

  it('refuses what one frame could never carry, and saves what it just can', () => {
    const made = (length: number) =>
      makeChanges(
        { record: aRecord(), edits: [edit(aRecord(), 'name', 'x'.repeat(length))], definition: testKind },
        aContext(),
      );
    expect(made(600_000)).toEqual({ ok: false, error: { type: 'bad-value', id: aRecordId, field: 'name' } });
    const longest = made(512 * 1024 - 5);
    if (!longest.ok) return expect.fail(longest.error.type);
    expect(packOps(longest.value.changes).length).toBeLessThan(maxRawLength);
  });

  it('goes on numbering where the writer was', () => {
    const made = save(aRecord(), { name: 'a', callName: 'b' }, 1, aRecord(), 412);
    expect(made.changes.map(({ n }) => n)).toEqual([412, 413]);
  });

  it('takes the last of two edits of one field', () => {
    const edits = [edit(aRecord(), 'name', 'first'), edit(aRecord(), 'name', 'last')];
    const made = makeChanges({ record: aRecord(), edits, definition: testKind }, aContext());
    expect(made.ok && made.value.changes.map(({ v }) => v)).toEqual(['last']);
  });
});

describe('deleting and putting back', () => {
  it('hides what the deleter saw and shows it again', () => {
    const record = save(aRecord(), { name: 'Olena' }).record;
    const deleted = save(record, { _deleted: true }, 2).record;
    expect(isHidden(deleted)).toBe(true);
    expect(save(deleted, { _deleted: true }, 3).changes).toEqual([]);
    const back = save(deleted, { _deleted: false }, 3).record;
    expect(isHidden(back)).toBe(false);
    expect(save(back, { _deleted: false }, 4).changes).toEqual([]);
    expect(isHidden(save(back, { _deleted: true }, 5).record)).toBe(true);
  });
});

describe('a record that is written once', () => {
  const decisionKind = defineKind(
    'contributionDecision',
    {
      placement: { schema: z.object({ site: z.string() }), class: 'review', compartment: 'core', sharing: 'central' },
      decision: {
        schema: z.object({ month: z.string() }),
        class: 'append',
        compartment: 'finance',
        sharing: 'central',
      },
    },
    true,
  );
  const write = (record: ReplicaRecord, field: string, value: Value) =>
    makeChanges({ record, edits: [{ field, value, base: [] }], definition: decisionKind }, aContext());
  const fresh = emptyRecord({ kind: 'contributionDecision', id: aRecordId });

  it('refuses every later edit, but can move with its family', () => {
    const made = write(fresh, 'decision', { month: '2026-11' });
    if (!made.ok) throw new Error(made.error.type);
    expect(valuesOf(made.value.record, decisionKind).values).toEqual({ decision: { month: '2026-11' } });
    const again = write(made.value.record, 'decision', { month: '2026-12' });
    expect(again).toEqual({ ok: false, error: { type: 'immutable-record', id: aRecordId, field: 'decision' } });
    expect(write(made.value.record, 'placement', { site: 's' }).ok).toBe(true);
  });
});

it('makes one save of several records', () => {
  const other = emptyRecord({ kind: 'resident', id: '1b9d1f3e-5a7c-4d2e-8f60-718293a4b5c6' });
  const parts = [aRecord(), other].map((record) => ({
    record,
    edits: [{ field: 'name', value: 'x', base: [] }],
    definition: testKind,
  }));
  const made = makeSave(parts, aContext());
  if (!made.ok) throw new Error(made.error.type);
  expect(made.value.byCompartment.core?.map(({ n, x }) => [n, x[1]])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect(made.value.records.map(({ record }) => record.id)).toEqual([aRecordId, other.id]);
});
