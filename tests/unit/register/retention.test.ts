import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import {
  retentionClasses,
  retentionOf,
  shippedTerms,
  type RetentionClass,
  type RetentionTerm,
} from '../../../shared/register/retention.ts';

const term = (months: number): RetentionTerm => ({ months, source: 'Besluit college', resultCode: '' });
const all = new Map(retentionClasses.map((one) => [one, 1] as const));
const today = isoDate('2026-11-24');

it('ships no term: without one of the municipality nothing may go', () => {
  const lines = retentionOf(isoDate('2010-01-01'), today, all, new Map());
  expect(lines.map(({ state }) => state)).toEqual(retentionClasses.map(() => 'no-term'));
});

it('keeps the evidence of money five years, also where the municipality set less', () => {
  const set = new Map([['money', term(12)]] as const);
  const of = (departed: string) => retentionOf(isoDate(departed), today, new Map([['money', 3]] as const), set);
  expect(of('2021-11-25')).toEqual([{ class: 'money', records: 3, state: 'runs', until: '2026-11-25' }]);
  expect(of('2021-11-24')).toEqual([{ class: 'money', records: 3, state: 'past', until: '2026-11-24' }]);
});

it('ends a term on the last day of a shorter month', () => {
  const lines = retentionOf(
    isoDate('2026-08-31'),
    today,
    new Map([['file', 1]] as const),
    new Map([['file', term(6)]] as const),
  );
  expect(lines[0]).toMatchObject({ until: '2027-02-28', state: 'runs' });
});

it('never lets a later departure or a longer term go earlier', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 120 }),
      fc.constantFrom(...retentionClasses),
      (days, later, months, one: RetentionClass) => {
        const at = (offset: number, term_: number) =>
          retentionOf(
            addDays(isoDate('2015-01-01'), offset),
            today,
            new Map([[one, 1]]),
            new Map([[one, term(term_)]]),
          )[0];
        const line = at(days, months);
        const untils = [at(days + later, months), at(days, months + later)].map((other) => other?.until ?? '');
        for (const until of untils) expect(until >= (line?.until ?? '9')).toBe(true);
      },
    ),
    { seed: 20261124 },
  );
});

it('says of every class where its term comes from and how sure that is', () => {
  expect(shippedTerms.map((shipped) => shipped.class)).toEqual([...retentionClasses]);
  for (const { months, confidence } of shippedTerms) expect(confidence === 'nv').toBe(months === null);
});
