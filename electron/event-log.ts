import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** Everything that may be written down about a run. Whatever is not on this list is not logged (SEC-61). */
const codes = [
  'started',
  'locked',
  'unlocked',
  'unlock-refused',
  'user-enrolled',
  'state-not-written',
  'audit-behind',
  'journal-damaged',
  'journal-full',
  'journal-failed',
  'ballast-released',
  'safe-mode',
  'recover',
  'import-refused',
  'exported',
  'unsealed',
  'device-enrolled',
  'sync-failed',
  'emptied',
  'casebox-written',
  'casebox-read',
  'casebox-refused',
] as const;
export type EventCode = (typeof codes)[number];
/** The one thing that narrows down a code: a failure of the contract. */
const kinds = [
  ...[
    'offline',
    'captive-portal',
    'wrong-endpoint',
    'untrusted',
    'unauthorised',
    'revoked',
    'upgrade-needed',
    'too-big',
    'rewound',
  ],
  ...['full', 'read-only', 'unplugged', 'not-written', 'foreign', 'newer', 'damaged', 'own-file', 'not-signed'],
  ...['returned', 'stolen'],
  ...['other-municipality', 'other-laptop', 'not-connected', 'no-key'],
  ...['endpoint-failed', 'empty', 'not-a-table', 'encoding', 'formula', 'unreadable', 'old-excel'],
];
/** `count` is a number of things; there is no place for a text. */
export type EventLog = (code: EventCode, facts?: { readonly count?: number; readonly kind?: string }) => void;

const keptDays = 7;
const dayMs = 86_400_000;
const maxBytes = 1_400_000;

/** One file per day and at most seven of them, each up to 1.4 MB. A log that cannot be written stops nothing. */
export function openEventLog(userData: string, nowMs: () => number): EventLog {
  const folder = path.join(userData, 'log');
  const nameOf = (ms: number) => `events-${new Date(ms).toISOString().slice(0, 10)}.log`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const oldest = nameOf(nowMs() - (keptDays - 1) * dayMs);
    for (const name of readdirSync(folder))
      if (name < oldest || name > nameOf(nowMs())) rmSync(path.join(folder, name));
  } catch {
    // Without a folder the writes below fail too, each on its own.
  }
  return (code, facts = {}) => {
    if (!codes.includes(code)) return;
    const count = Number.isSafeInteger(facts.count) ? ` ${facts.count}` : '';
    const kind = facts.kind !== undefined && kinds.includes(facts.kind) ? ` ${facts.kind}` : '';
    const file = path.join(folder, nameOf(nowMs()));
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) return;
      appendFileSync(file, `${new Date(nowMs()).toISOString()} ${code}${kind}${count}\n`, { mode: 0o600 });
    } catch {
      // Nothing to be done, and nobody to be told.
    }
  };
}
