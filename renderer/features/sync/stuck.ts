import type { SyncError } from '../../../shared/transport-ports.ts';

/** What stands in the way of sending. */
export const failureText = {
  offline: 'state.offline',
  'captive-portal': 'state.portal',
  'wrong-endpoint': 'state.unknownEndpoint',
  untrusted: 'state.untrusted',
  unauthorised: 'state.unauthorised',
  revoked: 'state.unauthorised',
  'upgrade-needed': 'state.upgrade',
  'too-big': 'state.retry',
  rewound: 'state.retry',
  'endpoint-failed': 'state.retry',
} as const satisfies Record<SyncError['type'], string>;

const hourMs = 3_600_000;
/** What a person can do, and after how long of waiting it is worth saying. */
const advice = {
  offline: { key: 'stuck.offline', afterMs: 24 * hourMs },
  'captive-portal': { key: 'stuck.portal', afterMs: hourMs },
  'wrong-endpoint': { key: 'stuck.manager', afterMs: hourMs },
  untrusted: { key: 'stuck.manager', afterMs: hourMs },
  unauthorised: { key: 'stuck.manager', afterMs: 0 },
  revoked: { key: 'stuck.manager', afterMs: 0 },
  'upgrade-needed': { key: 'stuck.upgrade', afterMs: 4 * hourMs },
  'too-big': { key: 'stuck.report', afterMs: 4 * hourMs },
  rewound: { key: 'stuck.report', afterMs: 4 * hourMs },
  'endpoint-failed': { key: 'stuck.report', afterMs: 4 * hourMs },
} as const satisfies Record<SyncError['type'], { key: string; afterMs: number }>;
type Advice = (typeof advice)[keyof typeof advice]['key'];

/** Undefined as long as waiting is all there is to do. */
export function adviceFor(failure: SyncError['type'] | null, waitingMs: number): Advice | undefined {
  if (failure === null) return undefined;
  const { key, afterMs } = advice[failure];
  return waitingMs >= afterMs ? key : undefined;
}

export const isLate = (waitingMs: number): boolean => waitingMs >= 24 * hourMs;
/** Before that the number alone says enough. */
export const isWorthATime = (waitingMs: number): boolean => waitingMs >= hourMs;
