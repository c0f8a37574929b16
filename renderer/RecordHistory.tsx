import { useTranslation } from 'react-i18next';
import { stampOf } from '../shared/kernel/hybrid-clock.ts';
import { toHex } from '../shared/kernel/bytes.ts';
import { historyOf, type ReplicaRecord } from '../shared/sync/replica-record.ts';
import { fieldName } from './i18n/field-name.ts';
import { formatMoment } from './i18n/format.ts';
import { currentLanguage } from './i18n/i18n.ts';
import { useSession } from './stores/session-store.ts';

type Props = {
  readonly record: ReplicaRecord;
  /** Which fields a page is about; all of them without it. */
  readonly isWanted?: (field: string) => boolean;
};

/** Who changed what and when, also of values that were replaced; offline, because the record is its own log. */
export function RecordHistory({ record, isWanted = () => true }: Props) {
  const { t } = useTranslation('register');
  const user = useSession((session) => session.user);
  const language = currentLanguage();
  const who = (id: string) => (id === user?.id ? t('history.you') : t('history.colleague', { user: id.slice(-4) }));
  const entries = historyOf(record).filter(({ change }) => isWanted(change.f));
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('section.history')}</h2>
      {entries.length === 0 ? (
        <p>{t('history.empty')}</p>
      ) : (
        <ul className="plain-list history">
          {entries.map(({ change, live }) => (
            <li key={`${toHex(change.w)}.${change.n}`} className={live ? '' : 'muted'}>
              {t('history.entry', {
                when: formatMoment(stampOf(change.h).ms, language),
                who: who(change.u),
                field: fieldName(change.f),
              })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
