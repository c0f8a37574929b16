import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { refKey } from '../../../shared/records/record.ts';
import { fieldName } from '../../i18n/field-name.ts';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import type { Held, HeldChange } from '../../use-held-changes.ts';
import { useNameOf } from '../../use-name-of.ts';
import { valueText } from '../../value-text.ts';

/** One entry a record: what waits of it, or what was not let through and stands in no record any more. */
export function HeldChanges({ held: { changes, hide } }: { held: Held }) {
  const { t } = useTranslation('sync');
  if (changes.length === 0) return null;
  const groups = Map.groupBy(changes, ({ ref, state }) => `${state} ${refKey(ref)}`);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-3">{t('held.title')}</h2>
      <p>{t('held.intro')}</p>
      <ul className="plain-list">
        {[...groups].map(([group, some]) => (
          <li key={group} className="stack">
            <HeldRecord changes={some} hide={hide} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HeldRecord({ changes, hide }: { readonly changes: readonly HeldChange[]; readonly hide: Held['hide'] }) {
  const { t } = useTranslation('sync');
  const nameOf = useNameOf();
  const residents = useWorkspace((state) => state.residents);
  const language = currentLanguage();
  const [first] = changes;
  if (first === undefined) return null;
  const { ref, state } = first;
  const reasons = [
    ...new Set(changes.map((change) => (change.state === 'held' ? t(`held.why.${change.why}`) : t('held.rejected')))),
  ];
  return (
    <>
      <div>
        {ref.kind === 'resident' && residents.get(ref.id) !== undefined ? (
          <Link to="/residents/$id" params={{ id: ref.id }} className="nl-link">
            {nameOf(ref.id)}
          </Link>
        ) : (
          t(`held.kind.${kindName(ref.kind)}`)
        )}
      </div>
      <ul>
        {changes.map(({ key, field, value, atMs }) => (
          <li key={key}>
            {fieldName(field)}: <strong>{valueText(value) || t('review.empty')}</strong> ({formatMoment(atMs, language)}
            )
          </li>
        ))}
      </ul>
      {reasons.map((reason) => (
        <div key={reason}>{reason}</div>
      ))}
      {state === 'rejected' && (
        <div>
          <Button onPress={() => hide(changes.map(({ key }) => key))}>{t('held.seen')}</Button>
        </div>
      )}
    </>
  );
}

function kindName(kind: HeldChange['ref']['kind']) {
  return kind === 'resident' || kind === 'family' || kind === 'site' ? kind : 'other';
}
