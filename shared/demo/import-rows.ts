import { toFamily, type Membership } from '../register/family.ts';
import { toResident, type Resident } from '../register/resident.ts';
import { findBedStay } from '../reception/bed-stay.ts';
import { findBedPlace, toSite } from '../reception/site.ts';
import type { DemoMunicipality } from './demo-site.ts';

const headers = [
  'Huishouden',
  'Relatie',
  'Achternaam',
  'Voornaam',
  'Vadersnaam',
  'Achternaam (Cyrillisch)',
  'Voornaam (Cyrillisch)',
  'Vadersnaam (Cyrillisch)',
  'Geboortedatum',
  'Geslacht',
  'Nationaliteit',
  'Groep',
  'BSN',
  'V-nummer',
  'Documenttype',
  'Documentnummer',
  'Document geldig tot',
  'Aangekomen op',
  'Ingeschreven BRP op',
  'Verblijfsbewijs',
  'Verblijfsbewijs geldig tot',
  'Locatie',
  'Gebouw',
  'Kamer',
  'Bed',
  'Telefoon',
  'Talen',
  'Soort inkomen',
  'Inkomen per maand',
  'Inkomen maand',
];

/** The list as a municipality would send it: Dutch headers, one resident a row, everything as text. */
export function toImportRows(demo: DemoMunicipality): {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const sites = new Map(demo.sites.map(({ id, values }) => [id, toSite(id, values)]));
  const stays = new Map(
    demo.stays.flatMap(({ id, values }) => {
      const stay = findBedStay(id, values);
      return stay === undefined ? [] : [[stay.resident, stay]];
    }),
  );
  const households = new Map<string, { number: number; membership: Membership }>();
  demo.families.forEach(({ id, values }, at) => {
    for (const membership of toFamily(id, values).memberships)
      households.set(membership.resident, { number: at + 1, membership });
  });
  const rows = demo.residents.map(({ id, values }) => {
    const resident = toResident(id, values);
    const household = households.get(id);
    const stay = stays.get(id);
    const site = sites.get(stay?.site ?? resident.site ?? '');
    const place =
      stay === undefined || site === undefined || stay.until !== null ? undefined : findBedPlace(site, stay.bed);
    return [
      household === undefined ? '' : `H${String(household.number).padStart(3, '0')}`,
      word(household?.membership.relation),
      ...personCells(resident),
      site?.name ?? '',
      place?.building ?? '',
      place?.room ?? '',
      place?.bed ?? '',
      resident.phones.join(', '),
      resident.languages.join(', '),
      ...incomeCells(resident),
    ];
  });
  return { headers, rows };
}

function personCells(resident: Resident): readonly string[] {
  const { name, protection } = resident;
  const passport = resident.documents.find(({ key }) => key === 'passport');
  return [
    name.family,
    name.given,
    name.patronymic,
    name.familyCyrillic,
    name.givenCyrillic,
    name.patronymicCyrillic,
    toDutchDate(resident.birthDate),
    { F: 'V', M: 'M', X: 'X', unknown: 'Onbekend' }[resident.sex],
    resident.nationality[0] ?? '',
    word(resident.nationalityGroup),
    resident.bsn ?? '',
    resident.vNumber ?? '',
    word(passport?.type),
    passport?.number ?? '',
    toDutchDate(passport?.validUntil ?? null),
    toDutchDate(resident.arrival?.date ?? null),
    toDutchDate(resident.brp[0]?.from ?? null),
    word(protection?.proofType),
    toDutchDate(protection?.validUntil ?? null),
  ];
}

function incomeCells(resident: Resident): readonly string[] {
  const latest = resident.incomes.at(-1);
  if (latest === undefined) return ['', '', ''];
  const euros = `${String(Math.trunc(latest.amountCents / 100))},${String(latest.amountCents % 100).padStart(2, '0')}`;
  return [word(latest.kind), euros, `${latest.month.slice(5)}-${latest.month.slice(0, 4)}`];
}

const toDutchDate = (date: string | null): string => (date === null ? '' : date.split('-').reverse().join('-'));

/** Dutch words for codes, as a list has them; a code without a word here is written as it is. */
const words: Readonly<Record<string, string>> = {
  ...{ 'main-person': 'Hoofdpersoon', partner: 'Partner', child: 'Kind', parent: 'Ouder' },
  ...{ ua: 'Oekraïens', 'permanent-permit': 'Permanente vergunning', 'temporary-permit': 'Tijdelijke vergunning' },
  ...{ passport: 'Paspoort', 'birth-certificate': 'Geboorteakte', 'o-document': 'O-document' },
  ...{ 'sticker-passport': 'Sticker in paspoort', 'sticker-insert': 'Sticker op inlegvel' },
  ...{ employment: 'Loon', 'wage-replacement-benefit': 'Loondervingsuitkering', pension: 'Pensioen' },
};

const word = (code: string | undefined | null): string => (code ? (words[code] ?? code) : '');
