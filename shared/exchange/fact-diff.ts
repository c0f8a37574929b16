import { isGroup, type FieldValues, type Value } from '../records/record.ts';
import type { ImportColumn } from './columns.ts';

/** The parts of a fact with the column that each is read from. */
type Parts = Readonly<Record<string, ImportColumn>>;
type Context = {
  readonly present: FieldValues;
  readonly isGiven: (column: ImportColumn) => boolean;
};
type Difference = { readonly column: ImportColumn; readonly before: string; readonly after: string };
type Compared = { readonly field: string; readonly value: Value; readonly found: readonly Difference[] };

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const group = (value: Value | undefined): FieldValues => (isGroup(value) ? value : {});

/** A group against what the register holds: only what the list says of it changes. */
export function compareParts(before: FieldValues, listed: FieldValues, parts: Parts, { isGiven }: Context) {
  const said = Object.entries(parts).filter(([, column]) => isGiven(column));
  const found = said.flatMap(([part, column]): Difference[] => {
    const [old, now] = [text(before[part]), text(listed[part])];
    return old === now ? [] : [{ column, before: old, after: now }];
  });
  const changed = Object.fromEntries(said.map(([part]) => [part, listed[part] ?? null]));
  return { found, value: { ...listed, ...before, ...changed } };
}

/** Yes or no; nothing in the register is no. */
export const compareSwitch =
  (column: ImportColumn) =>
  (field: string, listed: Value, { present }: Context): Compared => {
    const word = (value: Value | undefined) => (value === true ? 'yes' : 'no');
    const [before, after] = [word(present[field]), word(listed)];
    return { field, value: listed, found: before === after ? [] : [{ column, before, after }] };
  };

const departureParts: Parts = {
  date: 'departureDate',
  reason: 'departureReason',
  destination: 'departureCountry',
};
export function compareDeparture(field: string, listed: Value, context: Context): Compared {
  return { field, ...compareParts(group(context.present[field]), group(listed), departureParts, context) };
}

type DatedParts = {
  readonly stem: string;
  /** The column of the day it began. */
  readonly from: ImportColumn;
  /** What makes it the same fact where the list has no day. */
  readonly same: string;
  readonly parts: Parts;
};
const dated: readonly DatedParts[] = [
  {
    stem: 'lastResidence',
    from: 'residenceFrom',
    same: 'oblast',
    parts: { oblast: 'residenceOblast', raion: 'residenceRaion', to: 'residenceUntil' },
  },
  {
    stem: 'asylum',
    from: 'asylumFrom',
    same: 'state',
    parts: { state: 'asylumState', reference: 'asylumReference' },
  },
  {
    stem: 'guardian',
    from: 'guardianFrom',
    same: 'guardianKind',
    parts: {
      guardianKind: 'guardianKind',
      guardianName: 'guardianName',
      organisation: 'guardianOrganisation',
      contact: 'guardianContact',
      to: 'guardianUntil',
    },
  },
];

/**
 * A fact that is kept by the day it began. A list without that day is about the fact of this kind that is there already;
 * another day is another fact, so nothing is overwritten.
 */
export function compareDated(field: string, listed: Value, context: Context): Compared {
  const [stem = '', day = ''] = field.split('.');
  const kind = dated.find((one) => one.stem === stem);
  if (kind === undefined) return { field, value: listed, found: [] };
  const after = group(listed);
  const known = Object.keys(context.present)
    .filter((key) => key.startsWith(`${stem}.`) && context.present[key] !== null)
    .sort();
  const isSame = (key: string) => group(context.present[key])[kind.same] === after[kind.same];
  const own = context.isGiven(kind.from)
    ? known.findLast((key) => key === field || (key.startsWith(`${field}.`) && isSame(key)))
    : known.findLast(isSame);
  if (own !== undefined) {
    return { field: own, ...compareParts(group(context.present[own]), after, kind.parts, context) };
  }
  const column = kind.parts[kind.same] ?? kind.from;
  const last = group(context.present[known.at(-1) ?? '']);
  const found = [
    { column: kind.from, before: known.at(-1)?.split('.')[1] ?? '', after: day },
    { column, before: text(last[kind.same]), after: text(after[kind.same]) },
  ];
  return { field, value: listed, found: found.filter((one) => one.before !== one.after) };
}
