import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import {
  findIntakeParameter,
  findRoute,
  intakeParameterRows,
  mayPrintAmount,
  ruleNumbersOn,
  supportAmountsOn,
} from '../../../shared/questionnaire/intake-parameters.ts';
import { findCodeLabel, findCodeList } from '../../../shared/questionnaire/code-lists.ts';

const day = isoDate('2026-11-24');

describe('numbers of the rules', () => {
  it('are those of §14, on any day', () => {
    const expected = {
      absenceBedDays: 14,
      absenceProvisionDays: 28,
      dtvLeadDays: 7,
      passportMarginDays: 30,
      pregnancyMedicalWeek: 28,
      reflectionDays: { d3: 3, d7: 7, d14: 14, longer: 30 },
    };
    for (const on of ['2022-03-04', '2026-11-24', '2031-01-01']) expect(ruleNumbersOn(isoDate(on))).toEqual(expected);
  });

  it('have salary norms for their year only, in cents', () => {
    expect(findIntakeParameter('salaryCents.from30', isoDate('2026-12-31'))?.value).toBe(594_200);
    expect(findIntakeParameter('salaryCents.from30', isoDate('2027-01-01'))).toBeUndefined();
  });

  it('never have two rows on one day', () => {
    for (const row of intakeParameterRows) {
      const on = row.validFrom ?? row.validTo ?? day;
      expect(
        intakeParameterRows.filter(
          (other) => other.param === row.param && findIntakeParameter(other.param, on) === other,
        ),
      ).toHaveLength(1);
    }
  });
});

describe('routes and amounts', () => {
  it('sends Ukrainians to DT&V, others from Ukraine to IOM, and leaves dual nationals to the caseworker', () => {
    expect(findRoute('ua', day)?.channel).toBe('dtv');
    expect(findRoute('third', day)).toMatchObject({ channel: 'iom', alternatives: ['dtv'] });
    expect(findRoute('dual_eu', day)?.channel).toBeNull();
    expect(findRoute('ua', isoDate('2022-06-19'))).toBeUndefined();
    expect(findRoute('martian', day)).toBeUndefined();
  });

  it('prints no amount for Ukrainians, none out of its period, and none checked too long ago', () => {
    const [ukrainian] = supportAmountsOn('ua', day);
    expect(ukrainian).toMatchObject({ kind: 'dtv-tailor-made', amountCents: null });
    expect(ukrainian !== undefined && mayPrintAmount(ukrainian, day)).toBe(false);
    expect(supportAmountsOn('third', day)).toEqual([]);
    const [old] = supportAmountsOn('third', isoDate('2023-01-15'));
    if (old === undefined) throw new Error('no row');
    expect(mayPrintAmount(old, day)).toBe(false);
    const open = { ...old, validTo: null };
    expect(mayPrintAmount(open, isoDate('2027-05-21'))).toBe(true);
    expect(mayPrintAmount(open, isoDate('2027-05-22'))).toBe(false);
  });
});

describe('code lists', () => {
  it('ship the oblasts, the countries and occupations, and no raions or hromadas', () => {
    expect(findCodeList('ua_oblast')?.entries).toHaveLength(27);
    expect(findCodeList('iso3166-1')?.entries).toHaveLength(249);
    expect(findCodeList('isco08')?.entries.filter(({ code }) => code.length === 2)).toHaveLength(43);
    expect(findCodeList('ua_raion')).toBeUndefined();
    expect(findCodeList('ua_hromada')).toBeUndefined();
  });

  it('name a code in three languages', () => {
    expect(findCodeLabel('iso3166-1', 'UA')).toEqual({ nl: 'Oekraïne', uk: 'Україна', en: 'Ukraine' });
    expect(findCodeLabel('isco08', '2634')?.nl).toBe('Psycholoog');
    expect(findCodeLabel('iso3166-1', 'XX')).toBeUndefined();
  });
});
