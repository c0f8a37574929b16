import { IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toHex } from '../shared/kernel/bytes.ts';
import type { ReplicaRecord } from '../shared/sync/replica-record.ts';
import { useSync } from './stores/sync-store.ts';

/** How many changes of a record are on this laptop only, by what the endpoint has confirmed of each writer. */
export function unsentOf(record: Pick<ReplicaRecord, 'ops'>, ackedOf: ReadonlyMap<string, number>): number {
  return record.ops.filter(({ w, n }) => n > (ackedOf.get(toHex(w)) ?? Infinity)).length;
}

/** Nothing while everything of this record is sent: what is usual needs no words. */
export function RecordKept({ record }: { record: Pick<ReplicaRecord, 'ops'> }) {
  const { t } = useTranslation('sync');
  const count = useSync((sync) => unsentOf(record, sync.ackedOf));
  if (count === 0) return null;
  return (
    <p className="record-kept muted">
      <IconCloudUp size={18} aria-hidden="true" />
      {t('record.notSent', { count })}
    </p>
  );
}
