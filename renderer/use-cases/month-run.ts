import type { DecisionIndex } from '../../shared/contribution/all-standing.ts';
import { standingIndex } from '../../shared/contribution/all-standing.ts';
import { factProblems } from '../../shared/contribution/fact-problems.ts';
import { isNobodyThere } from '../../shared/contribution/family-month.ts';
import type { MunicipalSettings } from '../../shared/contribution/municipal-policy.ts';
import type { MonthBefore, RunSubject } from '../../shared/contribution/month-run.ts';
import { addMonths, firstDayOf, type IsoMonth } from '../../shared/kernel/dates.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { refKey } from '../../shared/records/record.ts';
import { findDoubleMemberships, membersIn, toFamily, type Family } from '../../shared/register/family.ts';
import { toResident } from '../../shared/register/resident.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { recordsOf } from '../../shared/sync/record-image.ts';
import { isHidden, valuesOf, type RecordValues, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { assessAgain } from './assess-again.ts';
import {
  decisionsIn,
  readFamilyMonth,
  settingsIn,
  type FamilyReading,
  type ReadError,
  type RegisterReader,
} from './assess-family.ts';
import { remembering } from './remembering-reader.ts';

/** `families` limits a run to some of them, such as the one that was decided a moment ago. */
export type RunScope = {
  readonly month: IsoMonth;
  readonly site: string | null;
  readonly families?: readonly string[];
};
/** One line of a run; `problem` is why there is no amount. */
export type RunLine = RunSubject & {
  readonly site: string | null;
  readonly problem: ReadError['type'] | null;
  /** Names of the members, as the register has them. */
  readonly members: readonly string[];
  readonly grownName: string | null;
};
export type LongWork = {
  readonly reader: RegisterReader;
  /** Gives the screen its turn; asked after every family. */
  readonly pause: () => Promise<void>;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
};

type Context = {
  readonly reader: RegisterReader;
  readonly scope: RunScope;
  readonly settings: readonly MunicipalSettings[];
  readonly decisions: DecisionIndex;
  /** Who stands in two families at once in this month. */
  readonly doubles: ReadonlySet<string>;
};

/**
 * Every family of a site (null: of this device) in a month: what it comes to, what was decided, and what somebody has to
 * look at. It changes nothing. Null when `signal` stopped it.
 */
export async function assessRun(work: LongWork, scope: RunScope): Promise<readonly RunLine[] | null> {
  const { pause, onProgress, signal } = work;
  const reader = remembering(work.reader);
  const day = firstDayOf(scope.month);
  const all = recordsOf(reader.records(), 'family').filter((record) => !isHidden(record));
  const known = all.map((record) => toFamily(record.id, valuesIn(record).values));
  const families = known.filter(
    (family) =>
      (scope.site === null || family.site === scope.site) &&
      (scope.families === undefined || scope.families.includes(family.id)) &&
      membersIn(family, scope.month).length > 0,
  );
  const doubles = findDoubleMemberships(known).filter(({ from, to }) => from <= day && (to === null || to >= day));
  const context: Context = {
    reader,
    scope,
    settings: settingsIn(reader),
    decisions: standingIndex(decisionsIn(reader)),
    doubles: new Set(doubles.flatMap(({ families: both }) => both)),
  };
  const lines: RunLine[] = [];
  for (const [at, family] of families.entries()) {
    lines.push(...(await linesOf(family, context)));
    onProgress(at + 1, families.length);
    await pause();
    if (signal.aborted) return null;
  }
  return lines;
}

async function linesOf(family: Family, context: Context): Promise<readonly RunLine[]> {
  const { reader, scope, settings, decisions } = context;
  const { month } = scope;
  const read = await readFamilyMonth(reader, family.id, month, settings);
  const shared = {
    familyId: family.id,
    month,
    site: family.site,
    isUnsettled: await isUnsettled(family, context),
    isInTwoFamilies: context.doubles.has(family.id),
  };
  if (!read.ok) {
    const standing = decisions.of({ familyId: family.id, grownChild: null }, month);
    if (isNobodyThere(read.error) && standing.length === 0) return [];
    const line: RunLine = {
      ...shared,
      grownChild: null,
      now: null,
      before: null,
      isFirstMonth: false,
      standing,
      problem: read.error.type,
      members: [],
      grownName: null,
    };
    return [line];
  }
  const former = await readFamilyMonth(reader, family.id, addMonths(month, -1), settings);
  const names = new Map(read.value.residents.map(({ id, name }) => [id, `${name.given} ${name.family}`.trim()]));
  return read.value.month.units.map(({ grownChild, facts }): RunLine => {
    const unit = { familyId: family.id, grownChild };
    const standing = decisions.of(unit, month);
    const now = assessAgain(facts, standing[0]?.receipt.facts.judgement, read.value.parameters);
    const members = facts.members.map(({ id }) => names.get(id) ?? '');
    return {
      ...shared,
      grownChild,
      now,
      before: beforeOf(unit, former, decisions),
      isFirstMonth: isNew(former, grownChild),
      standing,
      problem: now === null ? 'missing-parameter' : null,
      members,
      grownName: grownChild === null ? null : (members[0] ?? ''),
    };
  });
}

type Former = Result<FamilyReading, ReadError>;

function beforeOf(
  unit: { readonly familyId: string; readonly grownChild: string | null },
  former: Former,
  decisions: DecisionIndex,
): MonthBefore | null {
  if (!former.ok) return null;
  const found = former.value.month.units.find(({ grownChild }) => grownChild === unit.grownChild);
  if (found === undefined) return null;
  const [decided] = decisions.of(unit, found.facts.month);
  const assessment =
    decided?.receipt.assessment ?? assessAgain(found.facts, undefined, former.value.parameters)?.assessment;
  if (assessment === undefined) return null;
  return {
    allowance: assessment.allowanceCents,
    contribution: assessment.contributionCents,
    zone: assessment.zone,
    isByHand: decided?.receipt.facts.judgement !== undefined,
  };
}

/** Before the regulation nobody is new; where the month before cannot be read, nobody can say. */
const isNew = (former: Former, grownChild: string | null): boolean =>
  former.ok
    ? !former.value.month.units.some((unit) => unit.grownChild === grownChild)
    : former.error.type === 'no-members' || former.error.type === 'no-reception';

/** Fields that decide an amount: two values of a telephone number are somebody else's work. */
const moneyFields =
  /^(placement|member|reception|birthDate|income|arrival|departure|unaccompanied|careStay|inCareInstitution|protection|nationality)(\.|$)/;

async function isUnsettled(family: Family, { reader, scope }: Context): Promise<boolean> {
  const record = reader.records().get(refKey({ kind: 'family', id: family.id }));
  const read: RecordValues[] = record === undefined ? [] : [valuesIn(record)];
  const residents: {
    id: string;
    values: RecordValues['values'];
    careStays: ReturnType<typeof toResident>['careStays'];
  }[] = [];
  for (const { resident: id } of membersIn(family, scope.month)) {
    const opened = await reader.resident(id);
    if (!opened.ok) continue;
    const values = valuesIn(opened.value);
    read.push(values);
    residents.push({ id, values: values.values, careStays: toResident(id, values.values).careStays });
  }
  if (read.some(({ unsettled }) => unsettled.some((field) => moneyFields.test(field)))) return true;
  const day = firstDayOf(scope.month);
  // A gap between two periods is a fact; what contradicts itself in this month, or has no month, is not.
  return factProblems({ family, families: [family], residents }).some(
    (problem) =>
      problem.type === 'income-without-month' ||
      (problem.type === 'overlap' && problem.from <= day && (problem.to === null || problem.to >= day)),
  );
}

const valuesIn = (record: ReplicaRecord): RecordValues => valuesOf(record, definitionOf(record.kind));
