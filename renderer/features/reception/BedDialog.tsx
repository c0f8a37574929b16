import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import { planSwap } from '../../../shared/reception/placing.ts';
import { findBedPlace, findClosureOn, type Site } from '../../../shared/reception/site.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { DoubleBookings } from '../../DoubleBookings.tsx';
import { useStays } from '../../stores/register-views.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { BedSettings } from './BedSettings.tsx';
import { PlaceForm } from './PlaceForm.tsx';
import { usePlacing, type Placing } from './use-placing.ts';

type Props = {
  readonly site: Site;
  readonly bedKey: string;
  readonly day: IsoDate;
  /** The resident for whom a bed is looked for; null when the bed was opened from the plan. */
  readonly placing: string | null;
  readonly onMove: (resident: string) => void;
  readonly onEdit: () => void;
  readonly onClose: (isPlaced: boolean) => void;
};

/** Everything that can be done with one bed; the same as by dragging, and more. */
export function BedDialog({ site, bedKey, day, placing, onMove, onEdit, onClose }: Props) {
  const { t } = useTranslation(['reception', 'common']);
  const placingTools = usePlacing(site, day);
  const stays = useStays();
  const place = findBedPlace(site, bedKey);
  const ofBed = stays.filter((stay) => !stay.void && stay.site === site.id && stay.bed === bedKey);
  const here = staysOn(ofBed, day);
  const later = ofBed.filter(({ from }) => from > day).sort((a, b) => (a.from < b.from ? -1 : 1));
  const bed = site.beds.get(bedKey);
  const isClosed = bed !== undefined && findClosureOn(bed, day) !== undefined;
  const [term, setTerm] = useState<'reserve' | 'close' | null>(null);
  const title = t('beds.bed', { bed: place === undefined ? bedKey : `${place.room}.${place.bed}` });
  return (
    <Dialog title={title} isOpen onClose={() => onClose(false)}>
      <div className="stack">
        {placing === null && <DoubleBookings site={site.id} bed={bedKey} />}
        {here.map((stay) => (
          <Occupant
            key={stay.id}
            stay={stay}
            day={day}
            placing={placing}
            tools={placingTools}
            onMove={onMove}
            onDone={onClose}
          />
        ))}
        {later.map((stay) => (
          <PlannedStay key={stay.id} stay={stay} tools={placingTools} />
        ))}
        {placing === null && (here.length > 0 || isClosed || term !== null) ? null : (
          <PlaceForm
            key={placing ?? ''}
            tools={placingTools}
            bedKey={bedKey}
            bedName={title}
            day={day}
            placing={placing}
            firstLater={later[0]?.from ?? null}
            onPlaced={() => onClose(true)}
          />
        )}
        {placing === null && (
          <BedSettings
            site={site}
            bedKey={bedKey}
            day={day}
            open={term}
            onOpen={setTerm}
            onEdit={onEdit}
            onDone={() => onClose(false)}
          />
        )}
        <div className="form__actions">
          <Button onPress={() => onClose(false)}>{t('common:action.close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

type OccupantProps = {
  readonly stay: BedStay;
  readonly day: IsoDate;
  readonly placing: string | null;
  readonly tools: Placing;
  readonly onMove: (resident: string) => void;
  readonly onDone: (isPlaced: boolean) => void;
};

function Occupant({ stay, day, placing, tools, onMove, onDone }: OccupantProps) {
  const { t } = useTranslation('reception');
  const { nameOf, carryOut, context } = tools;
  const language = currentLanguage();
  const since = formatDate(stay.from, language);
  const partner = placing === null ? undefined : tools.stayOf(placing);
  const free = async () => {
    const done = await carryOut({ ends: [{ stay, until: day }], begins: [] }, t('beds.freed'));
    if (done !== undefined) onDone(false);
  };
  const swap = async () => {
    if (partner === undefined) return;
    const said = t('beds.swapped', { a: nameOf(partner.resident), b: nameOf(stay.resident) });
    if ((await carryOut(planSwap(context.stays, partner, stay, day), said)) !== undefined) onDone(true);
  };
  return (
    <div className="bed-dialog__stay">
      <p>
        <strong>{nameOf(stay.resident)}</strong>{' '}
        <span className="muted">
          {stay.until === null
            ? t('beds.since', { from: since })
            : t('beds.sinceUntil', { from: since, until: formatDate(stay.until, language) })}
        </span>
      </p>
      <div className="row">
        {placing === null && (
          <>
            <Button onPress={() => onMove(stay.resident)}>{t('beds.move')}</Button>
            <Button onPress={() => void free()}>{t('beds.leave')}</Button>
          </>
        )}
        {partner !== undefined && partner.resident !== stay.resident && (
          <Button look="primary" onPress={() => void swap()}>
            {t('beds.swap', { name: nameOf(stay.resident) })}
          </Button>
        )}
      </div>
    </div>
  );
}

function PlannedStay({ stay, tools }: { stay: BedStay; tools: Placing }) {
  const { t } = useTranslation('reception');
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  const withdraw = async () => {
    const plan = { ends: [{ stay, until: stay.from }], begins: [] };
    if ((await tools.carryOut(plan, t('beds.withdrawn'))) !== undefined) setGone(true);
  };
  return (
    <div className="plain-list__row">
      <span>
        {t('beds.planned', { name: tools.nameOf(stay.resident), from: formatDate(stay.from, currentLanguage()) })}
      </span>
      <Button onPress={() => void withdraw()}>{t('beds.withdraw')}</Button>
    </div>
  );
}
