import { assessCase, explained } from '../../shared/contribution/assess-case.ts';
import { toContributionDecision, type ContributionDecision } from '../../shared/contribution/decision.ts';
import { settingOn, type DatedPolicy } from '../../shared/contribution/dated-policy.ts';
import { familyMonth, type FamilyMonth } from '../../shared/contribution/family-month.ts';
import type { MonthAssessment } from '../../shared/contribution/month-assessment.ts';
import type { MonthFacts } from '../../shared/contribution/month-facts.ts';
import {
  cateringsOf,
  lastCheckOf,
  toDatedPolicy,
  toMunicipalSettings,
  type MunicipalSettings,
} from '../../shared/contribution/municipal-policy.ts';
import { checkedUntil, parametersFor, type ContributionParameters } from '../../shared/contribution/parameters.ts';
import { toDatedFamily } from '../../shared/contribution/register-facts.ts';
import type { AssessError, NotFoundError } from '../../shared/errors.ts';
import { monthEffectOf } from '../../shared/follow-up/month-effect.ts';
import type { FollowUp } from '../../shared/follow-up/follow-up.ts';
import { addMonths, firstDayOf, lastDayOf, type IsoDate, type IsoMonth } from '../../shared/kernel/dates.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { UnreadableError } from '../../shared/ports.ts';
import { siteOn } from '../../shared/reception/site-belonging.ts';
import { toSite } from '../../shared/reception/site.ts';
import { refKey, type RecordKind } from '../../shared/records/record.ts';
import type { FieldValues } from '../../shared/records/record.ts';
import { membersOn, toFamily, type Family, type Membership } from '../../shared/register/family.ts';
import { toResident, type Resident } from '../../shared/register/resident.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { recordsOf } from '../../shared/sync/record-image.ts';
import { isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { followUpsIn } from './follow-ups-in.ts';

/** Open records of this device: the small kinds are in memory, a resident is opened when it is asked for. */
export type RegisterReader = {
  readonly records: () => ReadonlyMap<string, ReplicaRecord>;
  readonly resident: (id: string) => Promise<Result<ReplicaRecord, UnreadableError | NotFoundError>>;
  /** The follow-ups among the records, where they were gathered before. */
  readonly followUps?: () => readonly FollowUp[];
};
export type ReadError = AssessError | UnreadableError | NotFoundError;

/** What a family of the law gets and pays in a month, what it was worked out from, or what is missing to know it. */
export type AssessedFamily = {
  readonly familyId: string;
  /** The child of age that is a family of one; null for the family itself. */
  readonly grownChild: string | null;
  readonly members: readonly { readonly id: string; readonly name: string; readonly nameCyrillic: string }[];
  readonly facts: MonthFacts;
  readonly leftOut: FamilyMonth['leftOut'];
  readonly result: Result<MonthAssessment, AssessError>;
  /** Everything that the explanation and a what-if need to work it out again. */
  readonly parameters: ContributionParameters;
  /** The month in which the municipality bills it. */
  readonly billMonth: IsoMonth;
};

export type FamilyReading = {
  readonly family: Family;
  readonly residents: readonly Resident[];
  readonly month: FamilyMonth;
  readonly policy: DatedPolicy;
  readonly parameters: ContributionParameters;
};

/** Gathers everything one family and month need. Somebody who cannot be opened stops it: a smaller family gets less. */
export async function readFamilyMonth(
  reader: RegisterReader,
  familyId: string,
  month: IsoMonth,
  settings: readonly MunicipalSettings[] = settingsIn(reader),
): Promise<Result<FamilyReading, ReadError>> {
  const parameters = parametersFor(month);
  if (!parameters.ok) return parameters;
  const records = reader.records();
  const record = records.get(refKey({ kind: 'family', id: familyId }));
  if (record === undefined || isHidden(record)) return err({ type: 'not-found' });
  const family = toFamily(familyId, valuesIn(record));
  const [day, lastDay] = [firstDayOf(month), lastDayOf(month)];

  const residents: Resident[] = [];
  // Whoever comes during the month counts where nobody of the family was here before.
  for (const id of new Set([...membersOn(family, day), ...membersBetween(family, day, lastDay)].map(idOf))) {
    const opened = await reader.resident(id);
    if (!opened.ok) return opened;
    if (!isHidden(opened.value)) residents.push(toResident(id, valuesIn(opened.value)));
  }
  const siteRecord = family.site === null ? undefined : records.get(refKey({ kind: 'site', id: family.site }));
  const site = siteRecord === undefined ? null : siteOn(toSite(siteRecord.id, valuesIn(siteRecord)), day);
  const code = site?.municipality?.code ?? null;
  const policy = toDatedPolicy(settings, code, day);
  const caterings = site === null ? [] : cateringsOf(settings, site.id);
  const dated = toDatedFamily({ month, family, residents, site, caterings, policy });
  if (!dated.ok) return dated;
  const found = familyMonth(dated.value);
  if (!found.ok) return found;
  const checked = checkedUntil(parameters.value, lastCheckOf(settings, code));
  const followUps = reader.followUps?.() ?? followUpsIn(records);
  const units = found.value.units.map(({ grownChild, facts }) => ({
    grownChild,
    facts: { ...facts, ...monthEffectOf(followUps, { familyId, grownChild }, month, policy) },
  }));
  return ok({ family, residents, month: { ...found.value, units }, policy, parameters: checked });
}

const idOf = ({ resident }: Membership): string => resident;
const membersBetween = ({ memberships }: Family, day: IsoDate, lastDay: IsoDate): readonly Membership[] =>
  memberships.filter(({ from }) => from > day && from <= lastDay);

/** Allowance and contribution of a registered family for a month, one entry per family of the law in it. */
export async function assessFamily(
  reader: RegisterReader,
  familyId: string,
  month: IsoMonth,
  settings: readonly MunicipalSettings[] = settingsIn(reader),
): Promise<Result<readonly AssessedFamily[], ReadError>> {
  const read = await readFamilyMonth(reader, familyId, month, settings);
  if (!read.ok) return read;
  const { residents, parameters } = read.value;
  const names = new Map(residents.map((resident) => [resident.id, namesOf(resident)]));
  return ok(
    read.value.month.units.map(({ grownChild, facts }) => ({
      familyId,
      grownChild,
      members: facts.members.map(({ id }) => ({ id, ...(names.get(id) ?? { name: '', nameCyrillic: '' }) })),
      facts,
      leftOut: grownChild === null ? read.value.month.leftOut : [],
      result: wholeAssessment(facts, parameters),
      parameters,
      billMonth: addMonths(month, settingOn(read.value.policy, 'bill.offset_months', firstDayOf(month)) ?? 0),
    })),
  );
}

function wholeAssessment(facts: MonthFacts, parameters: ContributionParameters): AssessedFamily['result'] {
  const assessed = assessCase(facts, parameters);
  return assessed.ok ? ok(explained(assessed.value)) : assessed;
}

/** What every municipality of this device settled. */
export const settingsIn = (reader: RegisterReader): readonly MunicipalSettings[] =>
  ofKind(reader.records(), 'municipalPolicy').map((policy) => toMunicipalSettings(policy.id, valuesIn(policy)));

/** Every decision this device knows. */
export const decisionsIn = (reader: RegisterReader): readonly ContributionDecision[] =>
  ofKind(reader.records(), 'contributionDecision').map((record) => toContributionDecision(record.id, valuesIn(record)));

const ofKind = (records: ReadonlyMap<string, ReplicaRecord>, kind: RecordKind): readonly ReplicaRecord[] =>
  recordsOf(records, kind).filter((record) => !isHidden(record));

const valuesIn = (record: ReplicaRecord): FieldValues => valuesOf(record, definitionOf(record.kind)).values;

const namesOf = ({ name }: Resident) => ({
  name: joined(name.given, name.family),
  nameCyrillic: joined(name.givenCyrillic, name.familyCyrillic),
});
const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');
