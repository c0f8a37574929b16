import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMoveOnly,
  mergeEdits,
  recordsAbout,
  settleMergeEdits,
  undoMergeEdits,
} from '../../../renderer/stores/merge-edits.ts';
import { aBedStay, aFamilyId, anAbsence, aResident, aSiteId } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { refKey, type FieldValues, type RecordRef, type Value } from '../../../shared/records/record.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { mergeQuestions, type MergeSide } from '../../../shared/register/merge-residents.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import { makeSave, type Edit, type WriterPosition } from '../../../shared/sync/make-changes.ts';
import { emptyRecord, liveOf, valuesOf, withOps, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { saveIdOf } from '../../../shared/sync/undo-save.ts';
import { aContext } from '../sync/sync-fixtures.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((sign) => `${sign.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
  string,
];
const [stayId, absenceId, callId, intakeId] = [1, 2, 3, 4].map(
  (no) => `0000000${String(no)}-0000-4000-8000-000000000000`,
) as [string, string, string, string];
const person = (id: string): RecordRef => ({ kind: 'resident', id });
type Parts = readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[];

/** One laptop: records, and the numbers of its writers. */
class Laptop {
  records = new Map<string, ReplicaRecord>();
  readonly sent: Change[] = [];
  private readonly no: number;
  private count = 0;

  constructor(no: number) {
    this.no = no;
  }

  of(ref: RecordRef): ReplicaRecord {
    return this.records.get(refKey(ref)) ?? emptyRecord(ref);
  }

  values(ref: RecordRef): FieldValues {
    const record = this.of(ref);
    return valuesOf(record, definitionOf(ref.kind), ruleOfRecord(record)).values;
  }

  save(parts: Parts): string | undefined {
    const context = aContext(this.no);
    this.count += 1;
    const writers = Object.fromEntries(
      Object.entries(context.writers).map(([compartment, writer]: [string, WriterPosition]) => [
        compartment,
        { w: writer.w, next: this.count * 1000 },
      ]),
    );
    const wallMs = context.wallMs + this.count * 1000;
    const random = (size: number) =>
      Uint8Array.from({ length: size }, (_unused, at) => (at === 0 ? this.no : this.count));
    const saved = makeSave(
      parts.map(({ ref, edits }) => {
        const record = this.of(ref);
        const ruleOf = ruleOfRecord(record);
        return { record, edits, definition: definitionOf(ref.kind), ...(ruleOf === undefined ? {} : { ruleOf }) };
      }),
      { ...context, writers, wallMs, random },
    );
    if (!saved.ok) throw new Error(`${saved.error.type} ${saved.error.field}`);
    for (const { record, changes } of saved.value.records) {
      this.records.set(refKey(record), record);
      this.sent.push(...changes);
    }
    const first = saved.value.records.flatMap(({ changes }) => changes)[0];
    return first === undefined ? undefined : saveIdOf(first);
  }

  put(ref: RecordRef, values: FieldValues): void {
    this.save([{ ref, edits: Object.entries(values).map(([field, value]) => ({ field, value, base: [] })) }]);
  }

  take(refs: readonly RecordRef[], from: Laptop): void {
    for (const ref of refs) this.records.set(refKey(ref), withOps(this.of(ref), from.of(ref).ops));
  }

  merge(gone: string, kept: string, choices: ReadonlyMap<string, MergeSide> = new Map()): string | undefined {
    return this.save(mergeEdits(this.of(person(gone)), this.of(person(kept)), choices, this.records));
  }

  undo(save: string, ids: readonly string[]): void {
    this.save(
      undoMergeEdits(
        save,
        ids.map((id) => this.of(person(id))),
        this.small(),
      ),
    );
  }

  settle(gone: string, kept: string | null, dropped: readonly string[], ids: readonly string[]): void {
    const people = ids.map((id) => this.of(person(id)));
    this.save(settleMergeEdits(gone, kept, dropped, people, this.small()));
  }

