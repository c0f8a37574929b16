import { toCsv } from '../exchange/csv.ts';
import type { FiledReport } from './weekly-report.ts';

/** One way to hand a report over. The portal is not known (register.md §9), so formats come and go without the core. */
export type ReportFormat = {
  readonly code: 'csv' | 'json';
  readonly extension: string;
  /** Version of this layout, not of the report. */
  readonly schemaVersion: number;
  readonly write: (report: FiledReport) => string;
};

/** One line per figure: `name;part;value`. Safe against formulas. */
const csv: ReportFormat = {
  code: 'csv',
  extension: 'csv',
  schemaVersion: 1,
  write: ({ id, places, arrivals, departures, departuresByReason, netThreeWeeks, ...single }) => {
    const parts = { places, arrivals, departures, departuresByReason, netThreeWeeks };
    return toCsv([
      ['figure', 'part', 'value'],
      ['schemaVersion', null, csv.schemaVersion],
      ['reportId', null, id],
      ...Object.entries(single).map(([name, value]) => [name, null, value]),
      ...Object.entries(parts).flatMap(([name, counts]) =>
        Object.entries(counts).map(([part, value]): (string | number | null)[] => [name, part, value]),
      ),
    ]);
  },
};

const json: ReportFormat = {
  code: 'json',
  extension: 'json',
  schemaVersion: 1,
  write: ({ id, ...report }) =>
    `${JSON.stringify({ schemaVersion: json.schemaVersion, reportId: id, ...report }, null, 2)}\n`,
};

export const reportFormats: readonly ReportFormat[] = [csv, json];
