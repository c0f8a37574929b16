import type { Database } from '../../endpoint/database.ts';
import type { FrameSender } from '../../electron/frame-sender.ts';
import type { ErasureList } from '../../endpoint/erasure-list.ts';
import type { OpenedRecord } from '../../renderer/use-cases/open-record.ts';
import type { SyncTimes } from '../../renderer/use-cases/sync-times.ts';
import type { Vault } from '../../renderer/use-cases/vault.ts';
import type { RecordStore } from '../../shared/ports.ts';
import type { SyncTransport } from '../../shared/transport-ports.ts';
import type { Dot } from '../../shared/sync/change.ts';
import type { spareOps } from '../../shared/sync/compact.ts';
import type { RecordValues, ReplicaRecord } from '../../shared/sync/replica-record.ts';
import type { Disk, StoreImage } from './disk.ts';
import type { Process } from './process.ts';

/** A place where a known bug can be planted: each wraps the function under test, nothing of it is edited. */
export type Variant = {
  readonly store?: (store: RecordStore, process: Process, image: StoreImage, disk: Disk) => RecordStore;
  readonly times?: (nowMs: () => number) => SyncTimes;
  readonly transport?: (transport: SyncTransport, vault: Vault) => SyncTransport;
  readonly database?: (database: Database) => Database;
  /** What makes frames out of operations, in the place of the sync client's. */
  readonly frames?: () => Pick<FrameSender, 'send'>;
  readonly erasures?: (list: ErasureList) => ErasureList;
  /** What a form notes when it opens. */
  readonly baseAtOpening?: (opened: OpenedRecord, field: string) => readonly Dot[];
  /** What a form names when it saves; undefined leaves what was noted at opening. */
  readonly baseAtSaving?: (present: OpenedRecord, field: string) => readonly Dot[];
  readonly valuesOf?: (record: ReplicaRecord) => RecordValues;
  /** What compaction takes for spare. */
  readonly spareIn?: typeof spareOps;
  readonly started?: (vault: Vault) => Promise<void> | void;
  readonly saved?: (vault: Vault) => void;
};
export const production: Variant = {};