  small(): ReadonlyMap<string, ReplicaRecord> {
    return new Map([...this.records].filter(([, { kind }]) => kind !== 'resident'));
  }
}

const refs: readonly RecordRef[] = [
  ...[a, b, c, d].map(person),
  { kind: 'family', id: aFamilyId },
  { kind: 'bedStay', id: stayId },
  { kind: 'absence', id: absenceId },
  { kind: 'rollCall', id: callId },
  { kind: 'returnIntake', id: intakeId },
];
const snapshot = (laptop: Laptop) => refs.map((ref) => laptop.values(ref));

type Facts = {
  readonly of: Record<string, FieldValues>;
  readonly spans: readonly (readonly [string, string, string | null])[];
};

function aLaptop({ of, spans }: Facts): Laptop {
  const laptop = new Laptop(1);
  for (const id of [a, b, c, d]) laptop.put(person(id), { ...aResident().values, ...of[id] });
  const members = spans.map(([id, from, to]) => [`member.${id}.${from}`, { to, relation: 'partner' }] as const);
  laptop.put({ kind: 'family', id: aFamilyId }, { label: 'Kovalenko', ...Object.fromEntries(members) });
  laptop.put({ kind: 'bedStay', id: stayId }, { stay: { ...(aBedStay().values.stay as FieldValues), resident: a } });
  laptop.put(
    { kind: 'absence', id: absenceId },
    { notice: { ...(anAbsence().values.notice as FieldValues), resident: a } },
  );
  laptop.put(
    { kind: 'rollCall', id: callId },
    { call: { site: aSiteId, day: '2026-11-01' }, [`mark.${a}`]: { state: 'not-seen', at: '09:00' } },
  );
  laptop.put({ kind: 'returnIntake', id: intakeId }, { about: { residents: [a], startedOn: '2026-11-01' } });
  return laptop;
}

const paper = (number: string): Value => ({
  ...{ type: 'passport', number, issuingCountry: 'UA', validUntil: null, seenOn: null },
});
const someFacts = fc.record(
  {
    callName: fc.constantFrom('Yulia', 'Julia', 'Юля'),
    phones: fc.subarray(['0612345678', '0687654321', '0611111111'], { minLength: 1 }),
    vNumber: fc.constantFrom('2812345678', '2812345679'),
    bsn: fc.constantFrom('999993653', '123456782', null),
    'document.passport': fc.constantFrom('FA1', 'FA2', 'FA3').map(paper),
    'document.second': fc.constantFrom('FA1', 'FA2', 'FA4').map(paper),
    'income.employment.2026-10': fc.nat({ max: 3 }).map((euro) => ({ amountCents: euro * 100, evidence: 'payslip' })),
    departure: fc.constantFrom<Value>({ date: '2026-11-02', reason: 'unknown', destination: null }, null),
  },
  { requiredKeys: [] },
);
const day = fc.constantFrom('2026-02-01', '2026-03-15', '2026-05-01', '2026-07-01', '2026-09-30');
const span = fc
  .tuple(fc.constantFrom(a, b, c), day, fc.option(day))
  .map(([id, from, to]) => [id, from, to !== null && to < from ? from : to] as const);
const facts: fc.Arbitrary<Facts> = fc
  .tuple(someFacts, someFacts, someFacts, fc.array(span, { maxLength: 4 }))
  .map(([ofA, ofB, ofC, spans]) => ({ of: { [a]: ofA, [b]: ofB, [c]: ofC }, spans }));
const run = { seed: 20261124, numRuns: 150 };

/** Every question answered by turns. */
const choicesFor = (laptop: Laptop, gone: string, kept: string): ReadonlyMap<string, MergeSide> =>
  new Map(
    mergeQuestions(laptop.values(person(gone)), laptop.values(person(kept))).map(({ field }, at) => [
      field,
      at % 2 === 0 ? 'gone' : 'kept',
    ]),
  );

