import type { IsoDate } from '../../shared/kernel/dates.ts';
import { findBedStay } from '../../shared/reception/bed-stay.ts';
import { findAbsence } from '../../shared/reception/presence.ts';
import { toSite, type Site } from '../../shared/reception/site.ts';
import { refKey, type RecordRef } from '../../shared/records/record.ts';
import { toFamily } from '../../shared/register/family.ts';
import { summaryOf, type ResidentSummary, type SummaryContext } from '../../shared/register/resident-summary.ts';
import { toResident } from '../../shared/register/resident.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import { isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { openRow } from './record-rows.ts';
import type { Vault } from './vault.ts';

/** The line of a resident in the list; `summary` is null for one that is hidden. */
export type SummaryChange = { readonly id: string; readonly summary: ResidentSummary | null };

export const valuesOfRecord = (record: ReplicaRecord) =>
  valuesOf(record, definitionOf(record.kind), ruleOfRecord(record)).values;

/** Null for a resident that is hidden. */
export function summaryOfRecord(record: ReplicaRecord, context: SummaryContext, day: IsoDate): ResidentSummary | null {
  if (isHidden(record)) return null;
  const { values, unsettled } = valuesOf(record, definitionOf(record.kind), ruleOfRecord(record));
  const isMergeDisputed = unsettled.includes('mergedInto');
  const row = { rev: record.rev, unsettled: unsettled.length > 0, isMergeDisputed };
  return summaryOf(toResident(record.id, values), row, context, day);
}

/**
 * New list lines of everybody whom a change of these records concerns: the residents themselves, and those whose stay,
 * absence, family, room or bed is in one of the others. Only lines that really differ are given.
 */
export async function changedSummaries(
  vault: Vault,
  changed: readonly ReplicaRecord[],
  day: IsoDate,
): Promise<readonly SummaryChange[]> {
  const fresh = new Map(changed.map((record) => [refKey(record), record]));
  const concerned = new Set(changed.flatMap((record) => residentsOf(vault, record)));
  if (concerned.size === 0) return [];
  const contextOf = contextsOf(vault, concerned, day, fresh);
  const changes: SummaryChange[] = [];
  for (const id of concerned) {
    const ref: RecordRef = { kind: 'resident', id };
    const record = fresh.get(refKey(ref)) ?? (await findResident(vault, ref));
    if (record === undefined) continue;
    const before = vault.memory.residents.get(id) ?? null;
    const summary = summaryOfRecord(record, keepingRoom(contextOf(id), before, fresh), day);
    if (!isSameSummary(before, summary)) changes.push({ id, summary });
  }
  return changes;
}

/**
 * Somebody who stays in his bed stays in its room, as long as nothing is said about the site: reading all rooms and beds
 * of a site for it takes longer than the save.
 */
function keepingRoom(
  context: SummaryContext,
  before: ResidentSummary | null,
  fresh: ReadonlyMap<string, ReplicaRecord>,
): SummaryContext {
  if (before === null || before.room === null) return context;
  return {
    ...context,
    roomOf: (site, bed) =>
      before.site === site && before.bed === bed && !fresh.has(refKey({ kind: 'site', id: site }))
        ? before.room
        : context.roomOf(site, bed),
  };
}

/** What the small records say about these residents; `fresh` ones take the place of those in memory. */
export function contextsOf(
  vault: Vault,
  residents: Iterable<string>,
  day: IsoDate,
  fresh: ReadonlyMap<string, ReplicaRecord> = new Map(),
): (resident: string) => SummaryContext {
  const { records } = vault.memory;
  const related = new Map<string, ReplicaRecord>();
  for (const resident of residents) for (const record of records.about(resident)) related.set(refKey(record), record);
  for (const [key, record] of fresh) related.set(key, record);
  const siteOf = (id: string) => {
    const key = refKey({ kind: 'site', id });
    return fresh.get(key) ?? records.get(key);
  };
  return makeContexts(related.values(), day, siteOf);
}

