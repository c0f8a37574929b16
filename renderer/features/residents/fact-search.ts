import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { fieldStem } from '../../../shared/records/field-rule.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { factsOf, holdsOn, type Fact, type FactKind, type FactPart } from '../../../shared/register/fact-kind.ts';
import { factKinds, leftUkraineFacts } from '../../../shared/register/facts.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';

const stems: ReadonlySet<string> = new Set(factKinds.map(({ stem }) => stem));
export type Person = { readonly id: string; readonly values: FieldValues };

/** Of whoever has not left: only what facts are made of. */
export function toPerson(resident: Resident, record: ReplicaRecord): Person | null {
  if (resident.deleted || resident.departure !== null) return null;
  const { values } = valuesOf(record, definitionOf('resident'));
  const own = Object.entries(values).filter(([field]) => stems.has(fieldStem(field)));
  const { leftUkraineOn, livedInUkraine } = resident;
  const left = leftUkraineOn === null ? {} : { [leftUkraineFacts.stem]: { from: leftUkraineOn, livedInUkraine } };
  return { id: resident.id, values: { ...Object.fromEntries(own), ...left } };
}

/** Stands for every value of a kind. */
export const all = 'all';

type Coded = FactPart & { readonly type: 'code' | 'oblast' };
/** Parts of a kind that are chosen from a list, the one that says what it is first. */
export const codedParts = (kind: FactKind): readonly Coded[] =>
  kind.parts
    .filter((part): part is Coded => part.type === 'code' || part.type === 'oblast')
    .sort((a, b) => Number(b.required === true) - Number(a.required === true));

/** The value of a part as one code: the first part needs no name before it. */
export const codeOf = (kind: FactKind, part: Coded, value: string): string =>
  codedParts(kind)[0] === part ? value : `${part.name}=${value}`;

/** A kind of fact and one of its values, or all of them. */
export type Condition = { readonly kind: FactKind; readonly code: string };

export function fits({ kind, code }: Condition, { values }: Fact): boolean {
  const has = (part: Coded) => {
    const value = values[part.name];
    return typeof value === 'string' && codeOf(kind, part, value) === code;
  };
  return code === all || codedParts(kind).some(has);
}

/** The days between which a fact began; null is open. */
export type Start = { readonly from: IsoDate | null; readonly until: IsoDate | null };
const beganIn = ({ values }: Fact, { from, until }: Start): boolean =>
  (from === null || (typeof values.from === 'string' && values.from >= from)) &&
  (until === null || (typeof values.from === 'string' && values.from <= until));

/** `other` is a fact of the second kind, where one was asked for. */
export type Line = { readonly id: string; readonly resident: string; readonly fact: Fact; readonly other: Fact | null };

/** Facts of the first kind, of whoever has one of the second kind too. `day` null takes what is over as well. */
export function findLines(
  rows: readonly Person[],
  first: Condition,
  second: Condition | null,
  start: Start,
  day: IsoDate | null,
): readonly Line[] {
  const present = ({ kind, code }: Condition, values: FieldValues) =>
    factsOf(kind, values).filter((fact) => (day === null || holdsOn(fact, day)) && fits({ kind, code }, fact));
  return rows.flatMap(({ id, values }) => {
    const [other = null] = second === null ? [] : present(second, values);
    if (second !== null && other === null) return [];
    return present(first, values)
      .filter((fact) => beganIn(fact, start))
      .map((fact) => ({ id: `${id} ${fact.key}`, resident: id, fact, other }));
  });
}
