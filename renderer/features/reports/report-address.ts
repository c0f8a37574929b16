import { useNavigate, useSearch } from '@tanstack/react-router';
import { addDays, parseIsoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { figureLists, type Figure } from '../../../shared/reports/figure.ts';
import { placeStates, type PlaceState } from '../../../shared/reports/site-occupancy.ts';
import { useServices } from '../../services.tsx';

export const reportTabs = [
  'occupancy',
  'flow',
  'composition',
  'documents',
  'weekly',
  'regions',
  'registrations',
] as const;
export type ReportTab = (typeof reportTabs)[number];

/** Beds instead of residents. */
export type BedFigure = {
  readonly list: 'beds';
  readonly state: PlaceState;
  readonly site?: string | undefined;
  readonly municipality?: string | undefined;
  readonly region?: string | undefined;
  readonly shelter?: string | undefined;
};
export type AnyFigure = Figure | BedFigure;

/** Where one comes back to from the list behind a figure. `of` is the site of a report about one site. */
export type ReportPlace = {
  readonly tab: ReportTab;
  readonly day: IsoDate;
  readonly from: IsoDate;
  readonly of?: string | undefined;
};
type ReportAddress = ReportPlace & { readonly figure: AnyFigure | null };
export const placeOf = ({ tab, day, from, of }: ReportAddress): ReportPlace => ({ tab, day, from, of });

/** Three weeks, as the ministry reports net inflow. */
const usualDays = 21;

/** What the address says; the rest is filled in, and what is not a code of ours is left out. */
export function useReportAddress(): ReportAddress {
  const services = useServices();
  const search = useSearch({ strict: false });
  const day = parseIsoDate(search.day ?? '') ?? services.today();
  const from = parseIsoDate(search.from ?? '') ?? addDays(day, 1 - usualDays);
  const { site, municipality, region, shelter, group, band, document, horizon, reason, days } = search;
  const list = figureLists.find((known) => known === search.list);
  const state = placeStates.find((known) => known === search.state);
  const figure =
    list !== undefined
      ? { list, site, region, shelter, group, band, document, horizon, state: search.state, reason, days }
      : search.list === 'beds' && state !== undefined
        ? { list: 'beds' as const, state, site, municipality, region, shelter }
        : null;
  return { tab: reportTabs.find((known) => known === search.tab) ?? 'occupancy', day, from, of: search.of, figure };
}

/** Moves to another day, period or site of the same report; the list behind a figure is left. */
export function useReportDays(): (change: Partial<Pick<ReportPlace, 'day' | 'from' | 'of'>>) => void {
  const navigate = useNavigate();
  const address = useReportAddress();
  return (change) => void navigate({ to: '/reports', search: { ...placeOf(address), ...change }, replace: true });
}