async function findResident(vault: Vault, ref: RecordRef): Promise<ReplicaRecord | undefined> {
  const row = await vault.store.read(ref);
  const opened = row && (await openRow(vault.cipher, row));
  return opened?.ok === true ? opened.value.record : undefined;
}

export const isSameSummary = (a: ResidentSummary | null, b: ResidentSummary | null): boolean =>
  a === null || b === null
    ? a === b
    : a.mergedInto === b.mergedInto &&
      a.lacksGuardian === b.lacksGuardian &&
      (Object.keys(b) as (keyof ResidentSummary)[]).every((column) => a[column] === b[column]);

function residentsOf(vault: Vault, record: ReplicaRecord): readonly string[] {
  const before = vault.memory.records.get(refKey(record));
  const versions = before === undefined ? [record] : [before, record];
  switch (record.kind) {
    case 'resident':
      return [record.id];
    case 'bedStay':
      return versions.flatMap((version) => findBedStay(version.id, valuesOfRecord(version))?.resident ?? []);
    case 'absence':
      return versions.flatMap((version) => findAbsence(version.id, valuesOfRecord(version))?.resident ?? []);
    case 'family':
      return versions.flatMap((version) =>
        toFamily(version.id, valuesOfRecord(version)).memberships.map(({ resident }) => resident),
      );
    case 'site':
      return [...vault.memory.residents.values()].filter(({ site }) => site === record.id).map(({ id }) => id);
    case 'rollCall':
    case 'contributionDecision':
    case 'municipalPolicy':
    case 'returnIntake':
    case 'finalisedIntake':
    case 'nationalSnapshot':
    case 'siteReport':
    case 'letterText':
    case 'followUp':
      return [];
  }
}

/** Sorts records by resident. Sites are asked for by id, among the records where nothing else is given. */
export function makeContexts(
  records: Iterable<ReplicaRecord>,
  day: IsoDate,
  siteOf?: (id: string) => ReplicaRecord | undefined,
): (resident: string) => SummaryContext {
  const stays = new Map<string, SummaryContext['stays'][number][]>();
  const absences = new Map<string, SummaryContext['absences'][number][]>();
  const families = new Map<string, SummaryContext['families'][number][]>();
  const sites = new Map<string, ReplicaRecord>();
  const add = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const present = map.get(key);
    if (present === undefined) map.set(key, [value]);
    else present.push(value);
  };
  for (const record of records) {
    if (record.kind === 'site') sites.set(record.id, record);
    if (!contextKinds.has(record.kind)) continue;
    const values = valuesOfRecord(record);
    if (record.kind === 'family') {
      const family = toFamily(record.id, values);
      for (const resident of new Set(family.memberships.map((member) => member.resident)))
        add(families, resident, family);
    }
    const stay = record.kind === 'bedStay' ? findBedStay(record.id, values) : undefined;
    if (stay !== undefined && (stay.until === null || day < stay.until)) add(stays, stay.resident, stay);
    const absence = record.kind === 'absence' ? findAbsence(record.id, values) : undefined;
    if (absence !== undefined) add(absences, absence.resident, absence);
  }
  const roomOf = (site: string, bed: string) => {
    const record = siteOf === undefined ? sites.get(site) : siteOf(site);
    return record === undefined ? null : (siteOfRecord(record).beds.get(bed)?.room ?? null);
  };
  return (resident) => ({
    stays: stays.get(resident) ?? [],
    absences: absences.get(resident) ?? [],
    families: families.get(resident) ?? [],
    roomOf,
  });
}

const contextKinds: ReadonlySet<string> = new Set(['family', 'bedStay', 'absence']);

const parsedSites = new WeakMap<ReplicaRecord, Site>();

/** Rooms and beds of a site, worked out once per version of its record. */
function siteOfRecord(record: ReplicaRecord): Site {
  const present = parsedSites.get(record) ?? toSite(record.id, valuesOfRecord(record));
  parsedSites.set(record, present);
  return present;
}