describe('one person of two records', () => {
  it('moves everything that pointed to the one, and merging again changes nothing', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const laptop = aLaptop(given);
        const choices = choicesFor(laptop, a, b);
        const asked = mergeQuestions(laptop.values(person(a)), laptop.values(person(b)));
        laptop.merge(a, b, choices);
        const kept = laptop.values(person(b));
        for (const { field, keptField, gone, kept: before } of asked) {
          expect(kept[keptField]).toEqual(choices.get(field) === 'gone' ? gone : before);
        }
        expect(laptop.values(person(a)).mergedInto).toBe(b);
        expect(laptop.values({ kind: 'bedStay', id: stayId }).stay).toMatchObject({ resident: b });
        expect(laptop.values({ kind: 'absence', id: absenceId }).notice).toMatchObject({ resident: b });
        expect(laptop.values({ kind: 'rollCall', id: callId })).toHaveProperty([`mark.${b}`]);
        expect(laptop.values({ kind: 'returnIntake', id: intakeId }).about).toMatchObject({ residents: [b] });
        const { memberships } = toFamily(aFamilyId, laptop.values({ kind: 'family', id: aFamilyId }));
        expect(memberships.filter(({ resident }) => resident === a)).toEqual([]);
        expect(mergeEdits(laptop.of(person(a)), laptop.of(person(b)), choices, laptop.records)).toEqual([]);
      }),
      run,
    );
  });

  it('keeps who was a member on each day, once', () => {
    fc.assert(
      fc.property(facts, day.map(isoDate), (given, on) => {
        const laptop = aLaptop(given);
        const present = (ids: readonly string[]) =>
          toFamily(aFamilyId, laptop.values({ kind: 'family', id: aFamilyId })).memberships.filter(
            ({ resident, from, to }) => ids.includes(resident) && from <= on && (to === null || to >= on),
          ).length;
        const [before, ofKept] = [present([a, b]), present([b])];
        laptop.merge(a, b);
        expect(present([a, b])).toBeLessThanOrEqual(ofKept > 0 ? ofKept : before);
        expect(present([a, b]) > 0).toBe(before > 0);
      }),
      run,
    );
  });

  it('gives back every value of every record when it is taken back', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const laptop = aLaptop(given);
        const before = snapshot(laptop);
        const save = laptop.merge(a, b, choicesFor(laptop, a, b));
        expect(snapshot(laptop)).not.toEqual(before);
        laptop.undo(save ?? '', [a, b]);
        expect(snapshot(laptop)).toEqual(before);
      }),
      run,
    );
  });

  it('is the same on every laptop, in whatever order the operations come', () => {
    fc.assert(
      fc.property(facts, fc.array(fc.nat(), { minLength: 97, maxLength: 97 }), (given, order) => {
        const here = aLaptop(given);
        const save = here.merge(a, b, choicesFor(here, a, b));
        here.undo(save ?? '', [a, b]);
        here.merge(a, c, choicesFor(here, a, c));
        const there = new Laptop(2);
        const ops = refs.flatMap((ref) => here.of(ref).ops.map((op) => ({ ref, op })));
        const shuffled = ops.map((entry, no) => ({ ...entry, at: order[no % 97] ?? 0 })).sort((x, y) => x.at - y.at);
        for (const { ref, op } of shuffled) there.records.set(refKey(ref), withOps(there.of(ref), [op]));
        expect(snapshot(there)).toEqual(snapshot(here));
      }),
      run,
    );
  });
});

