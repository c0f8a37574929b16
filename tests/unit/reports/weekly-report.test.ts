import { describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/kernel/dates.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { reportFormats } from '../../../shared/reports/report-formats.ts';
import {
  findWeeklyReport,
  makeWeeklyReport,
  siteReportKind,
  standingReports,
} from '../../../shared/reports/weekly-report.ts';
import { day, north, siteWith, someone, south, stay } from './site.ts';

const site = siteWith(north, 4, '0599', 1);
const facts = [
  someone('old', { arrivedOn: addDays(day, -20) }),
  someone('new', { arrivedOn: addDays(day, -6) }),
  someone('left', {
    arrivedOn: addDays(day, -200),
    departedOn: addDays(day, -1),
    departureReason: 'return-to-ukraine',
  }),
  someone('third', { group: 'family', arrivedOn: day }),
  someone('other site', { site: south, arrivedOn: day }),
];
const stays = [stay(north, 0, 'old'), stay(north, 1, 'third', '2026-11-22'), stay(south, 0, 'other site')];
const report = makeWeeklyReport(site, facts, stays, day, null);

describe('the weekly site report', () => {
  it('has the counts worked out by hand', () => {
    expect(report).toMatchObject({
      version: 1,
      replaces: null,
      referenceDate: '2026-11-24',
      from: '2026-11-18',
      to: '2026-11-24',
      municipality: '0599',
      places: { realised: 4, available: 1, outOfService: 1, occupied: 2 },
      percent: '50.0',
      shortStay: 1,
      longStay: 1,
      departuresByReason: { 'return-to-ukraine': 1 },
      net: 1,
    });
    expect(report.arrivals).toMatchObject({ ua: 1, family: 1, unknown: 0 });
    expect(report.departures).toMatchObject({ ua: 1, family: 0 });
    // Ukrainian: two came and one left in three weeks, a third of a person per week.
    expect(report.netThreeWeeks).toMatchObject({ ua: 0, family: 0 });
  });

  it('counts the first and the last day of its week and of the three weeks, and the days around them not', () => {
    const left = (ago: number, departureReason: ReportFacts['departureReason']) =>
      someone(`left ${String(ago)}`, { departedOn: addDays(day, -ago), departureReason });
    const came = (ago: number, no: number) =>
      someone(`${String(no)} came ${String(ago)}`, { arrivedOn: addDays(day, -ago) });
    const edges = [left(0, 'own-housing'), left(6, 'own-housing'), left(7, 'died'), left(-1, 'died')];
    expect(makeWeeklyReport(site, edges, [], day, null)).toMatchObject({
      departures: { ua: 2 },
      departuresByReason: { 'own-housing': 2 },
    });
    // Two in three weeks are two thirds of a person a week; of one of them a third would be left.
    const arrivals = [came(0, 0), came(20, 0), ...Array.from({ length: 10 }, (_, no) => came(21, no))];
    expect(makeWeeklyReport(site, arrivals, [], day, null).netThreeWeeks).toMatchObject({ ua: 1 });
  });

  it('calls a stay long from the third night on', () => {
    const beds = [stay(north, 0, 'two nights', '2026-11-22'), stay(north, 1, 'three nights', '2026-11-21')];
    expect(makeWeeklyReport(site, [], beds, day, null)).toMatchObject({ shortStay: 1, longStay: 1 });
  });

  it('holds no id of a person', () => {
    const text = JSON.stringify(report);
    for (const { id } of facts) expect(text).not.toContain(`"${id}"`);
  });

  it('is never edited: a correction is a new version that replaces it, and only the last one stands', () => {
    expect(siteReportKind.immutable).toBe(true);
    const first = { id: 'r1', ...report };
    const second = { id: 'r2', ...makeWeeklyReport(site, facts.slice(1), stays, day, first) };
    expect(second).toMatchObject({ version: 2, replaces: 'r1' });
    expect(standingReports([first, second]).map(({ id }) => id)).toEqual(['r2']);
  });

  it('is read as it was written', () => {
    expect(findWeeklyReport('r1', { report })).toEqual({ id: 'r1', ...report });
    expect(findWeeklyReport('r1', { report: { ...report, net: 0.5 } })).toBeUndefined();
  });
});

describe('formats', () => {
  const filed = { id: 'r1', ...report };
  const write = (code: string) => reportFormats.find((format) => format.code === code)?.write(filed) ?? '';
  it('writes JSON with the version of its layout', () => {
    expect(JSON.parse(write('json'))).toMatchObject({ schemaVersion: 1, reportId: 'r1', net: 1 });
  });
  it('writes CSV with a line per figure', () => {
    expect(write('csv').split('\r\n')).toContain('"places";"occupied";"2"');
    expect(write('csv').split('\r\n')).toContain('"arrivals";"ua";"1"');
  });
  it('lets no text of a site become a formula', () => {
    const csv = reportFormats.find((format) => format.code === 'csv');
    expect(csv?.write({ ...filed, municipality: '=1+1' })).toContain(`"municipality";"";"'=1+1"`);
  });
});
