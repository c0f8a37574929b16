import {
  residentExportColumns,
  sensitivityOf,
  type ResidentExportColumn,
} from '../../../shared/exchange/resident-export.ts';
import type { Sensitivity } from '../../../shared/exchange/export-table.ts';
import type { ExportPurpose } from '../../export-purpose.ts';
import type { Services } from '../../services.tsx';

/** `fact` and `period` are there where the list was found by a fact. */
export type ExportKey = ResidentExportColumn | 'fact' | 'period';
export const exportKeys = [...residentExportColumns, 'fact', 'period'] as const satisfies readonly ExportKey[];

/** What the list was found by, with what protects it. */
export type FactColumns = { readonly label: string; readonly sensitive: Sensitivity | null };

export const exportSections = [
  'identity',
  'numbers',
  'stay',
  'registration',
  'case',
  'origin',
  'guardian',
  'contact',
] as const;
type ExportSection = (typeof exportSections)[number];
const sectionKeys: Readonly<Record<ExportSection, readonly ExportKey[]>> = {
  identity: [
    'family',
    'given',
    'patronymic',
    'familyCyrillic',
    'givenCyrillic',
    'patronymicCyrillic',
    'callName',
    'birthDate',
    'sex',
    'nationality',
    'nationalityGroup',
  ],
  numbers: ['code', 'vNumber', 'documentType', 'documentNumber', 'documentValidUntil', 'documentCountry'],
  stay: [
    'household',
    'relation',
    'site',
    'safetyRegion',
    'shelter',
    'building',
    'room',
    'bed',
    'status',
    'arrivalDate',
  ],
  registration: [
    ...(['brpFrom', 'brpMunicipality', 'brpUntil', 'brpReason', 'brpCountry'] as const),
    ...(['departureDate', 'departureReason', 'departureCountry'] as const),
  ],
  case: [
    ...(['protectionStatus', 'protectionSince', 'proofType', 'proofValidUntil', 'successor'] as const),
    ...(['asylumFrom', 'asylumState', 'asylumReference'] as const),
  ],
  origin: [
    ...(['arrivedFrom', 'leftUkraineOn', 'livedInUkraine'] as const),
    ...(['residenceOblast', 'residenceRaion', 'residenceFrom', 'residenceUntil'] as const),
  ],
  guardian: [
    ...(['unaccompanied', 'guardianKind', 'guardianName', 'guardianOrganisation'] as const),
    ...(['guardianContact', 'guardianFrom', 'guardianUntil'] as const),
  ],
  contact: ['phone', 'email', 'languages', 'interpreterNeeded'],
};
export const keysOfSection = (section: ExportSection): readonly ExportKey[] => sectionKeys[section];

export const sensitivityOfKey = (key: ExportKey, facts: FactColumns | null): Sensitivity | null =>
  key === 'fact' || key === 'period' ? (facts?.sensitive ?? null) : sensitivityOf(key);

const common: readonly ExportKey[] = ['code', 'family', 'given', 'birthDate'];
const everyday: readonly ExportKey[] = [...common, 'site', 'building', 'room', 'bed', 'status'];
const presets: Readonly<Record<ExportPurpose, readonly ExportKey[]>> = {
  site: everyday,
  brp: [...common, 'patronymic', 'sex', 'nationality', 'vNumber', 'documentType', 'documentNumber', 'arrivalDate'],
  // What a list is read in with on the other side.
  transfer: residentExportColumns.filter((key) => sensitivityOf(key) === null && key !== 'code'),
  check: everyday,
  other: everyday,
};

/** What is ticked at first for a purpose: nothing that a compartment of its own protects. */
export const presetOf = (purpose: ExportPurpose | null, facts: FactColumns | null): readonly ExportKey[] =>
  inOrder([...presets[purpose ?? 'other'], ...(facts !== null && facts.sensitive === null ? factKeys : [])]);

const factKeys = ['fact', 'period'] as const;
export const inOrder = (chosen: readonly ExportKey[]): readonly ExportKey[] =>
  exportKeys.filter((key) => chosen.includes(key));

type Store = Pick<Services, 'readDraft' | 'writeDraft'>;
const draftOf = (purpose: ExportPurpose, facts: FactColumns | null) =>
  `export-columns/${facts === null ? 'list' : 'facts'}/${purpose}`;

/** The columns of the last file for this purpose; undefined when there was none. */
export async function readColumns(
  store: Store,
  purpose: ExportPurpose,
  facts: FactColumns | null,
): Promise<readonly ExportKey[] | undefined> {
  const text = await store.readDraft(draftOf(purpose, facts));
  if (text === undefined) return undefined;
  const known: unknown = JSON.parse(text);
  return Array.isArray(known) ? exportKeys.filter((key) => known.includes(key)) : undefined;
}

/** Sensitive ones are chosen anew every time. */
export function rememberColumns(
  store: Store,
  purpose: ExportPurpose,
  facts: FactColumns | null,
  columns: readonly ExportKey[],
): Promise<void> {
  const plain = columns.filter((key) => sensitivityOfKey(key, facts) === null);
  return store.writeDraft(draftOf(purpose, facts), JSON.stringify(plain));
}
