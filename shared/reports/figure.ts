import { addDays, type IsoDate } from '../kernel/dates.ts';
import type { BedStay } from '../reception/bed-stay.ts';
import type { Site } from '../reception/site.ts';
import { registrationGroupOf, registrationMoves, registrationOn } from '../register/registration.ts';
import { composition } from './composition.ts';
import { expiringDocuments } from './expiring-documents.ts';
import { isInPeriod, type Period } from './flow.ts';
import { isSiteIn } from './region-report.ts';
import type { ReportFacts } from './report-facts.ts';
import { occupantsOf } from './site-occupancy.ts';

/** `net` and `registrationNet` are made of two lists: who came counts once, who left counts minus once. */
export const figureLists = [
  ...(['arrivals', 'departures', 'net', 'here', 'documents', 'occupants'] as const),
  ...(['registered', 'deregistered', 'registrations', 'deregistrations', 'registrationNet'] as const),
] as const;
type FigureList = (typeof figureLists)[number];

/**
 * The address of one figure: codes only, so that no name of a person stands in it. What is left out is not filtered by.
 */
export type Figure = {
  readonly list: FigureList;
  readonly site?: string | undefined;
  /** Code of a safety region, `none` for sites without one; and the kind of shelter. */
  readonly region?: string | undefined;
  readonly shelter?: string | undefined;
  /** A nationality group; of registrations `Ua` or `Other`. */
  readonly group?: string | undefined;
  readonly band?: string | undefined;
  readonly document?: string | undefined;
  readonly horizon?: string | undefined;
  /** Of occupants: `short` or `long`, how long they are in their bed. */
  readonly state?: string | undefined;
  /** Of departures: why somebody left. */
  readonly reason?: string | undefined;
  /** Length of the period that ends on the day, where it is not that of the page. */
  readonly days?: string | undefined;
};

export type FigureSource = {
  readonly facts: readonly ReportFacts[];
  readonly sites: readonly Site[];
  readonly stays: readonly BedStay[];
  readonly day: IsoDate;
  readonly period: Period;
};

/** `sign` and `on` are those of somebody who came or left; null for somebody who is just there. */
export type FigureLine = { readonly resident: string; readonly sign: 1 | -1 | null; readonly on: IsoDate | null };

const fits = (wanted: string | undefined, code: string | null): boolean => wanted === undefined || wanted === code;
const movements: ReadonlySet<FigureList> = new Set(['arrivals', 'departures', 'net']);
const registrationMovements: ReadonlySet<FigureList> = new Set(['registrations', 'deregistrations', 'registrationNet']);

/** Everything that a figure counts: of a net figure the signs add up to it, of every other one the number of lines is it. */
export function linesBehind(figure: Figure, source: FigureSource): readonly FigureLine[] {
  const { list } = figure;
  const period = periodOf(figure, source);
  if (movements.has(list)) {
    return inTime(
      factsOf(figure, source)
        .filter(({ group }) => fits(figure.group, group))
        .flatMap((person) => [
          ...(list !== 'departures' && isInPeriod(person.arrivedOn, period)
            ? [lineOf(person, 1, person.arrivedOn)]
            : []),
          ...(list !== 'arrivals' &&
          isInPeriod(person.departedOn, period) &&
          fits(figure.reason, person.departureReason ?? 'unknown')
            ? [lineOf(person, -1, person.departedOn)]
            : []),
        ]),
    );
  }
  if (registrationMovements.has(list)) {
    return inTime(
      registered(figure, source).flatMap((person) =>
        registrationMoves(person, period.from, period.to)
          .filter(({ sign }) => list === 'registrationNet' || sign === (list === 'registrations' ? 1 : -1))
          .map(({ day, sign }) => lineOf(person, sign, day)),
      ),
    );
  }
  return residentsBehind(figure, source).map((resident) => ({ resident, sign: null, on: null }));
}

/** The ids of the residents behind a figure that counts people, each once. Their number is the figure itself. */
export function residentsBehind(figure: Figure, source: FigureSource): readonly string[] {
  const { sites, stays, day } = source;
  switch (figure.list) {
    case 'occupants': {
      const wanted = sites.filter((site) => isSiteIn(site, figure));
      const length = (['short', 'long'] as const).find((known) => known === figure.state);
      return occupantsOf(wanted, stays, day, length);
    }
    case 'here':
      return composition(factsOf(figure, source), day)
        .filter(({ band }) => fits(figure.band, band))
        .flatMap(({ groups }) =>
          Object.entries(groups).flatMap(([group, own]) => (fits(figure.group, group) ? own : [])),
        );
    case 'documents':
      return once(
        expiringDocuments(factsOf(figure, source), day)
          .filter(({ type }) => fits(figure.document, type))
          .flatMap(({ by }) =>
            Object.entries(by).flatMap(([horizon, own]) => (fits(figure.horizon, horizon) ? own : [])),
          ),
      );
    case 'registered':
    case 'deregistered':
      return registered(figure, source)
        .filter((person) => registrationOn(person, day) === figure.list)
        .map(({ id }) => id);
    default:
      return once(linesBehind(figure, source).map(({ resident }) => resident));
  }
}

function factsOf(figure: Figure, { facts, sites }: FigureSource): readonly ReportFacts[] {
  const { site: wantedSite, region, shelter } = figure;
  if (region === undefined && shelter === undefined) return facts.filter(({ site }) => fits(wantedSite, site));
  const wanted = new Set(sites.filter((site) => isSiteIn(site, figure)).map(({ id }) => id));
  return facts.filter(({ site }) => site !== null && wanted.has(site));
}

const registered = (figure: Figure, { facts }: FigureSource): readonly ReportFacts[] =>
  facts.filter((person) => fits(figure.group, registrationGroupOf(person)));

function periodOf({ days }: Figure, { day, period }: FigureSource): Period {
  const length = Number(days);
  return days === undefined || !Number.isInteger(length) || length < 1
    ? period
    : { from: addDays(day, 1 - length), to: day };
}

const lineOf = ({ id }: ReportFacts, sign: 1 | -1, on: IsoDate | null): FigureLine => ({ resident: id, sign, on });
const inTime = (lines: readonly FigureLine[]): readonly FigureLine[] =>
  lines.toSorted((a, b) => (a.on ?? '').localeCompare(b.on ?? '') || (b.sign ?? 0) - (a.sign ?? 0));
const once = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
