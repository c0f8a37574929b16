import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stampOf } from '../../../shared/kernel/hybrid-clock.ts';
import { isGone } from '../../../shared/register/merged.ts';
import { residentCode } from '../../../shared/register/resident.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { liveOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useAbsences, useFamilies, useStays } from '../../stores/register-views.ts';
import { useSession } from '../../stores/session-store.ts';
import { currentIdOf, mergeCircles, useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { useMoveAlong, useSettleMerge } from '../../use-merge.ts';
import { useNameOf } from '../../use-name-of.ts';

/** People whose records were merged into each other on two laptops. */
export function useMergeCircles(): readonly (readonly string[])[] {
  const merged = useWorkspace((state) => state.merged);
  return useMemo(() => mergeCircles(merged), [merged]);
}

/** Records that went, to which something still points: it came from a laptop that did not know yet. */
export function useLeftBehind(): readonly string[] {
  const merged = useWorkspace((state) => state.merged);
  const [families, stays, absences] = [useFamilies(), useStays(), useAbsences()];
  return useMemo(() => {
    if (merged.size === 0) return [];
    const gone = [...merged.keys()].filter((id) => isGone(id, (at) => merged.get(at)?.mergedInto));
    const named = new Set([
      ...families.flatMap(({ memberships }) => memberships.map(({ resident }) => resident)),
      ...[...stays, ...absences].map(({ resident }) => resident),
    ]);
    return gone.filter((id) => named.has(id)).sort();
  }, [merged, families, stays, absences]);
}

/** One record that was merged with different people: everything that follows from it is one question. */
export function DisputedMerge({ record }: { record: ReplicaRecord }) {
  const { t } = useTranslation(['register', 'sync']);
  const nameOf = useNameOf();
  const settle = useSettleMerge();
  const language = currentLanguage();
  const user = useSession((session) => session.user);
  const live = liveOf(record, 'mergedInto');
  const targetOf = (change: Change) => (typeof change.v === 'string' ? change.v : null);
  const targets = [...new Set(live.map(targetOf))];
  const ids = [record.id, ...targets.filter((id) => id !== null)];
  return (
    <fieldset className="form__section versions">
      <legend className="nl-heading nl-heading--level-3">
        {t('register:merge.disputed', { name: nameOf(record.id), code: residentCode(record.id) })}
      </legend>
      <ul className="versions__list">
        {targets.map((target) => (
          <li key={target} className="versions__version">
            <strong>
              {target === null ? t('register:merge.alone') : <PersonLink id={target} name={nameOf(target)} />}
            </strong>
            <span className="muted">
              {live
                .filter((change) => targetOf(change) === target)
                .map((change) =>
                  t('sync:review.version', {
                    when: formatMoment(stampOf(change.h).ms, language),
                    who:
                      change.u === user?.id
                        ? t('sync:review.you')
                        : t('sync:review.otherDevice', { user: change.u.slice(-4) }),
                  }),
                )
                .join(' / ')}
            </span>
            <Button onPress={() => void settle(record.id, target, ids)}>
              {target === null
                ? t('register:merge.keepAlone')
                : t('register:merge.keepInto', { name: nameOf(target), code: residentCode(target) })}
            </Button>
          </li>
        ))}
      </ul>
      <p className="muted">{t('register:merge.disputedHint')}</p>
    </fieldset>
  );
}

/** People merged into each other: nobody is hidden until somebody says which record stays. */
export function MergeCircle({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('register');
  const nameOf = useNameOf();
  const settle = useSettleMerge();
  const merged = useWorkspace((state) => state.merged);
  const keep = (id: string) => {
    const before = ids.find((other) => merged.get(other)?.mergedInto === id);
    if (before !== undefined) void settle(before, id, ids);
  };
  return (
    <fieldset className="form__section versions">
      <legend className="nl-heading nl-heading--level-3">{t('merge.circle', { name: nameOf(ids[0] ?? '') })}</legend>
      <ul className="versions__list">
        {ids.map((id) => (
          <li key={id} className="versions__version">
            <strong>
              <PersonLink id={id} name={nameOf(id)} />
            </strong>
            <Button onPress={() => keep(id)}>{t('merge.keepRecord', { code: residentCode(id) })}</Button>
          </li>
        ))}
      </ul>
      <p className="muted">{t('merge.disputedHint')}</p>
    </fieldset>
  );
}

export function LeftBehind({ id }: { id: string }) {
  const { t } = useTranslation('register');
  const nameOf = useNameOf();
  const moveAlong = useMoveAlong();
  const merged = useWorkspace((state) => state.merged);
  const kept = currentIdOf(merged, id);
  return (
    <fieldset className="form__section versions">
      <legend className="nl-heading nl-heading--level-3">{t('merge.leftBehind', { name: nameOf(kept) })}</legend>
      <p>{t('merge.leftBehindHint', { gone: residentCode(id), kept: residentCode(kept) })}</p>
      <Button onPress={() => void moveAlong(id, kept)}>{t('merge.moveAlong')}</Button>
    </fieldset>
  );
}

function PersonLink({ id, name }: { id: string; name: string }) {
  return (
    <>
      <Link to="/residents/$id" params={{ id }} className="nl-link">
        {name}
      </Link>{' '}
      · {residentCode(id)}
    </>
  );
}
