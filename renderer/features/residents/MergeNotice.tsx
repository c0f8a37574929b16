import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { residentCode } from '../../../shared/register/resident.ts';
import type { OpenedRecord } from '../../services.tsx';
import { currentIdOf, useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { useUndoMerge } from '../../use-merge.ts';
import { useNameOf } from '../../use-name-of.ts';

/** On a record that went: where it went, and the way back. On the one that stayed: which went into it. */
export function MergeNotice({ opened, isGone }: { opened: OpenedRecord; isGone: boolean }) {
  const { t } = useTranslation('register');
  const nameOf = useNameOf();
  const undo = useUndoMerge();
  const merged = useWorkspace((state) => state.merged);
  const { record } = opened;
  const { id } = record;
  const into = currentIdOf(merged, id);
  const taken = useMemo(() => [...merged.values()].filter(({ mergedInto }) => mergedInto === id), [merged, id]);
  if (isGone) {
    return (
      <Alert tone="warning" title={t('merge.goneTitle')}>
        <p>
          {t('merge.goneText')}{' '}
          <Link to="/residents/$id" params={{ id: into }} className="nl-link">
            {nameOf(into)} · {residentCode(into)}
          </Link>
        </p>
        <Button onPress={() => void undo(record)}>{t('merge.undo')}</Button>
      </Alert>
    );
  }
  if (taken.length === 0) return null;
  return (
    <Alert tone="info">
      <p>
        {t('merge.taken', { count: taken.length })}{' '}
        {taken.map(({ id: gone }) => (
          <Link key={gone} to="/residents/$id" params={{ id: gone }} className="nl-link">
            {residentCode(gone)}
          </Link>
        ))}
      </p>
    </Alert>
  );
}
