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
import { recordsOfKind, useWorkspace } from './workspace-store.ts';

/** Typed views of the small kinds, kept per record so that a change re-reads one record and not all. */
function makeView<T>(kind: RecordKind, read: (id: string, values: FieldValues) => T | undefined) {
  const memo = new WeakMap<ReplicaRecord, T | null>();
  return (record: ReplicaRecord): T | undefined => {
    const known = memo.get(record);
    if (known !== undefined) return known ?? undefined;
    const view = isHidden(record) ? undefined : read(record.id, valuesOf(record, definitionOf(kind)).values);
    memo.set(record, view ?? null);
    return view;
  };
}

const siteView = makeView('site', toSite);
const familyView = makeView('family', toFamily);
const stayView = makeView('bedStay', findBedStay);
const rollCallView = makeView('rollCall', findRollCall);
const absenceView = makeView('absence', findAbsence);
const decisionView = makeView('contributionDecision', toContributionDecision);
const siteReportView = makeView('siteReport', findWeeklyReport);
const letterTextView = makeView('letterText', findLetterTexts);
const followUpView = makeView('followUp', findFollowUp);
const policyView = makeView('municipalPolicy', toMunicipalSettings);

function useViews<T>(kind: RecordKind, view: (record: ReplicaRecord) => T | undefined): readonly T[] {
  const records = useWorkspace((state) => state.records);
  const ofKind = recordsOfKind(records, kind);
  return useMemo(() => ofKind.flatMap((record) => view(record) ?? []), [ofKind, view]);
}

/** Sites by name. */
export function useSites(): readonly Site[] {
  const sites = useViews('site', siteView);
  return useMemo(() => [...sites].sort((a, b) => a.name.localeCompare(b.name, 'nl')), [sites]);
}
export const useFamilies = (): readonly Family[] => useViews('family', familyView);
export const useStays = (): readonly BedStay[] => useViews('bedStay', stayView);
export const useAbsences = (): readonly Absence[] => useViews('absence', absenceView);
export const useRollCalls = (): readonly RollCall[] => useViews('rollCall', rollCallView);
export const useDecisions = (): readonly ContributionDecision[] => useViews('contributionDecision', decisionView);
export const useSiteReports = (): readonly FiledReport[] => useViews('siteReport', siteReportView);
export const useLetterTexts = (): readonly LetterTexts[] => useViews('letterText', letterTextView);
export const useFollowUps = (): readonly FollowUp[] => useViews('followUp', followUpView);
export const usePolicies = (): readonly MunicipalSettings[] => useViews('municipalPolicy', policyView);
