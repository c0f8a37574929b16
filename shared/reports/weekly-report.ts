import * as z from 'zod';
import { addDays, type IsoDate } from '../kernel/dates.ts';
import { countPlaces, type BedStay } from '../reception/bed-stay.ts';
import { occupancyPercent } from '../reception/occupancy.ts';
import { shelterKinds } from '../reception/site-belonging.ts';
import type { Site } from '../reception/site.ts';
import { defineKind, readField } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, isoDateSchema, placementSchema } from '../register/schemas.ts';
import { flowIn, netPerWeek, type Period } from './flow.ts';
import { isHereOn, type ReportFacts } from './report-facts.ts';
import { occupantsOf } from './site-occupancy.ts';

const count = z.int().min(0);
const counts = z.record(z.string(), count);

const reportSchema = z.strictObject({
  version: z.int().min(1),
  /** Id of the report that this one corrects. */
  replaces: z.string().nullable(),
  referenceDate: isoDateSchema,
  from: isoDateSchema,
  to: isoDateSchema,
  site: z.string(),
  municipality: z.string().nullable(),
  /** Not in reports from before there were regions. */
  safetyRegion: z.string().nullable().default(null),
  shelter: z.enum(shelterKinds).default('municipal'),
  /** People in private shelter (POO), apart from the places. */
  privatePeople: count.default(0),
  places: z.strictObject({ realised: count, available: count, outOfService: count, occupied: count }),
  /** One decimal with a point; '' without places. */
  percent: z.string(),
  /** People in a bed for less than three nights, and the others (register.md §9: 72 hours). */
  shortStay: count,
  longStay: count,
  arrivals: counts,
  departures: counts,
  departuresByReason: counts,
  net: z.int(),
  /** By nationality group: net inflow per week over the three weeks that end with the period. */
  netThreeWeeks: z.record(z.string(), z.int()),
});

/** Counts only, never a person: what a site reports over a week. */
export type WeeklyReport = z.infer<typeof reportSchema>;

/** Written once and never edited; a correction is another record that `replaces` it. */
export const siteReportKind = defineKind(
  'siteReport',
  {
    placement: field('review', 'core', placementSchema),
    report: { schema: reportSchema, class: 'append', compartment: 'core', sharing: 'central' },
  },
  true,
);

export type FiledReport = WeeklyReport & { readonly id: string };

/** Typed view; undefined when this version cannot read it. */
export function findWeeklyReport(id: string, values: FieldValues): FiledReport | undefined {
  const report = readField(values, 'report', siteReportKind.fields.report);
  return report === undefined ? undefined : { id, ...report };
}

/** The report of one site over the seven days that end on `day`. `before` is the report that it corrects, if any. */
export function makeWeeklyReport(
  site: Site,
  facts: readonly ReportFacts[],
  stays: readonly BedStay[],
  day: IsoDate,
  before: FiledReport | null,
): WeeklyReport {
  const own = facts.filter((person) => person.site === site.id);
  const week: Period = { from: addDays(day, -6), to: day };
  const threeWeeks: Period = { from: addDays(day, -20), to: day };
  const flow = flowIn(own, week);
  const places = countPlaces(site, stays, day);
  const left = own.filter(({ departedOn }) => departedOn !== null && week.from <= departedOn && departedOn <= week.to);
  const reasons = [...new Set(left.map(({ departureReason }) => departureReason ?? 'unknown'))].sort();
  return {
    version: (before?.version ?? 0) + 1,
    replaces: before?.id ?? null,
    referenceDate: day,
    ...week,
    site: site.id,
    municipality: site.municipality?.code ?? null,
    safetyRegion: site.safetyRegion,
    shelter: site.shelter,
    privatePeople: site.shelter === 'private' ? own.filter((person) => isHereOn(person, day)).length : 0,
    places: {
      realised: places.realised,
      available: places.available,
      outOfService: places.outOfService,
      occupied: places.occupied,
    },
    percent: site.shelter === 'private' ? '' : occupancyPercent(places.occupied, places.realised),
    shortStay: occupantsOf([site], stays, day, 'short').length,
    longStay: occupantsOf([site], stays, day, 'long').length,
    arrivals: Object.fromEntries(flow.map(({ group, arrivals }) => [group, arrivals.length])),
    departures: Object.fromEntries(flow.map(({ group, departures }) => [group, departures.length])),
    departuresByReason: Object.fromEntries(
      reasons.map((reason) => [
        reason,
        left.filter((person) => (person.departureReason ?? 'unknown') === reason).length,
      ]),
    ),
    net: flow.reduce((sum, { arrivals, departures }) => sum + arrivals.length - departures.length, 0),
    netThreeWeeks: Object.fromEntries(
      flowIn(own, threeWeeks).map(({ group, arrivals, departures }) => [
        group,
        netPerWeek(arrivals.length - departures.length, threeWeeks),
      ]),
    ),
  };
}

/** Reports that stand: what was corrected is left out. Newest reference date first. */
export function standingReports(reports: readonly FiledReport[]): readonly FiledReport[] {
  const replaced = new Set(reports.flatMap(({ replaces }) => replaces ?? []));
  return reports
    .filter(({ id }) => !replaced.has(id))
    .toSorted((a, b) =>
      a.referenceDate < b.referenceDate ? 1 : a.referenceDate > b.referenceDate ? -1 : a.id < b.id ? -1 : 1,
    );
}
