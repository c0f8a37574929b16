import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import {
  findTerritoryProtection,
  keepingDecisionsOf,
  keepingFieldId,
  mayKeepLastResidence,
  referenceDaysOn,
  territoryFileSchema,
  withKeepingDecisions,
  type KeepingRow,
  type TerritoryRow,
} from '../../../shared/register/territories.ts';

const base = { to: null, confidence: 'H', source: 'made up', checkedOn: isoDate('2026-11-23') } as const;
const row = (over: Partial<TerritoryRow>): TerritoryRow => ({
  ...base,
  oblast: 'all',
  from: isoDate('2022-03-04'),
  protection: 'included',
  legalAct: 'act',
  status: 'in-force',
  ...over,
});
const crimea = 'UA01000000000013043';

describe('parts of Ukraine', () => {
  it('are all under the protection in the list that is shipped, and no last residence is kept', () => {
    expect(findTerritoryProtection(crimea, isoDate('2026-11-24'))).toBe('included');
    expect(mayKeepLastResidence(isoDate('2026-11-24'))).toBe(false);
  });

  it('has its last residence kept from the day of an act until that is taken back', () => {
    const decisions = keepingDecisionsOf({
      [keepingFieldId(isoDate('2027-06-01'))]: { kept: false, legalAct: 'Ended' },
      [keepingFieldId(isoDate('2026-12-01'))]: { kept: true, legalAct: 'Act' },
      'lastResidence.soon': { kept: true, legalAct: 'Act' },
      [keepingFieldId(isoDate('2026-01-01'))]: { kept: true, legalAct: '' },
    });
    expect(decisions.map(({ from }) => from)).toEqual(['2026-12-01', '2027-06-01']);
    const list = withKeepingDecisions(decisions);
    const days = ['2026-11-30', '2026-12-01', '2027-05-31', '2027-06-01'].map((day) => isoDate(day));
    expect(days.map((day) => mayKeepLastResidence(day, list))).toEqual([false, true, true, false]);
  });

  it('knows the reference days of the protection', () => {
    const days = { leftFrom: '2021-11-27', residenceOn: '2022-02-24' };
    expect(referenceDaysOn(isoDate('2026-11-24'))).toMatchObject(days);
    expect(referenceDaysOn(isoDate('2020-01-01'))).toMatchObject(days);
  });

  const rows = [
    row({}),
    row({ oblast: crimea, from: isoDate('2027-01-01'), to: isoDate('2027-06-30'), protection: 'excluded' }),
    row({ from: isoDate('2027-02-01'), protection: 'excluded', status: 'announced' }),
  ];
  it.each([
    [crimea, '2022-03-03', undefined],
    [crimea, '2026-12-31', 'included'],
    [crimea, '2027-01-01', 'excluded'],
    [crimea, '2027-06-30', 'excluded'],
    [crimea, '2027-07-01', 'included'],
    ['UA05000000000010236', '2027-03-01', 'included'],
  ])('%s on %s: %s', (oblast, day, expected) => {
    expect(findTerritoryProtection(oblast, isoDate(day), rows)).toBe(expected);
  });

  it('are asked for from the day an act allows it, and a row without an act is refused', () => {
    const keeping = (over: Partial<KeepingRow>): KeepingRow => ({
      ...base,
      from: isoDate('2022-03-04'),
      kept: false,
      legalAct: null,
      ...over,
    });
    const list = [keeping({}), keeping({ from: isoDate('2027-01-01'), kept: true, legalAct: 'act' })];
    expect([isoDate('2026-12-31'), isoDate('2027-01-01')].map((day) => mayKeepLastResidence(day, list))).toEqual([
      false,
      true,
    ]);
    const reference = { ...base, from: '2022-03-04', leftFrom: '2021-11-27', residenceOn: '2022-02-24' };
    const file = (kept: boolean) => ({
      referenceDays: [reference],
      lastResidence: [keeping({ kept })],
      territories: [],
    });
    expect(territoryFileSchema.safeParse(file(false)).success).toBe(true);
    expect(territoryFileSchema.safeParse(file(true)).success).toBe(false);
  });
});
