import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeEdits, recordsAbout } from '../../../renderer/stores/merge-edits.ts';
import { aBedStay, aFamilyId } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { refKey, type FieldValues, type RecordRef } from '../../../shared/records/record.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { mergeQuestions } from '../../../shared/register/merge-residents.ts';
import { liveOf, withOps } from '../../../shared/sync/replica-record.ts';
import {
  a,
  b,
  c,
  aLaptop,
  absenceId,
  callId,
  choicesFor,
  day,
  facts,
  intakeId,
  Laptop,
  person,
  refs,
  run,
  snapshot,
  stayId,
} from './merge-laptop.ts';

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
