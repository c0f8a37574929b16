import { expect, it } from 'vitest';
import { correctedFieldOf, correctionEdits } from '../../../shared/register/correction.ts';
import { checkFact, factsOf } from '../../../shared/register/fact-kind.ts';
import { correctionFacts } from '../../../shared/register/facts.ts';
import { residentKind } from '../../../shared/register/resident.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';

const provenance = {
  askedOn: '2026-11-20',
  askedBy: 'resident',
  source: ' geboorteakte ',
  why: 'dag en maand verwisseld',
};

it('makes one correction for each thing that was put right, complete and with its ground', () => {
  const fields = ['birthDate', 'nationality', 'nationalityGroup', 'document.k1', 'interpreterNeeded'];
  const edits = correctionEdits(fields, provenance, (at) => `key-${String(at)}`);
  const values = Object.fromEntries(edits.map(({ field, value }) => [field, value]));
  const facts = factsOf(correctionFacts, values);
  expect(facts.map((fact) => fact.values.about)).toEqual(['birthDate', 'nationality', 'document', 'other']);
  for (const fact of facts) {
    expect(fact.values).toMatchObject({
      ...provenance,
      source: 'geboorteakte',
      correctionOutcome: 'corrected',
      statement: null,
    });
    expect(checkFact(correctionFacts, fact.values, isoDate('2026-11-24'))).toEqual([]);
  }
  expect(new Set(edits.map(({ field }) => field)).size).toBe(4);
});

it('makes none where nothing was changed, and has a name for every field of a resident', () => {
  expect(correctionEdits([], provenance, () => 'k')).toEqual([]);
  for (const field of Object.keys(residentKind.fields)) expect(correctedFieldOf(`${field}.x`)).toMatch(/^[a-zA-Z]+$/);
  expect(correctedFieldOf('somethingOfALaterVersion')).toBe('other');
});
