import * as fc from 'fast-check';
import { mergeEdits, settleMergeEdits, undoMergeEdits } from '../../../renderer/stores/merge-edits.ts';
import { aBedStay, aFamilyId, anAbsence, aResident, aSiteId } from '../../../shared/demo/builders.ts';
import { refKey, type FieldValues, type RecordRef, type Value } from '../../../shared/records/record.ts';
import { mergeQuestions, type MergeSide } from '../../../shared/register/merge-residents.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import { makeSave, type Edit, type WriterPosition } from '../../../shared/sync/make-changes.ts';
import { emptyRecord, valuesOf, withOps, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { saveIdOf } from '../../../shared/sync/undo-save.ts';
import { aContext } from '../sync/sync-fixtures.ts';

export const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((sign) => `${sign.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
  string,
];
export const [stayId, absenceId, callId, intakeId] = [1, 2, 3, 4].map(
  (no) => `0000000${String(no)}-0000-4000-8000-000000000000`,
) as [string, string, string, string];
export const person = (id: string): RecordRef => ({ kind: 'resident', id });
type Parts = readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[];

/** One laptop: records, and the numbers of its writers. */
export class Laptop {
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

export const refs: readonly RecordRef[] = [
  ...[a, b, c, d].map(person),
  { kind: 'family', id: aFamilyId },
  { kind: 'bedStay', id: stayId },
  { kind: 'absence', id: absenceId },
  { kind: 'rollCall', id: callId },
  { kind: 'returnIntake', id: intakeId },
];
export const snapshot = (laptop: Laptop) => refs.map((ref) => laptop.values(ref));

export type Facts = {
  readonly of: Record<string, FieldValues>;
  readonly spans: readonly (readonly [string, string, string | null])[];
};

export function aLaptop({ of, spans }: Facts): Laptop {
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
export const day = fc.constantFrom('2026-02-01', '2026-03-15', '2026-05-01', '2026-07-01', '2026-09-30');
const span = fc
  .tuple(fc.constantFrom(a, b, c), day, fc.option(day))
  .map(([id, from, to]) => [id, from, to !== null && to < from ? from : to] as const);
export const facts: fc.Arbitrary<Facts> = fc
  .tuple(someFacts, someFacts, someFacts, fc.array(span, { maxLength: 4 }))
  .map(([ofA, ofB, ofC, spans]) => ({ of: { [a]: ofA, [b]: ofB, [c]: ofC }, spans }));
export const run = { seed: 20261124, numRuns: 150 };

/** Every question answered by turns. */
export const choicesFor = (laptop: Laptop, gone: string, kept: string): ReadonlyMap<string, MergeSide> =>
  new Map(
    mergeQuestions(laptop.values(person(gone)), laptop.values(person(kept))).map(({ field }, at) => [
      field,
      at % 2 === 0 ? 'gone' : 'kept',
    ]),
  );
