import { factColumns, factHeaders } from './fact-columns.ts';
import { headerKey } from './header-key.ts';

/** What a column of an imported list can mean. */
export const importColumns = [
  'household',
  'relation',
  'family',
  'given',
  'patronymic',
  'familyCyrillic',
  'givenCyrillic',
  'patronymicCyrillic',
  'birthDate',
  'sex',
  'nationality',
  'nationalityGroup',
  'bsn',
  'vNumber',
  'documentType',
  'documentNumber',
  'documentValidUntil',
  'arrivalDate',
  'leftUkraineOn',
  'brpFrom',
  'proofType',
  'proofValidUntil',
  'site',
  'building',
  'room',
  'bed',
  'phone',
  'email',
  'languages',
  'incomeKind',
  'incomeAmount',
  'incomeMonth',
  ...factColumns,
] as const;
export type ImportColumn = (typeof importColumns)[number];

/** Position in the file, from 0, of every column that was recognised or chosen. */
export type ColumnMapping = Readonly<Partial<Record<ImportColumn, number>>>;

/** Headers as people write them, in Dutch, English and Ukrainian, folded by `headerKey`. */
const synonyms: Readonly<Record<ImportColumn, readonly string[]>> = {
  ...factHeaders,
  household: [
    'huishouden',
    'huishoudnummer',
    'gezin',
    'gezinsnummer',
    'household',
    'family number',
    'сімʼя',
    'домогосподарство',
  ],
  relation: ['relatie', 'gezinsrelatie', 'relation', 'relationship', 'стосунок', 'звʼязок'],
  family: ['achternaam', 'familienaam', 'naam', 'surname', 'last name', 'family name', 'прізвище латиницею'],
  given: ['voornaam', 'voornamen', 'given name', 'given names', 'first name', 'імʼя латиницею'],
  patronymic: ['vadersnaam', 'patroniem', 'patronymic', 'по батькові латиницею'],
  familyCyrillic: [
    'achternaam cyrillisch',
    'achternaam oekraiens',
    'surname cyrillic',
    'прізвище',
    'прізвище українською',
    'family name ukrainian',
  ],
  givenCyrillic: [
    'voornaam cyrillisch',
    'voornaam oekraiens',
    'given name cyrillic',
    'first name cyrillic',
    'імʼя',
    'voornamen oekraiens',
    'імя українською',
    'given names ukrainian',
  ],
  patronymicCyrillic: [
    'vadersnaam cyrillisch',
    'patronymic cyrillic',
    'по батькові',
    'patroniem oekraiens',
    'по батькові українською',
    'patronymic ukrainian',
  ],
  birthDate: [
    'geboortedatum',
    'geb datum',
    'gebdatum',
    'geboren',
    'date of birth',
    'birth date',
    'birthdate',
    'dob',
    'дата народження',
  ],
  sex: ['geslacht', 'm v', 'sex', 'gender', 'стать'],
  nationality: ['nationaliteit', 'nationality', 'громадянство'],
  nationalityGroup: [
    'groep',
    'nationaliteitsgroep',
    'nationality group',
    'група',
    'groep voor de regeling',
    'група за правилами',
    'group under the rules',
  ],
  bsn: ['bsn', 'burgerservicenummer', 'citizen service number', 'bsn особистий номер'],
  vNumber: ['v nummer', 'vnummer', 'vreemdelingnummer', 'v number', 'v номер'],
  documentType: [
    'documenttype',
    'soort document',
    'document',
    'document type',
    'вид документа',
    'тип документа',
    'kind of document',
  ],
  documentNumber: [
    'documentnummer',
    'paspoortnummer',
    'document number',
    'passport number',
    'номер документа',
    'номер паспорта',
  ],
  documentValidUntil: [
    'document geldig tot',
    'geldig tot',
    'valid until',
    'expiry date',
    'дійсний до',
    'document geldig tot en met',
    'документ дійсний до',
    'document valid until',
  ],
  arrivalDate: [
    'aankomst',
    'aankomstdatum',
    'aangekomen op',
    'datum aankomst',
    'arrival',
    'arrival date',
    'дата прибуття',
    'прибуття',
  ],
  leftUkraineOn: [
    'vertrokken uit oekraine op',
    'vertrokken uit oekraine',
    'vertrek uit oekraine',
    'datum vertrek oekraine',
    'left ukraine on',
    'left ukraine',
    'departure from ukraine',
    'виїзд з україни',
    'дата виїзду з україни',
    'виїхав з україни',
  ],
  brpFrom: [
    'ingeschreven brp op',
    'ingeschreven op',
    'inschrijving brp',
    'brp datum',
    'registered on',
    'зареєстровано',
    'ingeschreven in de brp op',
    'дата реєстрації в brp',
    'registered in the brp on',
  ],
  proofType: [
    'verblijfsbewijs',
    'bewijs van verblijf',
    'proof of residence',
    'bewijs van de ind',
    'підтвердження від ind',
    'proof from the ind',
  ],
  proofValidUntil: [
    'verblijfsbewijs geldig tot',
    'bewijs geldig tot',
    'proof valid until',
    'bewijs geldig tot en met',
    'підтвердження дійсне до',
  ],
  site: ['locatie', 'opvanglocatie', 'site', 'location', 'місце розміщення', 'центр'],
  building: ['gebouw', 'building', 'будівля'],
  room: ['kamer', 'kamernummer', 'room', 'кімната'],
  bed: ['bed', 'bednummer', 'ліжко'],
  phone: ['telefoon', 'telefoonnummer', 'mobiel', 'phone', 'mobile', 'телефон'],
  email: ['e mail', 'email', 'e mailadres', 'emailadres', 'mail', 'електронна пошта', 'ел пошта'],
  languages: ['talen', 'taal', 'languages', 'language', 'мови', 'мова'],
  incomeKind: ['soort inkomen', 'inkomenssoort', 'income kind', 'kind of income', 'вид доходу'],
  incomeAmount: [
    'inkomen',
    'inkomen per maand',
    'maandinkomen',
    'netto inkomen',
    'income',
    'monthly income',
    'дохід',
    'дохід на місяць',
    'bedrag inkomen',
    'сума доходу',
    'amount of income',
  ],
  incomeMonth: [
    'inkomen maand',
    'maand inkomen',
    'maand',
    'income month',
    'місяць доходу',
    'місяць',
    'month of income',
  ],
};

const columnOfHeader = new Map<string, ImportColumn>(
  importColumns.flatMap((column) => [
    [headerKey(column), column] as const,
    ...synonyms[column].map((text) => [headerKey(text), column] as const),
  ]),
);

/** Columns recognised by their header; of two that mean the same the first counts. The user may change every one. */
export function guessMapping(headers: readonly string[]): ColumnMapping {
  const mapping: Partial<Record<ImportColumn, number>> = {};
  headers.forEach((header, at) => {
    const column = columnOfHeader.get(headerKey(header));
    if (column !== undefined && mapping[column] === undefined) mapping[column] = at;
  });
  return mapping;
}

/** The header for a column in a file that is written: its label where that is understood, else a word that is. */
export function headerOf(column: ImportColumn, label: string): string {
  if (columnOfHeader.get(headerKey(label)) === column) return label;
  const isCyrillic = /\p{Script=Cyrillic}/u.test(label);
  const word = synonyms[column].find((text) => /\p{Script=Cyrillic}/u.test(text) === isCyrillic) ?? column;
  return word.charAt(0).toUpperCase() + word.slice(1);
}
