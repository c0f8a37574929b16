import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Value } from '../../../shared/records/record.ts';
import { closedField, reservedField } from '../../../shared/reception/site-parts.ts';
import { findClosureOn, reservationOn, type Bed, type Site } from '../../../shared/reception/site.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { siteEdits } from '../../stores/site-edits.ts';
import { useFamilies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ComboField } from '../../ui/ComboField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSave } from '../../use-save.ts';

type Props = {
  readonly site: Site;
  readonly bedKey: string;
  readonly day: IsoDate;
  /** The form that is open; the dialog shows nothing else to fill in beside it. */
  readonly open: 'reserve' | 'close' | null;
  readonly onOpen: (open: 'reserve' | 'close' | null) => void;
  readonly onEdit: () => void;
  readonly onDone: () => void;
};

/** Reserve, take out of service, rename: what is decided about a bed apart from who sleeps in it. */
export function BedSettings({ site, bedKey, day, open, onOpen, onEdit, onDone }: Props) {
  const { t } = useTranslation('reception');
  const save = useSave();
  const records = useWorkspace((state) => state.records);
  const bed = site.beds.get(bedKey);
  if (bed === undefined) return null;
  const closure = findClosureOn(bed, day);
  const reservation = reservationOn(site, bedKey, day);
  const language = currentLanguage();

  const set = async (values: Readonly<Record<string, Value>>, said: string) => {
    const request = { records: [siteEdits(records, site.id, values)], action: 'edit', purpose: null } as const;
    if ((await save(request, said)) !== undefined) onDone();
  };
  const endReservation = () => {
    if (reservation === undefined) return;
    const { from, reason, family } = reservation;
    void set(
      { [reservedField(bedKey, from)]: from < day ? { reason, family, until: day } : null },
      t('beds.unreserved'),
    );
  };

  return (
    <div className="stack bed-dialog__settings">
      {closure !== undefined && (
        <Alert tone="warning">
          <div className="row">
            <span>
              {closure.until === null
                ? t('beds.closedSince', { reason: closure.reason, from: formatDate(closure.from, language) })
                : t('beds.closedUntil', { reason: closure.reason, until: formatDate(closure.until, language) })}
            </span>
            <Button onPress={() => void set(reopened(bed, day), t('beds.reopened'))}>{t('beds.setBack')}</Button>
          </div>
        </Alert>
      )}
      {reservation !== undefined && (
        <Alert tone="info">
          <div className="row">
            <span>
              {t('beds.reservedUntil', {
                reason: reservation.reason,
                until: formatDate(reservation.until, language),
              })}
            </span>
            <Button onPress={endReservation}>{t('beds.unreserve')}</Button>
          </div>
        </Alert>
      )}
      <div className="row">
        {reservation === undefined && closure === undefined && (
          <Button aria-expanded={open === 'reserve'} onPress={() => onOpen(open === 'reserve' ? null : 'reserve')}>
            {t('beds.reserve')}
          </Button>
        )}
        {closure === undefined && (
          <Button aria-expanded={open === 'close'} onPress={() => onOpen(open === 'close' ? null : 'close')}>
            {t('beds.setOut')}
          </Button>
        )}
        <Button onPress={onEdit}>{t('part.editBed')}</Button>
      </div>
      {open !== null && (
        <TermForm
          key={open}
          type={open}
          day={day}
          onSubmit={({ reason, from, until, family }) =>
            void (open === 'reserve'
              ? set({ [reservedField(bedKey, from)]: { reason, family, until } }, t('beds.isReserved'))
              : set({ [closedField(bedKey, from)]: { reason, until } }, t('beds.isClosed')))
          }
        />
      )}
    </div>
  );
}

/** Back in use from `day`: the nights before stay out of service, so that the past is what it was. */
function reopened(bed: Bed, day: IsoDate): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const { from, until, reason } of bed.closures) {
    if (from > day || (until !== null && until <= day)) continue;
    values[closedField(bed.key, from)] = from < day ? { reason, until: day } : null;
  }
  if (bed.outOfService !== null) {
    const { from, reason } = bed.outOfService;
    const outOfService = from < day ? { reason, from, until: day } : null;
    values[`bed.${bed.key}`] = { room: bed.room, name: bed.name, outOfService };
  }
  return values;
}

type Term = {
  readonly reason: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly family: string | null;
};
type TermProps = {
  readonly type: 'reserve' | 'close';
  readonly day: IsoDate;
  readonly onSubmit: (term: Term) => void;
};

/** From when, until when and why. A reservation always ends: a bed is not kept free by forgetting. */
function TermForm({ type, day, onSubmit }: TermProps) {
  const { t } = useTranslation(['reception', 'common']);
  const families = useFamilies();
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState<IsoDate | null>(day);
  const [until, setUntil] = useState<IsoDate | null>(null);
  const [family, setFamily] = useState<string | null>(null);
  const [errors, setErrors] = useState<{ reason?: string; from?: string; until?: string }>({});
  const isReservation = type === 'reserve';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isWrong = isReservation ? until === null || until <= (from ?? day) : until !== null && until <= (from ?? day);
    const found = {
      ...(reason.trim() === '' ? { reason: t('beds.reasonError') } : {}),
      ...(from === null ? { from: t('families.fromError') } : {}),
      ...(isWrong ? { until: t('beds.untilError') } : {}),
    };
    setErrors(found);
    if (from !== null && Object.keys(found).length === 0) onSubmit({ reason: reason.trim(), from, until, family });
  };
  const untilLabel = t(isReservation ? 'beds.reserveUntil' : 'beds.closeUntil');
  return (
    <form noValidate className="form" onSubmit={submit}>
      <TextField id="termReason" label={t('beds.reason')} error={errors.reason} value={reason} onChange={setReason} />
      {isReservation && (
        <ComboField
          id="termFamily"
          label={t('common:form.optional', { label: t('beds.reserveFor') })}
          choices={families.map(({ id, label }) => ({ code: id, label }))}
          value={family}
          onChange={setFamily}
        />
      )}
      <div className="form__pair">
        <DateField id="termFrom" label={t('beds.from')} value={from} onChange={setFrom} error={errors.from} />
        <DateField
          id="termUntil"
          label={isReservation ? untilLabel : t('common:form.optional', { label: untilLabel })}
          value={until}
          onChange={setUntil}
          error={errors.until}
        />
      </div>
      <div className="form__actions">
        <Button type="submit" look="primary">
          {t(isReservation ? 'beds.reserveSave' : 'beds.closeSave')}
        </Button>
      </div>
    </form>
  );
}
