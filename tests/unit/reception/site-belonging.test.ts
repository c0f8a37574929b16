import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSite } from '../../../shared/demo/builders.ts';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import {
  belongingValues,
  replacesBelonging,
  siteOn,
  type Belonging,
} from '../../../shared/reception/site-belonging.ts';
import type { Value } from '../../../shared/records/record.ts';
import { toSite } from '../../../shared/reception/site.ts';
import { siteOccupancy } from '../../../shared/reports/site-occupancy.ts';

const { id, values } = aSite({ safetyRegion: 'VR17' });
const before = toSite(id, values);
const voorbeeldstad = { code: '0000', name: 'Voorbeeldstad' };
const nieuwstad = { code: '1111', name: 'Nieuwstad' };
const moved: Belonging = { municipality: nieuwstad, safetyRegion: 'VR18', shelter: 'private' };
const day = isoDate('2026-07-01');

describe('where a site belongs', () => {
  it('belongs elsewhere from a day on, and before that day where it always did', () => {
    const after = toSite(id, { ...values, ...belongingValues(before, moved, day) });
    expect(after).toMatchObject(moved);
    expect(siteOn(after, day)).toMatchObject(moved);
    expect(siteOn(after, addDays(day, -1))).toMatchObject({
      municipality: voorbeeldstad,
      safetyRegion: 'VR17',
      shelter: 'municipal',
    });
  });

  it('counts the places of a past day in the municipality of that day', () => {
    const after = toSite(id, { ...values, ...belongingValues(before, { ...moved, shelter: 'municipal' }, day) });
    const codesOn = (on: typeof day) =>
      siteOccupancy([siteOn(after, on)], [], on).municipalities.map(({ code }) => code);
    expect(codesOn(addDays(day, -1))).toEqual(['0000']);
    expect(codesOn(day)).toEqual(['1111']);
  });

  it('corrects what was written down wrongly for all days, one field at a time', () => {
    const next = { ...before, municipality: { code: '0001', name: 'Voorbeeldstad' } };
    expect(belongingValues(before, next, null)).toEqual({ municipality: { code: '0001', name: 'Voorbeeldstad' } });
  });

  it('corrects the last change only, once there was one', () => {
    const after = toSite(id, { ...values, ...belongingValues(before, moved, day) });
    const corrected = belongingValues(after, { ...moved, safetyRegion: 'VR19' }, null);
    expect(corrected).toEqual({ 'belongs.2026-07-01': { ...moved, safetyRegion: 'VR19' } });
  });

  it('asks for a day only where something that is written down is replaced', () => {
    const gap = toSite(id, { ...values, safetyRegion: null, municipality: null });
    expect(replacesBelonging(gap, { ...gap, safetyRegion: 'VR17', municipality: nieuwstad })).toBe(false);
    expect(replacesBelonging(gap, { ...gap, shelter: 'private' })).toBe(true);
    expect(replacesBelonging(before, { ...before, safetyRegion: 'VR18' })).toBe(true);
    expect(replacesBelonging(before, { ...before, municipality: nieuwstad })).toBe(true);
  });

  it('saves nothing when nothing differs', () => {
    expect(belongingValues(before, before, day)).toEqual({});
    expect(belongingValues(before, { ...before, municipality: { ...voorbeeldstad } }, null)).toEqual({});
  });

  it('never changes a day before the first of the changes, however many there are', () => {
    const offset = fc.integer({ min: 1, max: 900 });
    const region = fc.constantFrom('VR01', 'VR13', 'VR17', 'VR25');
    fc.assert(
      fc.property(fc.array(fc.tuple(offset, region), { maxLength: 5 }), (changes) => {
        const start = isoDate('2024-01-01');
        const dated = changes.map(([days, safetyRegion]): [string, Value] => [
          `belongs.${addDays(start, days)}`,
          { municipality: voorbeeldstad, safetyRegion, shelter: 'municipal' },
        ]);
        const site = toSite(id, { ...values, ...Object.fromEntries<Value>(dated) });
        expect(siteOn(site, start)).toMatchObject({ municipality: voorbeeldstad, safetyRegion: 'VR17' });
        const last = site.belongings.at(-1);
        expect(siteOn(site, isoDate('2030-01-01')).safetyRegion).toBe(last?.safetyRegion);
      }),
      { seed: 20261125 },
    );
  });
});
