import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aResident } from '../../../shared/demo/builders.ts';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import {
  expiryList,
  expiryTerms,
  previewEnd,
  redatingEdits,
  toExpiryPerson,
  type ExpiryPerson,
} from '../../../shared/register/expiry.ts';
import {
  protectionDecisionsOf,
  protectionEndFieldId,
  withDecisions,
  type ProtectionDecision,
} from '../../../shared/register/protection-decision.ts';
import { findProtectionEnd, protectionPeriods } from '../../../shared/register/registration.ts';
import { toResident } from '../../../shared/register/resident.ts';

const today = isoDate('2026-11-24');
/** The Dutch end that is in force; its date is data. */
const end = findProtectionEnd('ua', today) ?? today;
const person = (id: string, over: Partial<ExpiryPerson> = {}): ExpiryPerson => ({
  id,
  group: 'ua',
  proofEnd: null,
  documentEnd: null,
  ...over,
});
const decision = (over: Partial<ProtectionDecision> = {}): ProtectionDecision => ({
  group: 'ua-and-permanent',
  decidedOn: isoDate('2026-12-01'),
  end: isoDate('2028-03-04'),
  legalAct: 'Stcrt 2026, 99999',
  ...over,
});
const resident = (over: Parameters<typeof aResident>[0]) => toResident(aResident().id, aResident(over).values);

describe('who is on the work list', () => {
  it('has its terms from data, the longest first', () => {
    expect(expiryTerms).toEqual([180, 90, 30]);
  });

  it.each([
    [30, []],
    [100, ['a', 'b', 'c']],
  ])('within %i days, the most urgent first', (term, ids) => {
    const people = [person('c'), person('b'), person('a', { proofEnd: isoDate('2027-01-03') })];
    expect(expiryList(people, today, term, protectionPeriods).map(({ id }) => id)).toEqual(ids);
  });

  it('shows the three ends side by side, and one that has passed', () => {
    const old = person('a', { proofEnd: isoDate('2026-11-20'), documentEnd: isoDate('2031-01-01') });
    expect(expiryList([old], today, 30, protectionPeriods)).toEqual([{ ...old, protectionEnd: end, daysLeft: -4 }]);
  });

  it('never takes a European, announced or reported row', () => {
    const [line] = expiryList([person('a')], today, 1000, protectionPeriods);
    const dutch = protectionPeriods.filter(({ scope, status }) => scope === 'NL' && status === 'in-force');
    expect(dutch.map(({ to }) => to)).toContain(line?.protectionEnd);
    const only = protectionPeriods.filter(({ scope, status }) => scope === 'EU' || status !== 'in-force');
    expect(expiryList([person('a')], today, 1000, only)).toEqual([]);
  });

  it('counts the document that is valid longest, and nobody who has left', () => {
    const paper = (validUntil: string, type = 'passport') => ({
      type,
      number: 'FA000001',
      issuingCountry: 'UA',
      validUntil,
      seenOn: null,
    });
    const renewed = resident({
      'document.passport': paper('2026-01-01'),
      'document.d2': paper('2034-01-01', 'id-card'),
      'document.d3': paper('2039-01-01', 'extension-letter'),
    });
    expect(toExpiryPerson(renewed, today)?.documentEnd).toBe('2034-01-01');
    const departure = (date: string) => ({ departure: { date, reason: 'own-housing', destination: null } });
    expect(toExpiryPerson(resident(departure('2026-11-24')), today)).toBeNull();
    expect(toExpiryPerson(resident(departure('2026-11-25')), today)).not.toBeNull();
  });
});

describe('a decision on the Dutch end', () => {
  it.each([
    ['a later end', '2028-03-04', '2028-03-04'],
    ['an earlier end', '2026-12-31', '2026-12-31'],
    ['the same end', end, end],
  ])('%s', (_, moved, expected) => {
    const periods = withDecisions([decision({ end: isoDate(moved) })]);
    expect(findProtectionEnd('ua', today, periods)).toBe(expected);
  });

  it('leaves the European rows, the transition and the other group as they are', () => {
    const others = (rows: typeof protectionPeriods) =>
      rows.filter((row) => row.scope === 'EU' || row.kind !== 'rtb' || row.group === 'temporary-permit');
    for (const moved of ['2028-03-04', '2026-12-31']) {
      expect(others(withDecisions([decision({ end: isoDate(moved) })]))).toEqual(others(protectionPeriods));
    }
  });

  it('is undone by a later one with the former end', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90, max: 900 }), (days) => {
        const moved = decision({ end: addDays(end, days) });
        const back = decision({ decidedOn: isoDate('2026-12-02'), end });
        expect(findProtectionEnd('ua', today, withDecisions([back, moved]))).toBe(end);
        expect(findProtectionEnd('ua', today, withDecisions([moved]))).toBe(moved.end);
      }),
      { seed: 4 },
    );
  });

  it('is read from the record of a municipality, and what is unreadable is left out', () => {
    const { group, decidedOn, ...value } = decision();
    const values = {
      [protectionEndFieldId(group, decidedOn)]: value,
      'protectionEnd.all.2026-12-01': value,
      'protectionEnd.temporary-permit.2026-13-01': value,
      'protectionEnd.temporary-permit.2026-12-01': { end: 'soon', legalAct: 'x' },
    };
    expect(protectionDecisionsOf(values)).toEqual([decision()]);
  });
});

describe('a scenario', () => {
  const people = [
    person('moves', { proofEnd: end }),
    person('own date', { proofEnd: isoDate('2026-12-24') }),
    person('other group', { group: 'temporary-permit', proofEnd: end }),
    person('family', { group: 'family' }),
  ];

  it('shows everybody whose end moves, and whose proof moves along', () => {
    const lines = previewEnd(people, decision(), today, protectionPeriods);
    expect(lines.map(({ id, endBefore, endAfter, isRedated }) => [id, endBefore, endAfter, isRedated])).toEqual([
      ['moves', end, '2028-03-04', true],
      ['own date', end, '2028-03-04', false],
      ['family', end, '2028-03-04', false],
    ]);
  });

  it('concerns nobody when the end stays', () => {
    expect(previewEnd(people, decision({ end }), today, protectionPeriods)).toEqual([]);
  });
});

describe('moving a proof along', () => {
  const protection = { status: 'rtb-proven', since: null, proofType: 'o-document', validUntil: end, successor: null };
  const made = { ...decision(), formerEnd: end };

  it('keeps the former end and the act beside the new end', () => {
    expect(redatingEdits(resident({ protection }), made, [])).toEqual([
      { field: 'protection', value: { ...protection, validUntil: '2028-03-04' } },
      {
        field: 'extension.2026-12-01',
        value: { until: '2028-03-04', formerUntil: end, legalAct: 'Stcrt 2026, 99999' },
      },
    ]);
    expect(redatingEdits(resident({ protection }), made, ['2026-12-01'])[1]?.field).toBe('extension.2026-12-01-2');
  });

  it('leaves a proof with a date of its own alone', () => {
    expect(redatingEdits(resident({ protection: { ...protection, validUntil: '2026-12-24' } }), made, [])).toEqual([]);
    expect(redatingEdits(resident({}), made, [])).toEqual([]);
  });
});
