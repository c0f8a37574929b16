import { useMemo } from 'react';
import type { IsoDate } from '../../shared/kernel/dates.ts';
import { addDays } from '../../shared/kernel/dates.ts';
import { staysOn, type BedStay } from '../../shared/reception/bed-stay.ts';
import { absenceStanding, type Absence, type AbsenceStanding } from '../../shared/reception/presence.ts';
import { sightingOf, type RollCall, type Sighting } from '../../shared/reception/roll-call.ts';
import { rulesOn, type Site } from '../../shared/reception/site.ts';
import { useAbsences, useAbsencesOf, useRollCalls, useSites, useStays, useStaysOf } from './register-views.ts';
import { useWorkspace } from './workspace-store.ts';

/** Stands for the residents of a site without a bed, as if they had a room. */
export const noRoom = 'none';

/** Where everybody with an absence stands today, by resident, under the agreement of their site on counting. */
export function useStandings(day: IsoDate): ReadonlyMap<string, AbsenceStanding> {
  const absences = useAbsences();
  const sites = useSites();
  const residents = useWorkspace((state) => state.residents);
  return useMemo(() => {
    const countOf = new Map(sites.map((site) => [site.id, rulesOn(site, day).absenceCount]));
    const standings = new Map<string, AbsenceStanding>();
    for (const [resident, own] of Map.groupBy(absences, (absence) => absence.resident)) {
      const person = residents.get(resident);
      if (person === undefined || person.status === 'departed') continue;
      standings.set(resident, absenceStanding(own, day, countOf.get(person.site ?? '')));
    }
    return standings;
  }, [absences, sites, residents, day]);
}

/** Announced absence in the night that begins on `day`, or a return on that day that has not been seen yet. */
export const isOnLeave = (absences: readonly Absence[], resident: string, day: IsoDate): boolean =>
  absences.some(
    (absence) =>
      !absence.void &&
      absence.resident === resident &&
      absence.from <= day &&
      (absence.until === null || day < absence.until),
  );

/** Residents whose last own mark of the day says that they were not seen. */
export function notSeenOn(calls: readonly RollCall[], day: IsoDate): number {
  const ofDay = calls.filter((call) => call.day === day);
  const marked = new Set(ofDay.flatMap(({ marks }) => [...marks.keys()]));
  return [...marked].filter(
    (resident) => sightingOf(ofDay, { resident, room: null, onLeave: false })?.state === 'not-seen',
  ).length;
}

export type DaySighting = { readonly day: IsoDate; readonly sighting: Sighting | null };

type Facts = {
  readonly calls: readonly RollCall[];
  readonly stays: readonly BedStay[];
  readonly absences: readonly Absence[];
  readonly sites: readonly Site[];
};

/** How one resident was found on each day with a roll-call of the last `span` days, newest first. */
export function sightingsOf(facts: Facts, resident: string, today: IsoDate, span = 30): readonly DaySighting[] {
  const since = addDays(today, -span);
  const recent = facts.calls.filter(({ day }) => day > since && day <= today);
  const days = [...Map.groupBy(recent, ({ day }) => day)].sort(([a], [b]) => (a > b ? -1 : 1));
  const own = facts.stays.filter((stay) => stay.resident === resident);
  return days.flatMap(([day, calls]): DaySighting[] => {
    const stay = staysOn(own, day)[0];
    const room = facts.sites.find(({ id }) => id === stay?.site)?.beds.get(stay?.bed ?? '')?.room;
    const here = stay === undefined ? calls : calls.filter(({ site }) => site === stay.site);
    const onLeave = isOnLeave(facts.absences, resident, day);
    const sighting = sightingOf(here, { resident, room: room ?? null, onLeave });
    return sighting === null ? [] : [{ day, sighting }];
  });
}

/** For the page of one resident. */
export function useSightingFactsOf(resident: string): Facts {
  const [stays, absences] = [useStaysOf(resident), useAbsencesOf(resident)];
  return { calls: useRollCalls(), stays, absences, sites: useSites() };
}

export function useSightingFacts(): Facts {
  const [calls, stays, absences, sites] = [useRollCalls(), useStays(), useAbsences(), useSites()];
  return useMemo(() => ({ calls, stays, absences, sites }), [calls, stays, absences, sites]);
}
