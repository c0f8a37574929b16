import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stampOf } from '../shared/kernel/hybrid-clock.ts';
import { findDoubleBookings, type BedStay, type DoubleBooking } from '../shared/reception/bed-stay.ts';
import { planResolution } from '../shared/reception/placing.ts';
import { findBedPlace, type Site } from '../shared/reception/site.ts';
import { liveOf } from '../shared/sync/replica-record.ts';
import { formatDate, formatMoment } from './i18n/format.ts';
import { currentLanguage } from './i18n/i18n.ts';
import { useServices } from './services.tsx';
import { useSites, useStays } from './stores/register-views.ts';
import { useSession } from './stores/session-store.ts';
import { planEdits } from './stores/stay-edits.ts';
import { findRecord, useWorkspace } from './stores/workspace-store.ts';
import { Button } from './ui/Button.tsx';
import { useSave } from './use-save.ts';
import { useNameOf } from './use-name-of.ts';

export function useDoubleBookings(): readonly DoubleBooking[] {
  const stays = useStays();
  const residents = useWorkspace((state) => state.residents);
  return useMemo(() => findDoubleBookings(stays, (id) => residents.get(id)?.familyId ?? undefined), [stays, residents]);
}

type Props = {
  /** Leaves other sites out. */
  readonly site?: string;
  /** Leaves other beds of the site out. */
  readonly bed?: string;
};

/** Every bed that two people have and everybody with two beds, as one question each. */
export function DoubleBookings({ site, bed }: Props) {
  const tasks = useDoubleTasks(site, bed);
  return tasks.map(({ booking, pair }) => <DoubleTask key={booking.stays.join()} booking={booking} pair={pair} />);
}

/** The same folded away above a plan, so that the plan stays in sight. */
export function DoubleBookingsBar({ site }: { site: string }) {
  const { t } = useTranslation('reception');
  const tasks = useDoubleTasks(site);
  if (tasks.length === 0) return null;
  return (
    <details className="double__bar" open={tasks.length === 1}>
      <summary>{t('double.bar', { count: tasks.length })}</summary>
      <DoubleBookings site={site} />
    </details>
  );
}

function useDoubleTasks(site?: string, bed?: string): readonly TaskProps[] {
  const bookings = useDoubleBookings();
  const stays = useStays();
  return useMemo(() => {
    const byId = new Map(stays.map((stay) => [stay.id, stay]));
    const isHere = (stay: BedStay) =>
      (site === undefined || stay.site === site) && (bed === undefined || stay.bed === bed);
    return bookings.flatMap((booking): TaskProps[] => {
      const [a, b] = [byId.get(booking.stays[0]), byId.get(booking.stays[1])];
      return a === undefined || b === undefined || !(isHere(a) || isHere(b)) ? [] : [{ booking, pair: [a, b] }];
    });
  }, [bookings, stays, site, bed]);
}

type TaskProps = { readonly booking: DoubleBooking; readonly pair: readonly [BedStay, BedStay] };

/** Both stays side by side: who placed whom, and when. One choice settles it; nobody's other nights change. */
function DoubleTask({ booking, pair }: TaskProps) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const nameOf = useNameOf();
  const sites = useSites();
  const records = useWorkspace((state) => state.records);
  const residents = useWorkspace((state) => state.residents);
  const language = currentLanguage();
  const [a, b] = pair;
  const isBed = booking.rule === 'bed-night';
  const bedOf = (stay: BedStay) => bedText(sites, stay);
  const nights =
    booking.until === null
      ? t('double.from', { from: formatDate(booking.from, language) })
      : t('double.nights', { from: formatDate(booking.from, language), until: formatDate(booking.until, language) });

  const keep = (kept: BedStay, other: BedStay) => {
    const said = t('double.kept', { name: nameOf(kept.resident), bed: bedOf(kept) });
    const plan = planResolution(booking, kept, other);
    void save({ records: planEdits(records, plan, services.newId), action: 'resolve', purpose: null }, said);
  };
  const family = residents.get(a.resident)?.familyId ?? null;
  const canShare = isBed && family !== null && family === residents.get(b.resident)?.familyId;
  const share = () => {
    const parts = planEdits(records, { ends: [], begins: [], shares: pair }, services.newId);
    void save({ records: parts, action: 'resolve', purpose: null }, t('double.shared'));
  };

  return (
    <fieldset className="form__section versions double">
      <legend className="nl-heading nl-heading--level-3">
        {isBed
          ? t('double.bed', { bed: bedOf(a), nights })
          : t('double.resident', { name: nameOf(a.resident), nights })}
      </legend>
      <ul className="versions__list">
        {[pair, [b, a] as const].map(([stay, other]) => (
          <li key={stay.id} className="versions__version">
            <strong>{isBed ? nameOf(stay.resident) : bedOf(stay)}</strong>
            <span className="muted">
              <PlacedBy stay={stay} />
            </span>
            <Button onPress={() => keep(stay, other)}>
              {isBed ? t('double.keep', { name: nameOf(stay.resident) }) : t('double.keepBed', { bed: bedOf(stay) })}
            </Button>
          </li>
        ))}
      </ul>
      <p className="muted">{isBed ? t('double.hint') : t('double.hintResident')}</p>
      {canShare && <Button onPress={share}>{t('double.share')}</Button>}
    </fieldset>
  );
}

function bedText(sites: readonly Site[], stay: BedStay): string {
  const site = sites.find(({ id }) => id === stay.site);
  const place = site === undefined ? undefined : findBedPlace(site, stay.bed);
  return place === undefined ? '…' : [site?.name, place.building, `${place.room}.${place.bed}`].join(' · ');
}

/** Who gave the bed and when, from the operation itself. */
function PlacedBy({ stay }: { stay: BedStay }) {
  const { t } = useTranslation(['reception', 'sync']);
  const user = useSession((session) => session.user);
  const record = useWorkspace((state) => findRecord(state.records, { kind: 'bedStay', id: stay.id }));
  const made = record === undefined ? undefined : liveOf(record, 'stay')[0];
  if (made === undefined) return null;
  return t('double.placedBy', {
    when: formatMoment(stampOf(made.h).ms, currentLanguage()),
    who: made.u === user?.id ? t('sync:review.you') : t('sync:review.otherDevice', { user: made.u.slice(-4) }),
  });
}
