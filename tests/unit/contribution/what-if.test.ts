import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessMonth } from '../../../shared/contribution/assess-month.ts';
import { compareSteps, partnerId, whatIf, type WhatIfChange } from '../../../shared/contribution/what-if.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { factsOf, household, parametersOf, withOverrides, type Case } from './facts.ts';

const month = '2025-10';
const step = withOverrides({ 'threshold.partial_mode': 'step' });
const ask = (given: Omit<Case, 'month'>, ...changes: WhatIfChange[]) =>
  whatIf(factsOf({ month, policy: step, ...given }), changes, parametersOf(month));
function answer(given: Omit<Case, 'month'>, ...changes: WhatIfChange[]) {
  const result = ask(given, ...changes);
  if (!result.ok) throw new Error(result.error.type);
  return result.value;
}
const amounts = ({ allowanceCents, contributionCents }: { allowanceCents: number; contributionCents: number }) => [
  allowanceCents,
  contributionCents,
];
const course = (given: Omit<Case, 'month'>, ...changes: WhatIfChange[]) => {
  const { before, after } = answer(given, ...changes);
  return [amounts(before), ...after.map(({ assessment }) => amounts(assessment))];
};
const earns = (memberId: string, difference: number): WhatIfChange => ({
  type: 'earns',
  memberId,
  differenceCents: cents(difference),
});

describe('what if', () => {
  it('she earns 200 more', () => {
    const given = { members: household('1+0'), incomes: { a1: 50_000 } };
    expect(course(given, earns('a1', 20_000))).toEqual([
      [0, 0],
      [0, 24_422],
    ]);
    expect(course({ members: household('1+0') }, earns('a1', 20_000))[1]).toEqual([31_484, 0]);
  });

  it('she stops working: never below nothing', () => {
    const given = { members: household('1+0'), incomes: { a1: 50_000 } };
    expect(course(given, earns('a1', -90_000))[1]).toEqual([31_484, 0]);
  });

  it('they move to a site with meals', () => {
    expect(course({ members: household('1+0') }, { type: 'catering', catered: true })).toEqual([
      [31_484, 0],
      [6_266, 0],
    ]);
  });

  it('a partner moves in', () => {
    expect(course({ members: household('1+0') }, { type: 'partner' })[1]).toEqual([62_968, 0]);
  });

  it('a child turns 18: two families, and what was changed about the child goes with it', () => {
    const given = { members: household('1+1') };
    const { after } = answer(given, { type: 'comes-of-age', memberId: 'm1' }, earns('m1', 200_000));
    expect(after.map(({ grownChild, assessment }) => [grownChild, ...amounts(assessment)])).toEqual([
      [null, 31_484, 0],
      ['m1', 0, 24_422],
    ]);
  });

  it('leaves a judgement out on both sides', () => {
    const judged = {
      members: household('1+0'),
      incomes: { a1: 200_000 },
      judgement: { contributionCents: cents(1), reason: 'maatwerk' },
    };
    expect(course(judged, earns('a1', 100))).toEqual([
      [0, 24_422],
      [0, 24_422],
    ]);
  });

  it('is refused where the change cannot be', () => {
    const refused = (change: WhatIfChange, over: Partial<Case> = {}) =>
      ask({ members: household('1+1'), ...over }, change);
    const no = (change: WhatIfChange['type']) => ({ ok: false, error: { type: 'change-impossible', change } });
    expect(refused(earns('z9', 1))).toEqual(no('earns'));
    expect(refused({ type: 'comes-of-age', memberId: 'a1' })).toEqual(no('comes-of-age'));
    expect(refused({ type: 'catering', catered: true }, { reception: 'private' })).toEqual(no('catering'));
    const already = [...household('1+0'), { ...household('1+0')[0]!, id: partnerId }];
    expect(refused({ type: 'partner' }, { members: already })).toEqual(no('partner'));
  });

  it('without a change gives the same twice, and never touches the facts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('1+0', '1+2', '2+1', '2+3'),
        fc.integer({ min: 0, max: 400_000 }),
        fc.integer({ min: -100_000, max: 100_000 }),
        (sizes, income, difference) => {
          const facts = factsOf({ month, members: household(sizes), incomes: { a1: income } });
          const copy = structuredClone(facts);
          const same = whatIf(facts, [], parametersOf(month));
          expect(same.ok && same.value.after[0]?.assessment).toEqual(same.ok && same.value.before);
          const there = whatIf(facts, [earns('a1', difference)], parametersOf(month));
          const direct = assessMonth(
            factsOf({ month, members: household(sizes), incomes: { a1: Math.max(0, income + difference) } }),
            parametersOf(month),
          );
          expect(there.ok && there.value.after[0]?.assessment).toEqual(direct.ok && direct.value);
          expect(facts).toEqual(copy);
        },
      ),
      { seed: 41, numRuns: 200 },
    );
  });
});

describe('steps side by side', () => {
  it('mark what differs, and keep the order of both', () => {
    const { before, after } = answer({ members: household('1+0') }, { type: 'catering', catered: true });
    const steps = compareSteps(before, after[0]!.assessment);
    expect(steps.filter(({ after: then }) => then !== null).map(({ rule }) => rule)).toEqual(
      after[0]!.assessment.steps.map(({ rule }) => rule),
    );
    expect(steps.filter(({ before: first }) => first !== null).map(({ rule }) => rule)).toEqual(
      before.steps.map(({ rule }) => rule),
    );
    const differing = steps.filter(({ differs }) => differs).map(({ rule }) => rule);
    expect(differing).toContain('food');
    expect(differing).toContain('catering');
    expect(differing).not.toContain('clothing');
  });

  it('mark nothing between an assessment and itself', () => {
    const { before } = answer({ members: household('2+1'), incomes: { a1: 200_000 } });
    expect(compareSteps(before, before).some(({ differs }) => differs)).toBe(false);
  });
});
