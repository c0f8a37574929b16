import { describe, expect, it } from 'vitest';
import { aResident } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { fieldStem } from '../../../shared/records/field-rule.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { factCodes } from '../../../shared/register/fact-codes.ts';
import { checkFact, factEdits, factFieldId, factsOf, holdsOn } from '../../../shared/register/fact-kind.ts';
import * as facts from '../../../shared/register/facts.ts';
import { residentKind } from '../../../shared/register/resident.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { makeSave } from '../../../shared/sync/make-changes.ts';
import { emptyRecord, valuesOf } from '../../../shared/sync/replica-record.ts';
import { sha256 } from '../sync/sync-fixtures.ts';

const today = isoDate('2026-11-24');
const none = { key: null, taken: [] };
const { workFacts, brpFacts, documentFacts, protectionFact, careFacts, factKinds } = facts;

/** What the record says after these edits, through the real operations and field rules. */
function savedValues(edits: readonly { readonly field: string; readonly value: FieldValues[string] }[]): FieldValues {
  const saved = makeSave(
    [
      {
        record: emptyRecord({ kind: 'resident', id: aResident().id }),
        edits: edits.map((edit) => ({ ...edit, base: [] })),
        definition: definitionOf('resident'),
      },
    ],
    {
      author: { user: 'u_0123456789abcdef', schema: 1, clockQuality: 0 },
      writers: Object.fromEntries(
        ['core', 'bsn', 'health'].map((c, at) => [c, { w: Uint8Array.of(at, 1, 1, 1, 1, 1, 1, 1), next: 1 }]),
      ),
      lastStamp: { ms: 0, counter: 0 },
      wallMs: 1,
      random: (count) => new Uint8Array(count),
      sha256,
    },
  );
  if (!saved.ok) throw new Error(saved.error.field);
  const [part] = saved.value.records;
  return part === undefined ? {} : valuesOf(part.record, definitionOf('resident')).values;
}

describe('kinds of facts', () => {
  it('each has its own field of the resident with a rule', () => {
    const stems = factKinds.map(({ stem }) => stem);
    expect(new Set(stems).size).toBe(stems.length);
    expect(stems.filter((stem) => !Object.hasOwn(residentKind.fields, stem))).toEqual([]);
  });

  it('of health are in the compartment of health, and all others are not', () => {
    const health = Object.entries(residentKind.fields).filter(([, rule]) => rule.compartment === 'health');
    expect(health.map(([stem]) => stem).sort()).toEqual(['care', 'careRoute']);
  });

  it.each(factKinds.map((kind) => [kind.stem, kind] as const))('%s: what its form makes can be kept', (_, kind) => {
    const typed: FieldValues = Object.fromEntries(
      kind.parts.map((part): [string, string | number] => {
        if (part.type === 'code') return [part.name, kind === documentFacts ? 'passport' : firstCode(part.list)];
        if (part.type === 'day') return [part.name, '2026-03-01'];
        if (part.type === 'count') return [part.name, 3];
        const text = { country: 'UA', oblast: 'UA01000000000013043', occupation: '2634', text: ' 0344 ' };
        return [part.name, text[part.type]];
      }),
    );
    expect(checkFact(kind, typed, today)).toEqual([]);
    const read = factsOf(kind, savedValues(factEdits(kind, typed, none, 'k1')));
    const trimmed = Object.fromEntries(Object.entries(typed).map(([n, v]) => [n, v === ' 0344 ' ? '0344' : v]));
    expect(read.map(({ values }) => values)).toEqual([trimmed]);
    expect(read.map(({ key }) => factFieldId(kind, key)).map(fieldStem)).toEqual([kind.stem]);
  });
});

const firstCode = (list: string) =>
  ({ deregistrationReason: 'moved', protectionStatus: 'arrived', proofType: 'o-document', successor: 'study' })[list] ??
  Object.entries(factCodes).find(([name]) => name === list)?.[1][0] ??
  '';

describe('a fact with a start', () => {
  const first = { from: '2025-01-01', to: null, employer: 'Bakkerij' };
  const edits = (typed: FieldValues, before: Parameters<typeof factEdits>[2] = none) =>
    factEdits(workFacts, typed, before, 'unused');

  it('is a register of its own, so that a second one leaves the first as it is', () => {
    const both = { ...toFields(edits(first)), ...toFields(edits({ from: '2026-05-01', employer: 'Kas' })) };
    expect(factsOf(workFacts, both).map(({ key }) => key)).toEqual(['2026-05-01', '2025-01-01']);
  });

  it('gets another key when one started that day already', () => {
    const [edit] = edits(first, { key: null, taken: ['2025-01-01', '2025-01-01-2'] });
    expect(edit?.field).toBe('work.2025-01-01-3');
    expect(factsOf(workFacts, toFields(edits(first, { key: null, taken: ['2025-01-01'] })))[0]?.values.from).toBe(
      '2025-01-01',
    );
  });

  it('keeps its register when it ends, and moves when its start is corrected', () => {
    const ended = edits({ ...first, to: '2025-06-30' }, { key: '2025-01-01', taken: ['2025-01-01'] });
    expect(ended.map(({ field }) => field)).toEqual(['work.2025-01-01']);
    const moved = edits({ ...first, from: '2025-02-01' }, { key: '2025-01-01', taken: ['2025-01-01'] });
    expect(moved.map(({ field, value }) => [field, value === null])).toEqual([
      ['work.2025-02-01', false],
      ['work.2025-01-01', true],
    ]);
  });

  it.each([
    ['2024-12-31', false],
    ['2025-01-01', true],
    ['2025-06-30', true],
    ['2025-07-01', false],
  ])('holds on %s: %s', (day, holds) => {
    expect(holdsOn({ key: '', values: { ...first, to: '2025-06-30' } }, isoDate(day))).toBe(holds);
  });
});

const toFields = (edits: ReturnType<typeof factEdits>): FieldValues =>
  Object.fromEntries(edits.map(({ field, value }) => [field, value]));

describe('the check of a typed fact', () => {
  it.each([
    [workFacts, {}, [{ part: 'from', problem: 'missing' }]],
    [workFacts, { from: '2026-02-02', to: '2026-02-01' }, [{ part: 'to', problem: 'ends-before-start' }]],
    [workFacts, { from: '2026-02-02', hours: 81 }, [{ part: 'hours', problem: 'too-high' }]],
    [workFacts, { from: '2026-02-02', employer: 'x'.repeat(101) }, [{ part: 'employer', problem: 'too-long' }]],
    [documentFacts, { type: 'passport', seenOn: '2026-11-25' }, [{ part: 'seenOn', problem: 'in-future' }]],
    [careFacts, { from: '2026-02-02', careKind: '' }, [{ part: 'careKind', problem: 'missing' }]],
    [brpFacts, { from: '2026-02-02', municipality: '  ' }, [{ part: 'municipality', problem: 'missing' }]],
    [protectionFact, { status: 'arrived' }, []],
  ])('%#', (kind, typed, problems) => {
    expect(checkFact(kind, typed, today)).toEqual(problems);
  });

  it('leaves out a reason whose end was taken away', () => {
    const typed = { from: '2026-01-01', municipality: '0344', to: null, reason: 'moved', destination: 'UA' };
    expect(toFields(factEdits(brpFacts, typed, { key: 'p1', taken: ['p1'] }, 'k1'))).toEqual({
      'brp.p1': { from: '2026-01-01', municipality: '0344', to: null, reason: null, destination: null },
    });
  });
});
