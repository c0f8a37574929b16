import { numberKey } from '../kernel/number-key.ts';
import { isGroup, type FieldValues, type Value } from '../records/record.ts';
import type { ImportColumn } from './columns.ts';
import { compareDated, compareDeparture, compareParts, compareSwitch } from './fact-diff.ts';

/** What one cell of a list says against the register, as text: codes, ISO days, cents; '' is nothing. */
export type CellDifference = { readonly column: ImportColumn; readonly before: string; readonly after: string };
export type FieldEdit = { readonly field: string; readonly value: Value };
export type Comparison = { readonly differences: readonly CellDifference[]; readonly edits: readonly FieldEdit[] };

type Context = {
  readonly present: FieldValues;
  /** Whether the list has something in this column: a default of ours is no statement of the list. */
  readonly isGiven: (column: ImportColumn) => boolean;
  readonly freshKey: () => string;
};
type Found = readonly CellDifference[];
/** `value` is what the register would hold; nothing is saved where there is no difference. */
type Compared = { readonly field: string; readonly value: Value; readonly found: Found };
type Compare = (field: string, listed: Value, context: Context) => Compared;

/**
 * What a line of a list changes about a person, field by field. An empty cell takes nothing away, lists of numbers and
 * languages only grow, and another date of registration corrects the last period.
 */
export function compareFields(listed: FieldValues, context: Context): Comparison {
  const compared = Object.entries(listed).map(([field, value]) => {
    const [stem = ''] = field.split('.');
    return (compares[stem] ?? compareWhole)(field, value, context);
  });
  return {
    differences: compared.flatMap(({ found }) => found),
    edits: compared.filter(({ found }) => found.length > 0).map(({ field, value }) => ({ field, value })),
  };
}

