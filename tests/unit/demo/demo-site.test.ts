import { beforeAll, describe, expect, it } from 'vitest';
import { allRecords, generateMunicipality, type DemoMunicipality } from '../../../shared/demo/demo-site.ts';
import { toImportRows } from '../../../shared/demo/import-rows.ts';
import { readHeaders } from '../../../shared/exchange/spreadsheet.ts';
import { isValidBsn } from '../../../shared/kernel/bsn.ts';
import { isRecordId } from '../../../shared/kernel/ids.ts';
import { monthOf } from '../../../shared/kernel/dates.ts';
import { findFieldRule, type KindDefinition } from '../../../shared/records/field-rule.ts';
import { bedStayKind, findBedStay, findDoubleBookings } from '../../../shared/reception/bed-stay.ts';
import { absenceKind } from '../../../shared/reception/presence.ts';
import { siteKind, toSite } from '../../../shared/reception/site.ts';
import { checkResident, warnResident } from '../../../shared/register/check-resident.ts';
import { familyKind, findDoubleMemberships, membersOn, toFamily } from '../../../shared/register/family.ts';
import { residentKind, toResident } from '../../../shared/register/resident.ts';
import { findDuplicates } from '../../../shared/search/duplicates.ts';
import { checkRows } from '../../fakes/whole-list.ts';

const kinds = new Map<string, KindDefinition>(
  [siteKind, residentKind, familyKind, bedStayKind, absenceKind].map((definition) => [definition.kind, definition]),
);

describe('the municipality of seed 1', () => {
  let demo: DemoMunicipality;
  beforeAll(() => {
    demo = generateMunicipality({ seed: 1 });
  });
  const residents = () => demo.residents.map(({ id, values }) => toResident(id, values));

  it('has 3 sites and 400 residents in 170 families, all there', () => {
    expect([demo.sites.length, demo.residents.length, demo.families.length]).toEqual([3, 400, 170]);
    const members = demo.families.flatMap(({ id, values }) => toFamily(id, values).memberships);
    expect(new Set(members.map(({ resident }) => resident))).toEqual(new Set(demo.residents.map(({ id }) => id)));
    expect(demo.absences.length).toBeGreaterThan(5);
  });

  it('has records that every rule reads, with ids of their own', () => {
    const records = allRecords(demo);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    for (const { kind, id, values } of records) {
      expect(isRecordId(id)).toBe(true);
      const definition = kinds.get(kind);
      for (const [field, value] of Object.entries(values)) {
        const parsed = definition && findFieldRule(definition, field)?.schema.safeParse(value);
        expect({ kind, field, right: parsed?.success }).toEqual({ kind, field, right: true });
      }
    }
  });

  it('has residents without a problem or a warning, with valid numbers, each once', () => {
    for (const { values } of demo.residents) {
      expect(checkResident(values, demo.day)).toEqual([]);
      expect(warnResident(values, demo.day)).toEqual([]);
    }
    const numbers = residents().flatMap(({ bsn }) => bsn ?? []);
    expect(numbers.every(isValidBsn)).toBe(true);
    const facts = residents().map((resident) => ({
      ...resident.name,
      ...resident,
      documentNumbers: resident.documents.map(({ number }) => number),
    }));
    expect(findDuplicates(facts).filter(({ score }) => score > 0.9)).toEqual([]);
  });

  it('breaks no rule between records', () => {
    const stays = demo.stays.flatMap(({ id, values }) => findBedStay(id, values) ?? []);
    const sites = new Map(demo.sites.map(({ id, values }) => [id, toSite(id, values)]));
    expect(stays).toHaveLength(demo.stays.length);
    expect(stays.every((stay) => sites.get(stay.site)?.beds.has(stay.bed))).toBe(true);
    expect(findDoubleBookings(stays, () => undefined)).toEqual([]);
    const families = demo.families.map(({ id, values }) => toFamily(id, values));
    expect(findDoubleMemberships(families)).toEqual([]);
    expect(families.filter((family) => membersOn(family, demo.day).length > 0).length).toBeGreaterThan(150);
  });

  it('has both scripts, older spellings, incomes, departures and arrivals to come', () => {
    const people = residents();
    expect(people.every(({ name }) => /^[А-ЯҐЄІЇ]/.test(name.familyCyrillic) && /^[A-Z]/.test(name.family))).toBe(true);
    expect(people.some(({ name }) => /g(?!h)/i.test(name.given) && name.givenCyrillic.includes('г'))).toBe(true);
    expect(
      people.filter(({ incomes }) => incomes.some(({ month }) => month === monthOf(demo.day))).length,
    ).toBeGreaterThan(50);
    expect(people.some(({ departure }) => departure !== null)).toBe(true);
    expect(people.some(({ arrival }) => arrival !== null && arrival.date > demo.day)).toBe(true);
  });

  it('is read back whole by the import', () => {
    const { headers, rows } = toImportRows(demo);
    const mapping = readHeaders(headers, rows.length);
    expect(mapping.ok && Object.keys(mapping.value).length).toBe(headers.length);
    const { lines, problems } = checkRows(rows, mapping.ok ? mapping.value : {}, {
      today: demo.day,
      incomeMonth: monthOf(demo.day),
      municipality: demo.code,
    });
    expect(problems).toEqual([]);
    expect(lines).toHaveLength(400);
    expect(new Set(lines.map(({ household }) => household)).size).toBe(170);
    lines.forEach(({ resident }, at) => {
      for (const field of ['name', 'birthDate', 'sex', 'bsn', 'vNumber', 'phones']) {
        expect(resident[field]).toEqual(demo.residents[at]?.values[field]);
      }
    });
  });
});

it('is the same for the same seed and another for another', () => {
  expect(generateMunicipality({ seed: 7 })).toEqual(generateMunicipality({ seed: 7 }));
  expect(generateMunicipality({ seed: 8 })).not.toEqual(generateMunicipality({ seed: 7 }));
});

it.each([
  [1, 1, 1],
  [20, 20, 5],
  [300, 40, 2],
  [1000, 425, 13],
])('makes %i residents in %i families on %i sites', (residents, families, sites) => {
  const demo = generateMunicipality({ seed: 3, residents, families, sites });
  expect([demo.residents.length, demo.families.length, demo.sites.length]).toEqual([residents, families, sites]);
  expect(demo.residents.flatMap(({ values }) => checkResident(values, demo.day))).toEqual([]);
});
