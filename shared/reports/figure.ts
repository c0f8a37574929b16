import type { IsoDate } from '../kernel/dates.ts';
import type { BedStay } from '../reception/bed-stay.ts';
import type { Site } from '../reception/site.ts';
import { composition } from './composition.ts';
import { expiringDocuments } from './expiring-documents.ts';
import { flowIn, type Period } from './flow.ts';
import { isSiteIn } from './region-report.ts';
import type { ReportFacts } from './report-facts.ts';
import { occupantsOf } from './site-occupancy.ts';

export const figureLists = ['arrivals', 'departures', 'here', 'documents', 'occupants'] as const;

/**
 * The address of one figure: codes only, so that no name of a person stands in it. What is left out is not filtered by.
 */
export type Figure = {
  readonly list: (typeof figureLists)[number];
  readonly site?: string | undefined;
  /** Code of a safety region, `none` for sites without one; and the kind of shelter. */
  readonly region?: string | undefined;
  readonly shelter?: string | undefined;
  readonly group?: string | undefined;
  readonly band?: string | undefined;
  readonly document?: string | undefined;
  readonly horizon?: string | undefined;
  /** Of occupants: `short` or `long`, how long they are in their bed. */
  readonly state?: string | undefined;
};

export type FigureSource = {
  readonly facts: readonly ReportFacts[];
  readonly sites: readonly Site[];
  readonly stays: readonly BedStay[];
  readonly day: IsoDate;
  readonly period: Period;
};

const fits = (wanted: string | undefined, code: string | null): boolean => wanted === undefined || wanted === code;

/** The ids of the residents behind a figure, each once. Their number is the figure itself. */
export function residentsBehind(figure: Figure, source: FigureSource): readonly string[] {
  const { sites, stays, day, period } = source;
  if (figure.list === 'occupants') {
    const wanted = sites.filter((site) => isSiteIn(site, figure));
    const length = (['short', 'long'] as const).find((known) => known === figure.state);
    return occupantsOf(wanted, stays, day, length);
  }
  const { site: wantedSite, region, shelter } = figure;
  const isByRegion = region !== undefined || shelter !== undefined;
  const wanted = new Set(sites.filter((site) => isSiteIn(site, figure)).map(({ id }) => id));
  const facts = source.facts.filter(({ site }) =>
    isByRegion ? site !== null && wanted.has(site) : fits(wantedSite, site),
  );
  const ids =
    figure.list === 'here'
      ? composition(facts, day)
          .filter(({ band }) => fits(figure.band, band))
          .flatMap(({ groups }) =>
            Object.entries(groups).flatMap(([group, own]) => (fits(figure.group, group) ? own : [])),
          )
      : figure.list === 'documents'
        ? expiringDocuments(facts, day)
            .filter(({ type }) => fits(figure.document, type))
            .flatMap(({ by }) =>
              Object.entries(by).flatMap(([horizon, own]) => (fits(figure.horizon, horizon) ? own : [])),
            )
        : flowIn(facts, period)
            .filter(({ group }) => fits(figure.group, group))
            .flatMap((flow) => flow[figure.list === 'arrivals' ? 'arrivals' : 'departures']);
  return [...new Set(ids)];
}
