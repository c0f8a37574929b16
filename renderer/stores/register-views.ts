import { useMemo } from 'react';
import type { RecordKind } from '../../shared/records/record.ts';
import type { FieldValues } from '../../shared/records/record.ts';
import { toContributionDecision, type ContributionDecision } from '../../shared/contribution/decision.ts';
import { balances, type MoneyEntry, type UnitBalance } from '../../shared/contribution/money-entries.ts';
import { toMunicipalSettings, type MunicipalSettings } from '../../shared/contribution/municipal-policy.ts';
import { findFollowUp, type FollowUp } from '../../shared/follow-up/follow-up.ts';
import { findPersonTask, type PersonTask } from '../../shared/follow-up/person-task.ts';
import { findPayment, moneyEntries, type Payment } from '../../shared/follow-up/payment.ts';
import type { IsoDate } from '../../shared/kernel/dates.ts';
import { findLetterTexts, type LetterTexts } from '../../shared/letters/letter-text.ts';
import { findBedStay, type BedStay } from '../../shared/reception/bed-stay.ts';
import { findAbsence, type Absence } from '../../shared/reception/presence.ts';
import { findRollCall, type RollCall } from '../../shared/reception/roll-call.ts';
import { siteOn } from '../../shared/reception/site-belonging.ts';
import { toSite, type Site } from '../../shared/reception/site.ts';
import { findWeeklyReport, type FiledReport } from '../../shared/reports/weekly-report.ts';
import { toFamily, type Family } from '../../shared/register/family.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { makeKindList, recordsNear, useWorkspace } from './workspace-store.ts';

/** Typed views of a small kind, kept per record so that a change re-reads one record and not all. */
function makeView<T>(kind: RecordKind, read: (id: string, values: FieldValues) => T | undefined) {
  const memo = new WeakMap<ReplicaRecord, T | null>();
  const readOnce = (record: ReplicaRecord): T | undefined =>
    isHidden(record) ? undefined : read(record.id, valuesOf(record, definitionOf(kind)).values);
  const viewOf = (record: ReplicaRecord): T | undefined => {
    const known = memo.get(record);
    if (known !== undefined) return known ?? undefined;
    const view = readOnce(record);
    memo.set(record, view ?? null);
    return view;
  };
  return { kind, viewOf, listIn: makeKindList(kind, viewOf, readOnce) };
}
type View<T> = ReturnType<typeof makeView<T>>;

const siteViews = makeView('site', toSite);
const familyViews = makeView('family', toFamily);
const stayViews = makeView('bedStay', findBedStay);
const rollCallViews = makeView('rollCall', findRollCall);
const absenceViews = makeView('absence', findAbsence);
const decisionViews = makeView('contributionDecision', toContributionDecision);
const siteReportViews = makeView('siteReport', findWeeklyReport);
const letterTextViews = makeView('letterText', findLetterTexts);
const followUpViews = makeView('followUp', findFollowUp);
const personTaskViews = makeView('followUp', findPersonTask);
const policyViews = makeView('municipalPolicy', toMunicipalSettings);

const useViews = <T>({ listIn }: View<T>): readonly T[] => listIn(useWorkspace((state) => state.records));

/** Those about one resident: a page of one person does not read the stays of a country. */
function useViewsOf<T>(view: View<T>, resident: string, isAbout: (one: T) => boolean): readonly T[] {
  const records = useWorkspace((state) => state.records);
  return useMemo(
    () => recordsNear(records, view.kind, resident).flatMap((record) => view.viewOf(record) ?? []),
    [records, view, resident],
  ).filter(isAbout);
}

/** Sites by name. */
export function useSites(): readonly Site[] {
  const sites = useViews(siteViews);
  return useMemo(() => [...sites].sort((a, b) => a.name.localeCompare(b.name, 'nl')), [sites]);
}
/** The same with municipality, region and kind of shelter as they were on `day`: what a report about a day counts by. */
export function useSitesOn(day: IsoDate): readonly Site[] {
  const sites = useSites();
  return useMemo(() => sites.map((site) => siteOn(site, day)), [sites, day]);
}
export const useFamilies = (): readonly Family[] => useViews(familyViews);
export const useStays = (): readonly BedStay[] => useViews(stayViews);
export const useAbsences = (): readonly Absence[] => useViews(absenceViews);
export const useRollCalls = (): readonly RollCall[] => useViews(rollCallViews);
export const useDecisions = (): readonly ContributionDecision[] => useViews(decisionViews);
export const useSiteReports = (): readonly FiledReport[] => useViews(siteReportViews);
export const useLetterTexts = (): readonly LetterTexts[] => useViews(letterTextViews);
export const useFollowUps = (): readonly FollowUp[] => useViews(followUpViews);
export const usePersonTasks = (): readonly PersonTask[] => useViews(personTaskViews);
export const usePolicies = (): readonly MunicipalSettings[] => useViews(policyViews);

export const useFamiliesOf = (resident: string): readonly Family[] =>
  useViewsOf(familyViews, resident, ({ memberships }) => memberships.some((one) => one.resident === resident));
export const useStaysOf = (resident: string): readonly BedStay[] =>
  useViewsOf(stayViews, resident, (stay) => stay.resident === resident);
export const useAbsencesOf = (resident: string): readonly Absence[] =>
  useViewsOf(absenceViews, resident, (absence) => absence.resident === resident);

const paymentsIn = makeView('followUp', findPayment);
export const usePayments = (): readonly Payment[] => useViews(paymentsIn);

/** What every family of the law owes and has paid by the end of `until`, with all payments this device knows. */
export function useBalances(until: IsoDate): readonly UnitBalance[] {
  const [decisions, entries] = [useDecisions(), useMoneyEntries()];
  return useMemo(() => balances(decisions, entries, until), [decisions, entries, until]);
}
/** Payments, and what was paid or waived on arrangements and arrears. */
export function useMoneyEntries(): readonly MoneyEntry[] {
  const [payments, followUps] = [usePayments(), useFollowUps()];
  return useMemo(() => moneyEntries(payments, followUps), [payments, followUps]);
}
