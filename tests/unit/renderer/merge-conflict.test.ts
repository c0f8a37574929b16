import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMoveOnly } from '../../../renderer/stores/merge-edits.ts';
import { aFamilyId } from '../../../shared/demo/builders.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { definitionOf, ruleOfRecord } from '../../../shared/sync/field-classes.ts';
import { liveOf, valuesOf } from '../../../shared/sync/replica-record.ts';
import {
  a,
  b,
  c,
  d,
  aLaptop,
  choicesFor,
  facts,
  Laptop,
  person,
  refs,
  run,
  snapshot,
  stayId,
  type Facts,
} from './merge-laptop.ts';

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
