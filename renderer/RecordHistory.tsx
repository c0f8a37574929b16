import { useTranslation } from 'react-i18next';
import { stampOf } from '../shared/kernel/hybrid-clock.ts';
import { toHex } from '../shared/kernel/bytes.ts';
import { goneOf, historyOf, type ReplicaRecord } from '../shared/sync/replica-record.ts';
import { fieldName } from './i18n/field-name.ts';
import { formatList, formatMoment } from './i18n/format.ts';
import { currentLanguage } from './i18n/i18n.ts';
import { useSession } from './stores/session-store.ts';

type Props = {
  readonly record: ReplicaRecord;
  /** Which fields a page is about; all of them without it. */
  readonly isWanted?: (field: string) => boolean;
};

/** What was saved at once stands together; `live` as long as any of it holds. */
function actsOf(history: ReturnType<typeof historyOf>) {
  const saves = [...Map.groupBy(history, ({ change }) => `${toHex(change.x[0])} ${change.u}`).values()];
  return saves.flatMap((entries) => {
    const first = entries[0]?.change;
    if (first === undefined) return [];
    return {
      key: `${toHex(first.w)}.${String(first.n)}`,
      first,
      fields: [...new Set(entries.map(({ change }) => fieldName(change.f)))],
      live: entries.some(({ live }) => live),
    };
  });
}

/** Who changed what and when, also of values that were replaced; offline, because the record is its own log. */
export function RecordHistory({ record, isWanted = () => true }: Props) {
  const { t } = useTranslation('register');
  const user = useSession((session) => session.user);
  const language = currentLanguage();
  const who = (id: string) => (id === user?.id ? t('history.you') : t('history.colleague', { user: id.slice(-4) }));
  const entries = actsOf(historyOf(record).filter(({ change }) => isWanted(change.f)));
  const older = goneOf(record).length;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('section.history')}</h2>
      {entries.length === 0 ? (
        <p>{t('history.empty')}</p>
      ) : (
        <ul className="plain-list history">
          {entries.map(({ key, first, fields, live }) => (
            <li key={key} className={live ? '' : 'muted'}>
              {t('history.entry', {
                when: formatMoment(stampOf(first.h).ms, language),
                who: who(first.u),
                field: formatList(fields, language),
              })}
            </li>
          ))}
        </ul>
      )}
      {older > 0 && <p>{t('history.older', { count: older })}</p>}
    </section>
  );
}