const group = (value: Value | undefined): FieldValues => (isGroup(value) ? value : {});
const texts = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'string') : [];
const text = (value: Value | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
/** Capitals and signs between are a manner of writing, no other name or number. */
const sameName = (a: string, b: string) => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
const sameNumber = (a: string, b: string) => numberKey(a) === numberKey(b);
const samePhone = (a: string, b: string) => a.replaceAll(/[^+0-9]/g, '') === b.replaceAll(/[^+0-9]/g, '');
const exact = (a: string, b: string) => a === b;

const differ = (column: ImportColumn, before: string, after: string, same = exact): Found =>
  same(before, after) ? [] : [{ column, before, after }];

const nameColumns = ['family', 'given', 'patronymic', 'familyCyrillic', 'givenCyrillic', 'patronymicCyrillic'] as const;

const compareName: Compare = (field, listed, { present }) => {
  const before = group(present['name']);
  const after = group(listed);
  const found = nameColumns
    .filter((part) => text(after[part]) !== '')
    .flatMap((part) => differ(part, text(before[part]), text(after[part]), sameName));
  const changed = Object.fromEntries(found.map((one) => [one.column, one.after]));
  const empty = Object.fromEntries(nameColumns.map((part) => [part, '']));
  return { field, found, value: { ...empty, ...before, ...changed } };
};

const compareText =
  (column: ImportColumn, same = exact): Compare =>
  (field, listed, { present }) => ({
    field,
    value: listed,
    found: differ(column, text(present[field]), text(listed), same),
  });

const compareGroup: Compare = (field, listed, { present, isGiven }) => {
  const before = text(present[field]);
  const isSaid = isGiven('nationalityGroup') || before === '';
  return { field, value: listed, found: isSaid ? differ('nationalityGroup', before, text(listed)) : [] };
};

const compareNationality: Compare = (field, listed, { present }) => {
  const before = texts(present[field]);
  const isKnown = texts(listed).every((code) => before.includes(code));
  const found = isKnown ? [] : differ('nationality', before.join(', '), texts(listed).join(', '));
  return { field, value: listed, found };
};

const compareGrowing =
  (column: ImportColumn, same = exact): Compare =>
  (field, listed, { present }) => {
    const before = texts(present[field]);
    const added = texts(listed).filter((one) => !before.some((known) => same(known, one)));
    const after = [...before, ...added];
    return { field, value: after, found: differ(column, before.join(', '), after.join(', ')) };
  };

const compareArrival: Compare = (field, listed, context) => {
  const parts = { date: 'arrivalDate', from: 'arrivedFrom' } as const;
  return { field, ...compareParts(group(context.present[field]), group(listed), parts, context) };
};

const compareProtection: Compare = (field, listed, context) => {
  const parts = {
    status: 'protectionStatus',
    since: 'protectionSince',
    proofType: 'proofType',
    validUntil: 'proofValidUntil',
    successor: 'successor',
  } as const;
  return { field, ...compareParts(group(context.present[field]), group(listed), parts, context) };
};

const partsOf = (present: FieldValues, stem: string) =>
  Object.entries(present)
    .filter(([field, value]) => field.startsWith(`${stem}.`) && value !== null)
    .map(([field, value]) => ({ field, value: group(value) }));
const freeField = (stem: string, { present, freshKey }: Context) =>
  present[`${stem}.first`] === undefined ? `${stem}.first` : `${stem}.${freshKey()}`;

const compareDocument: Compare = (_field, listed, context) => {
  const after = group(listed);
  const number = text(after['number']);
  const known = partsOf(context.present, 'document');
  const own = known.find(({ value }) => sameNumber(text(value['number']), number));
  if (number === '') return { field: '', value: null, found: [] };
  if (own === undefined) {
    const before = known.map(({ value }) => text(value['number'])).join(', ');
    return { field: freeField('document', context), value: listed, found: differ('documentNumber', before, number) };
  }
  const type = context.isGiven('documentType') ? text(after['type']) : text(own.value['type']);
  const until = after['validUntil'] ?? own.value['validUntil'] ?? null;
  const country = context.isGiven('documentCountry')
    ? (after['issuingCountry'] ?? null)
    : (own.value['issuingCountry'] ?? null);
  const found = [
    ...differ('documentType', text(own.value['type']), type),
    ...differ('documentValidUntil', text(own.value['validUntil']), text(until)),
    ...differ('documentCountry', text(own.value['issuingCountry']), text(country)),
  ];
  return { field: own.field, found, value: { ...own.value, type, validUntil: until, issuingCountry: country } };
};

const compareBrp: Compare = (_field, listed, context) => {
  const from = text(group(listed)['from']);
  const periods = partsOf(context.present, 'brp').sort((a, b) =>
    text(a.value['from']) < text(b.value['from']) ? -1 : 1,
  );
  const last = periods.at(-1);
  const own = periods.find(({ value }) => value['from'] === from);
  if (own !== undefined) return { field: own.field, ...compareParts(own.value, group(listed), brpParts, context) };
  const end = text(last?.value['to']);
  const isNew = last === undefined || (end !== '' && end < from);
  const found = differ('brpFrom', text(last?.value['from']), from);
  if (isNew) return { field: freeField('brp', context), value: listed, found };
  const more = compareParts(last.value, group(listed), brpParts, context);
  return { field: last.field, found: [...found, ...more.found], value: { ...more.value, from } };
};
const brpParts = {
  to: 'brpUntil',
  municipality: 'brpMunicipality',
  reason: 'brpReason',
  destination: 'brpCountry',
} as const;

const compareIncome: Compare = (field, listed, { present }) => {
  const before = present[field] === undefined || present[field] === null ? undefined : group(present[field]);
  const after = group(listed);
  const amount = after['amountCents'] ?? null;
  const found = differ('incomeAmount', text(before?.['amountCents']), text(amount));
  return { field, found, value: { ...after, ...before, amountCents: amount } };
};

const compareWhole: Compare = (field, listed, { present }) => {
  const before = JSON.stringify(present[field] ?? null);
  return { field, value: listed, found: differ('family', before, JSON.stringify(listed)) };
};

const compares: Readonly<Record<string, Compare>> = {
  name: compareName,
  birthDate: compareText('birthDate'),
  sex: compareText('sex'),
  nationality: compareNationality,
  nationalityGroup: compareGroup,
  bsn: compareText('bsn', sameNumber),
  vNumber: compareText('vNumber', sameNumber),
  document: compareDocument,
  arrival: compareArrival,
  leftUkraineOn: compareText('leftUkraineOn'),
  brp: compareBrp,
  protection: compareProtection,
  phones: compareGrowing('phone', samePhone),
  emails: compareGrowing('email', sameName),
  languages: compareGrowing('languages'),
  income: compareIncome,
  callName: compareText('callName'),
  livedInUkraineOnReferenceDate: compareText('livedInUkraine'),
  unaccompanied: compareSwitch('unaccompanied'),
  interpreterNeeded: compareSwitch('interpreterNeeded'),
  departure: compareDeparture,
  lastResidence: compareDated,
  asylum: compareDated,
  guardian: compareDated,
};
