import { create } from 'zustand';
import type { SyncError } from '../../shared/ports.ts';

type SyncState = {
  /** Null until the main process has said whether an endpoint is known. */
  readonly enrolled: boolean | null;
  readonly unsent: number;
  readonly isSending: boolean;
  /** Of the last exchange that ended with nothing left to send. */
  readonly sentAtMs: number | null;
  readonly oldestUnsentMs: number | null;
  /** What no verified backup of the endpoint covers yet; null while nothing was ever covered. */
  readonly unarchived: number | null;
  readonly failure: SyncError['type'] | null;
  /** The second copy on this device could not be written. */
  readonly secondCopyFailed: boolean;
};

export const useSync = create<SyncState>(() => ({
  enrolled: null,
  unsent: 0,
  isSending: false,
  sentAtMs: null,
  oldestUnsentMs: null,
  unarchived: null,
  failure: null,
  secondCopyFailed: false,
}));

export const setSync = (change: Partial<SyncState>): void => useSync.setState(change);
