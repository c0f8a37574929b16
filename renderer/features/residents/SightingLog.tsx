import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { DaySighting } from '../../stores/presence-views.ts';
import { useSession } from '../../stores/session-store.ts';
import { findRecord, useWorkspace } from '../../stores/workspace-store.ts';
import { liveOf } from '../../../shared/sync/replica-record.ts';

/** Who saw this resident, when, or looked in vain: the evidence behind every signal. */
export function SightingLog({ sightings }: { sightings: readonly DaySighting[] }) {
  const { t } = useTranslation(['register', 'reception', 'sync']);
  const user = useSession((session) => session.user);
  const records = useWorkspace((state) => state.records);
  if (sightings.length === 0) return null;
  const whoOf = (record: string, field: string) => {
    const call = findRecord(records, { kind: 'rollCall', id: record });
    const author = call === undefined ? undefined : liveOf(call, field)[0]?.u;
    if (author === undefined) return '…';
    return author === user?.id ? t('sync:review.you') : t('sync:review.otherDevice', { user: author.slice(-4) });
  };
  return (
    <details>
      <summary>{t('absence.log')}</summary>
      <ul className="plain-list">
        {sightings.map(({ day, sighting }) =>
          sighting === null ? null : (
            <li key={day}>
              {t('absence.logLine', {
                day: formatDate(day, currentLanguage()),
                at: sighting.at,
                state: t(`reception:presence.state.${sighting.state}`),
                who: whoOf(sighting.record, sighting.field),
              })}
            </li>
          ),
        )}
      </ul>
    </details>
  );
}
