import { useMemo } from 'react';
import type { RecordKind } from '../../shared/records/record.ts';
import type { FieldValues } from '../../shared/records/record.ts';
import { toContributionDecision, type ContributionDecision } from '../../shared/contribution/decision.ts';
import { toMunicipalSettings, type MunicipalSettings } from '../../shared/contribution/municipal-policy.ts';
import { findFollowUp, type FollowUp } from '../../shared/follow-up/follow-up.ts';
import { findLetterTexts, type LetterTexts } from '../../shared/letters/letter-text.ts';
import { findBedStay, type BedStay } from '../../shared/reception/bed-stay.ts';
import { findAbsence, type Absence } from '../../shared/reception/presence.ts';
import { findRollCall, type RollCall } from '../../shared/reception/roll-call.ts';
import { toSite, type Site } from '../../shared/reception/site.ts';
import { findWeeklyReport, type FiledReport } from '../../shared/reports/weekly-report.ts';
import { toFamily, type Family } from '../../shared/register/family.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { makeKindList, useWorkspace } from './workspace-store.ts';

/** Typed views of the small kinds, kept per record so that a change re-reads one record and not all. */
function makeView<T>(kind: RecordKind, read: (id: string, values: FieldValues) => T | undefined) {
  const memo = new WeakMap<ReplicaRecord, T | null>();
  return makeKindList(kind, (record): T | undefined => {
    const known = memo.get(record);
    if (known !== undefined) return known ?? undefined;
    const view = isHidden(record) ? undefined : read(record.id, valuesOf(record, definitionOf(kind)).values);
    memo.set(record, view ?? null);
    return view;
  });
}

const sitesIn = makeView('site', toSite);
const familiesIn = makeView('family', toFamily);
const staysIn = makeView('bedStay', findBedStay);
const rollCallsIn = makeView('rollCall', findRollCall);
const absencesIn = makeView('absence', findAbsence);
const decisionsIn = makeView('contributionDecision', toContributionDecision);
const siteReportsIn = makeView('siteReport', findWeeklyReport);
const letterTextsIn = makeView('letterText', findLetterTexts);
const followUpsIn = makeView('followUp', findFollowUp);
const policiesIn = makeView('municipalPolicy', toMunicipalSettings);

const useViews = <T>(viewsIn: (records: ReadonlyMap<string, ReplicaRecord>) => readonly T[]): readonly T[] =>
  viewsIn(useWorkspace((state) => state.records));

/** Sites by name. */
export function useSites(): readonly Site[] {
  const sites = useViews(sitesIn);
  return useMemo(() => [...sites].sort((a, b) => a.name.localeCompare(b.name, 'nl')), [sites]);
}
export const useFamilies = (): readonly Family[] => useViews(familiesIn);
export const useStays = (): readonly BedStay[] => useViews(staysIn);
export const useAbsences = (): readonly Absence[] => useViews(absencesIn);
export const useRollCalls = (): readonly RollCall[] => useViews(rollCallsIn);
export const useDecisions = (): readonly ContributionDecision[] => useViews(decisionsIn);
export const useSiteReports = (): readonly FiledReport[] => useViews(siteReportsIn);
export const useLetterTexts = (): readonly LetterTexts[] => useViews(letterTextsIn);
export const useFollowUps = (): readonly FollowUp[] => useViews(followUpsIn);
export const usePolicies = (): readonly MunicipalSettings[] => useViews(policiesIn);
