import { create } from 'zustand';
import type { Response } from '../../shared/ipc-contract.ts';
import type { Repair } from '../../shared/ports.ts';

export type SessionNotice = {
  readonly id: string;
  readonly text: string;
  readonly tone: 'ok' | 'error';
  readonly undo?: () => void;
};

type SessionState = {
  /** Null while locked. */
  readonly user: { readonly id: string; readonly label: string; readonly role: string } | null;
  readonly protection: 'full' | 'reduced';
  readonly store: 'open' | 'safe-mode' | 'recover';
  readonly version: string;
  /** This laptop was emptied, and nobody began on it since. */
  readonly emptied: Response<'app:info'>['emptied'];
  readonly notices: readonly SessionNotice[];
  /** What was damaged or gone on this device since it was unlocked, and what became of it. */
  readonly repairs: readonly Repair[];
};

export const useSession = create<SessionState>(() => ({
  user: null,
  protection: 'full',
  store: 'open',
  version: '',
  emptied: null,
  notices: [],
  repairs: [],
}));

export const setSession = (change: Partial<Omit<SessionState, 'notices' | 'repairs'>>): void =>
  useSession.setState(change);

export const addRepair = (repair: Repair): void =>
  useSession.setState(({ repairs }) => ({ repairs: [...repairs, repair] }));

let lastNotice = 0;

/** Says what was done, with a way back where there is one. */
export function addNotice(notice: Omit<SessionNotice, 'id'>): void {
  lastNotice += 1;
  const added = { ...notice, id: String(lastNotice) };
  // One at a time, so that the page stays readable; what went wrong stays until it is closed.
  useSession.setState(({ notices }) => ({
    notices: [...notices.filter(({ tone }) => tone === 'error').slice(-2), added],
  }));
}

export const removeNotice = (id: string): void =>
  useSession.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
