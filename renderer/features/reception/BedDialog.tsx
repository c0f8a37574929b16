import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import { findBedPlace, isOutOfService, type Site } from '../../../shared/reception/site.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { useServices } from '../../services.tsx';
import { useStays } from '../../stores/register-views.ts';
import { endStay, newStay } from '../../stores/stay-edits.ts';
import { findRecord, useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';

type Props = {
  readonly site: Site;
  readonly bedKey: string;
  readonly day: IsoDate;
  /** The resident for whom a bed is looked for; null when the bed was opened from the plan. */
  readonly placing: string | null;
  readonly onClose: (isPlaced: boolean) => void;
};

export function BedDialog({ site, bedKey, day, placing, onClose }: Props) {
  const { t } = useTranslation('reception');
  const stays = useStays();
  const place = findBedPlace(site, bedKey);
  const here = staysOn(stays, day).filter((stay) => stay.site === site.id && stay.bed === bedKey);
  const title = t('beds.bed', { bed: place === undefined ? bedKey : `${place.room}.${place.bed}` });
  return (
    <Dialog title={title} isOpen onClose={() => onClose(false)}>
      {here.map((stay) => (
        <Occupant key={stay.id} stay={stay} day={day} onDone={() => onClose(false)} />
      ))}
      <PlaceForm
        site={site}
        bedKey={bedKey}
        day={day}
        placing={placing}
        taken={here}
        onClose={onClose}
        bedName={title}
      />
      {here.length === 0 && <ServiceForm site={site} bedKey={bedKey} day={day} onDone={() => onClose(false)} />}
    </Dialog>
  );
}

function useNameOf() {
  const residents = useWorkspace((state) => state.residents);
  return (id: string) => {
    const person = residents.get(id);
    return person === undefined ? '…' : `${person.family}, ${person.given}`;
  };
}

function Occupant({ stay, day, onDone }: { stay: BedStay; day: IsoDate; onDone: () => void }) {
  const { t } = useTranslation('reception');
  const save = useSave();
  const nameOf = useNameOf();
  const records = useWorkspace((state) => state.records);
  const free = async () => {
    const request = { records: endStay(records, stay, day), action: 'edit', purpose: null } as const;
    if ((await save(request, t('beds.freed'))) !== undefined) onDone();
  };
  return (
    <div className="row">
      <span>{nameOf(stay.resident)}</span>
      <Button onPress={() => void free()}>{t('beds.leave')}</Button>
    </div>
  );
}

type PlaceProps = Props & { readonly taken: readonly BedStay[]; readonly bedName: string };

function PlaceForm({ site, bedKey, day, placing, taken, bedName, onClose }: PlaceProps) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const nameOf = useNameOf();
  const stays = useStays();
  const records = useWorkspace((state) => state.records);
  const residents = useWorkspace((state) => state.residents);
  const [resident, setResident] = useState<string | null>(placing);
  const [from, setFrom] = useState<IsoDate | null>(day);
  const [error, setError] = useState<string>();
  const choices = useMemo(
    () =>
      [...residents.values()]
        .filter(({ status }) => status !== 'departed')
        .map(({ id, family, given }) => ({ code: id, label: `${family}, ${given}` }))
        .sort((a, b) => a.label.localeCompare(b.label, 'nl')),
    [residents],
  );

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (resident === null) return setError(t('families.residentError'));
    if (from === null) return setError(t('families.fromError'));
    const other = taken.find((stay) => stay.resident !== resident);
    if (other !== undefined) return setError(t('beds.taken', { name: nameOf(other.resident) }));
    const bed = site.beds.get(bedKey);
    if (bed !== undefined && isOutOfService(bed, from)) return setError(t('beds.closed'));
    // Who moves leaves the former bed the same night, in the same save: there is never a night in two beds.
    const former = stays.filter((stay) => stay.resident === resident && !stay.void && (stay.until ?? '9') > from);
    const stay = newStay(services.newId(), { site: site.id, bed: bedKey, resident, from });
    const request = {
      records: [...former.flatMap((one) => endStay(records, one, from)), stay],
      action: 'edit',
      purpose: null,
    } as const;
    if ((await save(request, t('beds.placed', { bed: bedName }))) !== undefined) onClose(true);
  };

  return (
    <form noValidate className="form" onSubmit={(event) => void submit(event)}>
      {error !== undefined && (
        <Alert tone="error" role="alert">
          {error}
        </Alert>
      )}
      <ComboField
        id="placeResident"
        label={t('beds.giveTo')}
        choices={choices}
        value={resident}
        onChange={setResident}
      />
      <DateField id="placeFrom" label={t('beds.from')} value={from} onChange={setFrom} />
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t('beds.give')}
        </Button>
      </div>
    </form>
  );
}

type ServiceProps = Pick<Props, 'site' | 'bedKey' | 'day'> & { readonly onDone: () => void };

function ServiceForm({ site, bedKey, day, onDone }: ServiceProps) {
  const { t } = useTranslation('reception');
  const save = useSave();
  const record = useWorkspace((state) => findRecord(state.records, { kind: 'site', id: site.id }));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const bed = site.beds.get(bedKey);
  if (bed === undefined || record === undefined) return null;
  const isOut = isOutOfService(bed, day);

  const set = async (outOfService: { reason: string; from: IsoDate; until: null } | null) => {
    const field = `bed.${bedKey}`;
    const value = { room: bed.room, name: bed.name, outOfService };
    const base = baseOf(record, field, definitionOf('site'));
    const records = [{ ref: { kind: 'site', id: site.id }, edits: [{ field, value, base }] }] as const;
    if ((await save({ records, action: 'edit', purpose: null })) !== undefined) onDone();
  };

  if (isOut) {
    return (
      <div className="row">
        <span>{bed.outOfService?.reason}</span>
        <Button onPress={() => void set(null)}>{t('beds.setBack')}</Button>
      </div>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') setError(t('beds.reasonError'));
    else void set({ reason: reason.trim(), from: day, until: null });
  };
  return (
    <form noValidate className="row" onSubmit={submit}>
      <TextField id="outReason" label={t('beds.reason')} error={error} value={reason} onChange={setReason} />
      <Button type="submit">{t('beds.setOut')}</Button>
    </form>
  );
}
