import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { readField } from '../../../shared/records/field-rule.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import type { RecordKind } from '../../../shared/records/record.ts';
import { factsOf, type Fact } from '../../../shared/register/fact-kind.ts';
import { retentionFacts } from '../../../shared/register/facts.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import {
  retentionClasses,
  retentionOf,
  retentionRule,
  retentionTermSchema,
  type RetentionClass,
  type RetentionLine,
  type RetentionTerm,
} from '../../../shared/register/retention.ts';
import { mentions } from '../../../shared/sync/subject-access.ts';
import { valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';

/** A departed person; the name is shown, everything else is counted. */
type Departed = {
  readonly id: string;
  readonly name: string;
  readonly departedOn: IsoDate;
  readonly hasCare: boolean;
  readonly hasMoney: boolean;
  readonly decision: string | null;
};

export function toDeparted(resident: Resident, record: ReplicaRecord): Departed | null {
  if (resident.departure === null) return null;
  const { values } = valuesOf(record, definitionOf('resident'));
  const fields = Object.keys(values);
  const decided = factsOf(retentionFacts, values)
    .toSorted((a, b) => dayIn(a).localeCompare(dayIn(b)))
    .at(-1);
  return {
    id: resident.id,
    name: [resident.name.family, resident.name.given].filter((part) => part !== '').join(', '),
    departedOn: resident.departure.date,
    hasCare: fields.some((field) => /^care(Route)?\./.test(field)),
    hasMoney: fields.some((field) => /^(income|careStay)\./.test(field)),
    decision: typeof decided?.values.retentionDecision === 'string' ? decided.values.retentionDecision : null,
  };
}

const dayIn = ({ values }: Fact): string => (typeof values.decidedOn === 'string' ? values.decidedOn : '');

const classOfKind: Readonly<Partial<Record<RecordKind, RetentionClass>>> = {
  bedStay: 'stay',
  absence: 'stay',
  rollCall: 'stay',
  returnIntake: 'interview',
  finalisedIntake: 'interview',
  contributionDecision: 'money',
  followUp: 'money',
};

/** How many records of each class are about this person, the parts of the file itself included. */
function countsOf(person: Departed, records: Iterable<ReplicaRecord>): ReadonlyMap<RetentionClass, number> {
  const counts = new Map<RetentionClass, number>([['file', 1]]);
  const add = (one: RetentionClass) => counts.set(one, (counts.get(one) ?? 0) + 1);
  if (person.hasCare) add('care');
  if (person.hasMoney) add('money');
  const all = [...records];
  const about = all.filter((record) => mentions(record, person.id));
  const households = about.filter(({ kind }) => kind === 'family').map(({ id }) => id);
  for (const record of all) {
    const isTask = record.ops.some(({ f }) => f === 'lookInto');
    const one = isTask ? 'file' : classOfKind[record.kind];
    const isMoney = one === 'money' && households.some((id) => mentions(record, id));
    if (one !== undefined && (isMoney || about.includes(record))) add(one);
  }
  return counts;
}

/** The terms the municipality has set, out of the values of its policy. */
export function termsIn(values: FieldValues): ReadonlyMap<RetentionClass, RetentionTerm> {
  return new Map(
    retentionClasses.flatMap((one) => {
      const term = retentionTermSchema.safeParse(readField(values, `retention.${one}`, retentionRule)).data;
      return term === undefined ? [] : [[one, term] as const];
    }),
  );
}

export type RetentionRow = { readonly person: Departed; readonly lines: readonly RetentionLine[] };

/** Whoever has something past its term, and whoever cannot be judged for want of one; longest gone first. */
export function retentionRows(
  people: readonly Departed[],
  records: Iterable<ReplicaRecord>,
  terms: ReadonlyMap<RetentionClass, RetentionTerm>,
  today: IsoDate,
): readonly RetentionRow[] {
  const all = [...records];
  return people
    .map((person) => ({ person, lines: retentionOf(person.departedOn, today, countsOf(person, all), terms) }))
    .filter(({ lines }) => lines.some(({ state }) => state === 'past'))
    .toSorted((a, b) => a.person.departedOn.localeCompare(b.person.departedOn));
}
