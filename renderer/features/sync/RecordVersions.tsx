import { useTranslation } from 'react-i18next';
import { stampOf } from '../../../shared/kernel/hybrid-clock.ts';
import type { RecordKind } from '../../../shared/records/record.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { liveOf } from '../../../shared/sync/replica-record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { fieldName } from '../../i18n/field-name.ts';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { OpenedRecord } from '../../services.tsx';
import { useSession } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { useOpened } from '../../use-opened.ts';
import { useSave } from '../../use-save.ts';
import { DisputedMerge } from './MergeTasks.tsx';
import { valueText } from '../../value-text.ts';

/** The fields of one record that have several values, side by side: who, when, what. The choice is itself a change. */
export function RecordVersions({ kind, id }: { kind: RecordKind; id: string }) {
  const opened = useOpened(kind, id);
  const person = useWorkspace((state) => state.residents.get(id));
  if (opened.state === 'loading') return null;
  if (opened.state === 'failed') return <Alert tone="error">{errorMessage(opened.error)}</Alert>;
  const { record, unsettled } = opened.opened;
  return (
    <section className="panel">
      {person !== undefined && (
        <h2 className="nl-heading nl-heading--level-2">{[person.family, person.given].filter(Boolean).join(', ')}</h2>
      )}
      {unsettled.map((field) =>
        field === 'mergedInto' ? (
          <DisputedMerge key={field} record={record} />
        ) : (
          <FieldVersions key={field} field={field} opened={opened.opened} live={liveOf(record, field)} />
        ),
      )}
    </section>
  );
}

type FieldProps = { readonly field: string; readonly opened: OpenedRecord; readonly live: readonly Change[] };

function FieldVersions({ field, opened, live }: FieldProps) {
  const { t } = useTranslation('sync');
  const save = useSave();
  const user = useSession((session) => session.user);
  const { kind, id } = opened.record;

  const keep = (change: Change) => {
    // Names every value that stands: a value that arrives meanwhile is not overwritten but asks again.
    const base = live.map(({ w, n }) => ({ w, n }));
    const edit = { field, value: change.v ?? null, base };
    void save(
      { records: [{ ref: { kind, id }, edits: [edit] }], action: 'resolve', purpose: null },
      t('review.chosen'),
    );
  };

  return (
    <fieldset className="form__section versions">
      <legend className="nl-heading nl-heading--level-3">{t('review.two', { field: fieldName(field) })}</legend>
      <ul className="versions__list">
        {live.map((change) => (
          <li key={`${change.n} ${stampOf(change.h).ms}`} className="versions__version">
            <span className="muted">
              {t('review.version', {
                when: formatMoment(stampOf(change.h).ms, currentLanguage()),
                who: change.u === user?.id ? t('review.you') : t('review.otherDevice', { user: change.u.slice(-4) }),
              })}
            </span>
            <strong>{valueText(change.v ?? null) || t('review.empty')}</strong>
            <Button onPress={() => keep(change)}>{t('review.choose')}</Button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
