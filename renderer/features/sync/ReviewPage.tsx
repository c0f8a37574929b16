import { IconUsersGroup } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRef } from '../../../shared/records/record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { valuesOf } from '../../../shared/sync/replica-record.ts';
import { DoubleBookings, useDoubleBookings } from '../../DoubleBookings.tsx';
import { isMoveOnly } from '../../stores/merge-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { useHeldChanges } from '../../use-held-changes.ts';
import { ClosedStays, useClosedStays } from './ClosedStays.tsx';
import { DoubleMemberships, useDoubleMemberships } from './DoubleMemberships.tsx';
import { HeldChanges } from './HeldChanges.tsx';
import { LeftBehind, MergeCircle, useLeftBehind, useMergeCircles } from './MergeTasks.tsx';
import { RecordVersions } from './RecordVersions.tsx';

/** Everything with two versions, the same on every laptop. Nothing is pre-selected. */
export function ReviewPage() {
  const { t } = useTranslation(['sync', 'register']);
  const navigate = useNavigate();
  const { residents, records } = useWorkspace();
  const doubles = useDoubleBookings();
  const closed = useClosedStays();
  const memberships = useDoubleMemberships();
  const circles = useMergeCircles();
  const leftBehind = useLeftBehind();
  const held = useHeldChanges();
  const refs = useMemo<readonly RecordRef[]>(
    () => [
      ...[...residents.values()]
        .filter(({ unsettled }) => unsettled)
        .map(({ id }) => ({ kind: 'resident' as const, id })),
      ...[...records.values()].filter((record) =>
        valuesOf(record, definitionOf(record.kind)).unsettled.some((field) => !isMoveOnly(record, field)),
      ),
    ],
    [residents, records],
  );
  return (
    <>
      <PageHeading
        title={t('review.title')}
        actions={
          <Button icon={<IconUsersGroup size={18} />} onPress={() => void navigate({ to: '/residents/doubles' })}>
            {t('register:likely.open')}
          </Button>
        }
      />
      {[refs, doubles, closed, memberships, circles, leftBehind, held.changes].every(({ length }) => length === 0) ? (
        <Alert tone="ok">{t('review.none')}</Alert>
      ) : (
        <>
          <p>{t('review.intro')}</p>
          <HeldChanges held={held} />
          <DoubleBookings />
          <ClosedStays />
          <DoubleMemberships />
          {circles.map((ids) => (
            <MergeCircle key={ids.join()} ids={ids} />
          ))}
          {leftBehind.map((id) => (
            <LeftBehind key={id} id={id} />
          ))}
          {refs.map(({ kind, id }) => (
            <RecordVersions key={id} kind={kind} id={id} />
          ))}
        </>
      )}
    </>
  );
}
