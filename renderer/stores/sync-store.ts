import { create } from 'zustand';
import type { Response } from '../../shared/ipc-contract.ts';
import type { SyncError } from '../../shared/transport-ports.ts';

type SyncState = {
  /** Null until the main process has said whether an endpoint is known. */
  readonly enrolled: boolean | null;
  readonly unsent: number;
  readonly isSending: boolean;
  /** Of the last exchange that ended with nothing left to send. */
  readonly sentAtMs: number | null;
  readonly oldestUnsentMs: number | null;
  /** When this was last looked at: ages on the screen count to here. */
  readonly nowMs: number;
  /** Up to which number the operations of this device are confirmed, by writer in hexadecimal. */
  readonly ackedOf: ReadonlyMap<string, number>;
  /** When everything of a site that this user may see was last here, by record id of the site or `shared`. */
  readonly pulledMs: Readonly<Record<string, number>>;
  /** What no verified backup of the endpoint covers yet; null while nothing was ever covered. */
  readonly unarchived: number | null;
  readonly failure: SyncError['type'] | null;
  /** The second copy on this device could not be written. */
  readonly secondCopyFailed: boolean;
  /** What the endpoint said last of this laptop. */
  readonly standing: Response<'sync:status'>['standing'];
  /** How long this laptop is without contact. */
  readonly lease: Response<'sync:status'>['lease'];
  /** Operations of this laptop that stand nowhere else. */
  readonly waiting: Response<'sync:status'>['waiting'];
  /** Operations of this laptop that were not let through. */
  readonly rejected: Response<'sync:status'>['rejected'];
  /** Of a laptop that was closed: what neither arrived nor was put aside; null before that was tried. */
  readonly undelivered: number | null;
};

export const useSync = create<SyncState>(() => ({
  enrolled: null,
  unsent: 0,
  isSending: false,
  sentAtMs: null,
  oldestUnsentMs: null,
  nowMs: 0,
  ackedOf: new Map(),
  pulledMs: {},
  unarchived: null,
  failure: null,
  secondCopyFailed: false,
  standing: null,
  lease: null,
  waiting: [],
  rejected: [],
  undelivered: null,
}));

export const setSync = (change: Partial<SyncState>): void => useSync.setState(change);

/** A laptop that is long without contact shows what it has, and takes nothing new. */
export const mayWrite = (lease: SyncState['lease']): boolean =>
  lease === null || lease.stage === 'open' || lease.stage === 'warned';
