import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { absenceStanding, type Absence, type AbsenceReason } from '../../../shared/reception/presence.ts';
import { notSeenSince } from '../../../shared/reception/roll-call.ts';
import { rulesOn } from '../../../shared/reception/site.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { sightingsOf, useSightingFactsOf } from '../../stores/presence-views.ts';
import { useAbsencesOf, useSites } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { AbsenceDialog } from './AbsenceDialog.tsx';
import { AbsenceLine } from './AbsenceLine.tsx';
import { SightingLog } from './SightingLog.tsx';

type Adding = { readonly from: IsoDate; readonly reason: AbsenceReason | null };

/** Absences with their days by spell and calendar year, and who was seen. The app signals; a person decides. */
export function AbsencePanel({ resident }: { resident: Resident }) {
  const { t } = useTranslation(['register', 'reception']);
  const services = useServices();
  const [adding, setAdding] = useState<Adding | null>(null);
  const today = services.today();
  const sites = useSites();
  const absences = ownAbsences(useAbsencesOf(resident.id), resident.id);
  const facts = useSightingFactsOf(resident.id);
  const language = currentLanguage();
  const site = sites.find(({ id }) => id === resident.site);
  const count = site === undefined ? 'both-days' : rulesOn(site, today).absenceCount;
  const standing = absenceStanding(absences, today, count);
  const year = Number(today.slice(0, 4));
  const sightings = sightingsOf(facts, resident.id, today);
  const missed = notSeenSince(sightings.map(({ day, sighting }) => ({ day, state: sighting?.state ?? null })));
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('absence.title')}</h2>
        <Button onPress={() => setAdding({ from: today, reason: null })}>{t('absence.add')}</Button>
      </div>
      {absences.length === 0 ? (
        <p>{t('absence.none')}</p>
      ) : (
        <p>
          {t('absence.daysOfYear', { count: standing.yearDays, year })}{' '}
          {standing.spell !== null && t('absence.spell', { count: standing.spell.days })}{' '}
          <span className="muted">{t(`reception:absenceCount.${count}`)}</span>
        </p>
      )}
      {standing.signal !== 'none' && (
        <Alert tone="warning">
          {t(`absence.${standing.signal === 'near-limit' ? 'near' : 'over'}.${standing.per}`, {
            max: standing.maxDays,
          })}
        </Alert>
      )}
      {standing.signal !== 'over-limit' && standing.plannedDays > standing.maxDays && (
        <Alert tone="warning">{t('absence.planned', { days: standing.plannedDays, max: standing.maxDays })}</Alert>
      )}
      {missed !== null && !absences.some(({ from, until }) => from <= today && (until === null || today < until)) && (
        <Alert tone="warning">
          <div className="row">
            {t('absence.missed', { count: missed.calls, from: formatDate(missed.from, language) })}
            <Button onPress={() => setAdding({ from: missed.from, reason: 'not-seen' })}>
              {t('absence.fromMissed')}
            </Button>
          </div>
        </Alert>
      )}
      <ul className="plain-list plain-list--ruled">
        {absences.map((absence) => (
          <AbsenceLine key={absence.id} absence={absence} today={today} />
        ))}
      </ul>
      <SightingLog sightings={sightings} />
      <Link to="/presence" search={resident.site === null ? {} : { site: resident.site }} className="nl-link">
        {t('absence.toRollCall')}
      </Link>
      {adding !== null && (
        <AbsenceDialog
          resident={resident}
          absences={absences}
          count={count}
          {...adding}
          onClose={() => setAdding(null)}
        />
      )}
    </section>
  );
}

const ownAbsences = (all: readonly Absence[], resident: string): readonly Absence[] =>
  all.filter((absence) => absence.resident === resident && !absence.void).sort((a, b) => (a.from > b.from ? -1 : 1));
