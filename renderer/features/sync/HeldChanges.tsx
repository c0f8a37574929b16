import { useCallback, useEffect, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fieldName } from '../../i18n/field-name.ts';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type Services } from '../../services.tsx';
import { useSync } from '../../stores/sync-store.ts';
import { Button } from '../../ui/Button.tsx';
import { useNameOf } from '../../use-name-of.ts';

type Change = Awaited<ReturnType<Services['heldChanges']>>[number];
type Held = { readonly changes: readonly Change[]; readonly hide: (key: string) => void };

const seenDraft = 'exchange/rejected-seen';

/** What only this laptop has; a change that was not let through goes from the list when its author says so. */
export function useHeldChanges(): Held {
  const services = useServices();
  const waiting = useSync((sync) => sync.waiting);
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    let isGone = false;
    void Promise.all([services.heldChanges(), services.readDraft(seenDraft)]).then(([found, kept]) => {
      if (isGone) return;
      setChanges(found);
      setSeen(new Set(kept === undefined || kept === '' ? [] : kept.split(' ')));
    });
    return () => {
      isGone = true;
    };
  }, [services, waiting]);
  const hide = useCallback(
    (key: string) => {
      const all = new Set([...seen, key]);
      setSeen(all);
      void services.writeDraft(seenDraft, [...all].join(' '));
    },
    [services, seen],
  );
  return { changes: changes.filter(({ key, state }) => state === 'held' || !seen.has(key)), hide };
}

export function HeldChanges({ held: { changes, hide } }: { held: Held }) {
  const { t } = useTranslation('sync');
  const nameOf = useNameOf();
  const language = currentLanguage();
  if (changes.length === 0) return null;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-3">{t('held.title')}</h2>
      <p>{t('held.intro')}</p>
      <ul className="plain-list">
        {changes.map(({ key, ref, field, atMs, why, state }) => (
          <li key={key} className="stack">
            <div>
              {ref.kind === 'resident' ? (
                <Link to="/residents/$id" params={{ id: ref.id }} className="nl-link">
                  {nameOf(ref.id)}
                </Link>
              ) : (
                t(`held.kind.${ref.kind === 'family' || ref.kind === 'site' ? ref.kind : 'other'}`)
              )}
              {': '}
              {fieldName(field)} ({formatMoment(atMs, language)})
            </div>
            <div>{state === 'rejected' ? t('held.rejected') : t(`held.why.${why}`)}</div>
            {state === 'rejected' && (
              <div>
                <Button onPress={() => hide(key)}>{t('held.seen')}</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
