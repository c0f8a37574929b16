import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stampOf } from '../shared/kernel/hybrid-clock.ts';
import { findDoubleBookings, type BedStay, type DoubleBooking } from '../shared/reception/bed-stay.ts';
import { planResolution } from '../shared/reception/placing.ts';
import { findBedPlace, type Site } from '../shared/reception/site.ts';
import { definitionOf } from '../shared/sync/field-classes.ts';
import { baseOf, liveOf } from '../shared/sync/replica-record.ts';
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

/** Every bed that two people have and everybody with two beds, as one question each. `site` leaves other sites out. */
export function DoubleBookings({ site }: { site?: string }) {
  const bookings = useDoubleBookings();
  const stays = useStays();
  const byId = useMemo(() => new Map(stays.map((stay) => [stay.id, stay])), [stays]);
  return bookings.flatMap((booking) => {
    const [a, b] = [byId.get(booking.stays[0]), byId.get(booking.stays[1])];
    if (a === undefined || b === undefined) return [];
    if (site !== undefined && a.site !== site && b.site !== site) return [];
    return [<DoubleTask key={booking.stays.join()} booking={booking} pair={[a, b]} />];
  });
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
    const said = isBed
      ? t('double.kept', { name: nameOf(kept.resident), bed: bedOf(kept) })
      : t('double.kept', { name: nameOf(kept.resident), bed: bedOf(kept) });
    const plan = planResolution(booking, kept, other);
    void save({ records: planEdits(records, plan, services.newId), action: 'resolve', purpose: null }, said);
  };
  const family = residents.get(a.resident)?.familyId ?? null;
  const canShare = isBed && family !== null && family === residents.get(b.resident)?.familyId;
  const share = () => {
    const parts = pair.flatMap((stay) => {
      const record = findRecord(records, { kind: 'bedStay', id: stay.id });
      if (record === undefined) return [];
      const base = baseOf(record, 'shared', definitionOf('bedStay'));
      return [
        {
          ref: { kind: 'bedStay' as const, id: stay.id },
          edits: [{ field: 'shared', value: { reason: 'family' }, base }],
        },
      ];
    });
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
