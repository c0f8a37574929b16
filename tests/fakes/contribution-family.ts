import type { MemoryServices } from './memory-services.ts';

export const siteId = '5117b0aa-0000-4000-8000-000000000001';
export const familyId = 'fa300000-0000-4000-8000-000000000001';
export const motherId = 'ee500000-0000-4000-8000-000000000001';
export const sonId = 'ee500000-0000-4000-8000-000000000002';
export const daughterId = 'ee500000-0000-4000-8000-000000000003';
export const policyId = 'b0110000-0000-4000-8000-000000000001';

const name = (given: string, givenCyrillic: string) => ({
  family: 'Bondar',
  given,
  patronymic: '',
  familyCyrillic: 'Бондар',
  givenCyrillic,
  patronymicCyrillic: '',
});

/** One adult with two children on a site without meals, in a municipality that has chosen net income: PUB-12 and 13. */
export function aHilversumFamily(services: MemoryServices): MemoryServices {
  const placement = { site: siteId };
  services.put(
    { kind: 'site', id: siteId },
    {
      placement,
      name: 'Noord 1',
      municipality: { code: '0402', name: 'Hilversum' },
      kind: 'building',
      cateredByDefault: false,
    },
  );
  services.put(
    { kind: 'municipalPolicy', id: policyId },
    {
      placement: { site: null },
      municipality: { code: '0402', name: 'Hilversum' },
      'basis.2022-04-01': { incomeBasis: 'net', reason: 'Besluit college' },
    },
  );
  const residents = [
    { id: motherId, given: name('Iryna', 'Ірина'), birthDate: '1988-03-12', languages: ['uk'] },
    { id: sonId, given: name('Andrii', 'Андрій'), birthDate: '2014-09-01', languages: ['uk'] },
    { id: daughterId, given: name('Daryna', 'Дарина'), birthDate: '2018-01-20', languages: ['uk'] },
  ];
  for (const { id, given, birthDate, languages } of residents) {
    services.put(
      { kind: 'resident', id },
      {
        placement,
        name: given,
        birthDate,
        nationality: ['UA'],
        languages,
        arrival: { date: '2022-05-01', from: null },
      },
    );
  }
  services.put(
    { kind: 'family', id: familyId },
    {
      placement,
      label: 'Bondar',
      [`member.${motherId}.2022-05-01`]: { to: null, relation: 'main-person' },
      [`member.${sonId}.2022-05-01`]: { to: null, relation: 'child' },
      [`member.${daughterId}.2022-05-01`]: { to: null, relation: 'child' },
    },
  );
  return services;
}