describe('two laptops that merged the same person differently', () => {
  const pair = (given: Facts) => {
    const here = aLaptop(given);
    const there = new Laptop(2);
    there.take(refs, here);
    return [here, there] as const;
  };
  const meet = (here: Laptop, there: Laptop) => {
    there.take(refs, here);
    here.take(refs, there);
    expect(snapshot(here)).toEqual(snapshot(there));
  };

  it('agree after one choice between two targets, as if only that merge had been made', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const [here, there] = pair(given);
        const alone = aLaptop(given);
        const choices = choicesFor(here, a, b);
        alone.merge(a, b, choices);
        here.merge(a, b, choices);
        const other = there.merge(a, c, choicesFor(there, a, c));
        meet(here, there);
        const { unsettled } = valuesOf(here.of(person(a)), definitionOf('resident'));
        expect(unsettled).toContain('mergedInto');
        expect(liveOf(here.of(person(a)), 'mergedInto').map(({ v }) => v)).toEqual(expect.arrayContaining([b, c]));
        expect(isMoveOnly(here.of({ kind: 'bedStay', id: stayId }), 'stay')).toBe(true);
        here.settle(a, b, [other ?? ''], [a, b, c]);
        meet(here, there);
        expect(snapshot(there)).toEqual(snapshot(alone));
        for (const ref of refs) {
          expect(valuesOf(here.of(ref), definitionOf(ref.kind), ruleOfRecord(here.of(ref))).unsettled).toEqual([]);
        }
      }),
      run,
    );
  });

  it('agree after one choice when each went into the other', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const [here, there] = pair(given);
        here.merge(a, b);
        const back = there.merge(b, a);
        meet(here, there);
        expect(here.values(person(a)).mergedInto).toBe(b);
        expect(here.values(person(b)).mergedInto).toBe(a);
        here.settle(a, b, [back ?? ''], [a, b]);
        meet(here, there);
        expect(here.values(person(a)).mergedInto).toBe(b);
        expect(here.values(person(b)).mergedInto).toBeUndefined();
        expect(there.values({ kind: 'bedStay', id: stayId }).stay).toMatchObject({ resident: b });
        const { memberships } = toFamily(aFamilyId, there.values({ kind: 'family', id: aFamilyId }));
        expect(memberships.filter(({ resident }) => resident === a)).toEqual([]);
      }),
      run,
    );
  });
});

it('settles three targets with one choice, or leaves the record on its own', () => {
  for (const kept of [b, null]) {
    const here = aLaptop({ of: {}, spans: [] });
    const before = snapshot(here);
    const others = [2, 3].map((no) => {
      const there = new Laptop(no);
      there.take(refs, here);
      return there;
    });
    const saves = [here.merge(a, b), others[0]?.merge(a, c), others[1]?.merge(a, d)].map((save) => save ?? '');
    for (const there of others) here.take(refs, there);
    here.settle(a, kept, kept === null ? saves : saves.slice(1), [a, b, c, d]);
    if (kept === null) expect(snapshot(here)).toEqual(before);
    else expect(here.values({ kind: 'bedStay', id: stayId }).stay).toMatchObject({ resident: kept });
    expect(valuesOf(here.of(person(a)), definitionOf('resident')).unsettled).toEqual([]);
  }
});

it('finds what still points to a record that went, so that it can go along later', () => {
  const laptop = aLaptop({ of: {}, spans: [] });
  laptop.merge(a, b);
  const late: RecordRef = { kind: 'bedStay', id: '00000009-0000-4000-8000-000000000000' };
  laptop.put(late, { stay: { ...(aBedStay().values.stay as FieldValues), resident: a } });
  expect(recordsAbout(laptop.small(), a).map(({ id }) => id)).toContain(late.id);
  laptop.merge(a, b);
  expect(laptop.values(late).stay).toMatchObject({ resident: b });
});

it('leaves what was changed after the merge when the merge is taken back', () => {
  const laptop = aLaptop({ of: { [a]: { callName: 'Julia' }, [b]: {} }, spans: [] });
  const save = laptop.merge(a, b);
  expect(laptop.values(person(b)).callName).toBe('Julia');
  const base = liveOf(laptop.of(person(b)), 'callName').map(({ w, n }) => ({ w, n }));
  laptop.save([{ ref: person(b), edits: [{ field: 'callName', value: 'Yuliia', base }] }]);
  laptop.undo(save ?? '', [a, b]);
  expect(laptop.values(person(b)).callName).toBe('Yuliia');
  expect(laptop.values(person(a)).mergedInto).toBeUndefined();
});
