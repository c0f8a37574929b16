import type { FieldValues, RecordKind } from '../records/record.ts';

/** A record as its values, before anybody made operations of them. */
export type DemoRecord = { readonly kind: RecordKind; readonly id: string; readonly values: FieldValues };

export const aSiteId = '5a5a5a5a-0000-4000-8000-000000000001';
export const aResidentId = '5a5a5a5a-0000-4000-8000-000000000002';
export const aFamilyId = '5a5a5a5a-0000-4000-8000-000000000003';
const aStayId = '5a5a5a5a-0000-4000-8000-000000000004';
const anAbsenceId = '5a5a5a5a-0000-4000-8000-000000000005';

const build =
  (kind: RecordKind, defaultId: string, defaults: FieldValues) =>
  (overrides: FieldValues = {}, id = defaultId): DemoRecord => ({ kind, id, values: { ...defaults, ...overrides } });

/** A valid resident, present since 2026-02-01; `overrides` are whole fields, null empties one. */
export const aResident = build('resident', aResidentId, {
  placement: { site: aSiteId },
  name: {
    family: 'Kovalenko',
    given: 'Yuliia',
    patronymic: '',
    familyCyrillic: 'Коваленко',
    givenCyrillic: 'Юлія',
    patronymicCyrillic: 'Сергіївна',
  },
  birthDate: '1985-03-12',
  sex: 'F',
  nationality: ['UA'],
  nationalityGroup: 'ua',
  bsn: '999993653',
  vNumber: '2812345678',
  'document.passport': {
    type: 'passport',
    number: 'FA123456',
    issuingCountry: 'UA',
    validUntil: '2031-05-01',
    seenOn: '2026-02-02',
  },
  arrival: { date: '2026-02-01', from: 'Харків' },
});

/** A family of that resident alone, in municipal reception without catering since 2026-02-01. */
export const aFamily = build('family', aFamilyId, {
  placement: { site: aSiteId },
  label: 'Kovalenko',
  [`member.${aResidentId}.2026-02-01`]: { to: null, relation: 'main-person' },
  'reception.2026-02-01': { reception: 'municipal', catered: false },
});

/** A site with one building, one room and two beds. */
export const aSite = build('site', aSiteId, {
  placement: { site: aSiteId },
  name: 'De Havenkade',
  municipality: { code: '0000', name: 'Voorbeeldstad' },
  address: 'Havenkade 12',
  kind: 'building',
  cateredByDefault: false,
  'building.a': { name: 'A' },
  'room.a1': { building: 'a', name: '1', floor: 0 },
  'bed.a1-1': { room: 'a1', name: '1', outOfService: null },
  'bed.a1-2': { room: 'a1', name: '2', outOfService: null },
});

export const aBedStay = build('bedStay', aStayId, {
  placement: { site: aSiteId },
  stay: { site: aSiteId, bed: 'a1-1', resident: aResidentId, from: '2026-02-01' },
});

export const anAbsence = build('absence', anAbsenceId, {
  placement: { site: aSiteId },
  notice: { resident: aResidentId, from: '2026-06-01', reason: 'announced' },
  until: '2026-06-15',
});
