import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { notSeenSince, type RollCall } from '../../../shared/reception/roll-call.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { sightingsOf, useSightingFacts, useStandings } from '../../stores/presence-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { useNameOf } from '../../use-name-of.ts';

type Props = { readonly site: Site; readonly day: IsoDate; readonly calls: readonly RollCall[] };

/** Whom to look for and whom to talk to. The app signals; what follows a person decides. */
export function PresenceSignals({ site, day, calls }: Props) {
  const { t } = useTranslation('reception');
  const nameOf = useNameOf();
  const facts = useSightingFacts();
  const standings = useStandings(day);
  const residents = useWorkspace((state) => state.residents);
  const language = currentLanguage();
  const isHere = (id: string) => residents.get(id)?.site === site.id && residents.get(id)?.status !== 'departed';

  const missed = useMemo(() => {
    const marked = new Set(
      facts.calls
        .filter((call) => call.site === site.id)
        .flatMap(({ marks }) => [...marks].filter(([, { state }]) => state === 'not-seen').map(([id]) => id)),
    );
    return [...marked].flatMap((resident) => {
      const days = sightingsOf(facts, resident, day).map(({ day: on, sighting }) => ({
        day: on,
        state: sighting?.state ?? null,
      }));
      const since = notSeenSince(days);
      return since === null ? [] : [{ resident, ...since }];
    });
  }, [facts, site.id, day]);
  const near = [...standings].filter(([id, { signal }]) => signal !== 'none' && isHere(id));
  const entries = calls.flatMap((call) => call.entries);
  const lists = [
    {
      key: 'missed',
      title: t('presence.missed'),
      lines: missed
        .filter(({ resident }) => isHere(resident))
        .map(({ resident, from, calls: count }) => ({
          resident,
          text: t('presence.missedSince', { count, from: formatDate(from, language) }),
        })),
    },
    {
      key: 'near',
      title: t('presence.near'),
      lines: near.map(([resident, { days, maxDays, per }]) => ({
        resident,
        text: t(per === 'spell' ? 'presence.daysOfSpell' : 'presence.daysOfYear', { days, max: maxDays }),
      })),
    },
  ].filter(({ lines }) => lines.length > 0);
  if (lists.length === 0 && entries.length === 0) return null;
  return (
    <div className="columns">
      {lists.map(({ key, title, lines }) => (
        <details key={key} className="panel" open={lines.length <= 6}>
          <summary>
            <strong>
              {title}: {lines.length}
            </strong>
          </summary>
          <ul className="plain-list">
            {lines.map(({ resident, text }) => (
              <li key={resident}>
                <Link to="/residents/$id" params={{ id: resident }} className="nl-link">
                  {nameOf(resident)}
                </Link>{' '}
                <span className="muted">{text}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {entries.length > 0 && (
        <details className="panel" open>
          <summary>
            <strong>{t('presence.entries')}</strong>
          </summary>
          <ul className="plain-list">
            {entries.map(({ field, room, at, reason }) => (
              <li key={field}>{t('presence.entryLine', { at, room: site.rooms.get(room)?.name ?? room, reason })}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
