import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRef } from '../../../shared/records/record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { valuesOf } from '../../../shared/sync/replica-record.ts';
import { ClosedStays, useClosedStays } from '../../ClosedStays.tsx';
import { DoubleBookings, useDoubleBookings } from '../../DoubleBookings.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { RecordVersions } from './RecordVersions.tsx';

/** Everything with two versions, the same on every laptop. Nothing is pre-selected. */
export function ReviewPage() {
  const { t } = useTranslation('sync');
  const { residents, records } = useWorkspace();
  const doubles = useDoubleBookings();
  const closed = useClosedStays();
  const refs = useMemo<readonly RecordRef[]>(
    () => [
      ...[...residents.values()]
        .filter(({ unsettled }) => unsettled)
        .map(({ id }) => ({ kind: 'resident' as const, id })),
      ...[...records.values()].filter((record) => valuesOf(record, definitionOf(record.kind)).unsettled.length > 0),
    ],
    [residents, records],
  );
  return (
    <>
      <PageHeading title={t('review.title')} />
      {refs.length === 0 && doubles.length === 0 && closed.length === 0 ? (
        <Alert tone="ok">{t('review.none')}</Alert>
      ) : (
        <>
          <p>{t('review.intro')}</p>
          <DoubleBookings />
          <ClosedStays />
          {refs.map(({ kind, id }) => (
            <RecordVersions key={id} kind={kind} id={id} />
          ))}
        </>
      )}
    </>
  );
}
