import type { Diagnosis } from '../../renderer/services.tsx';

/** Of a laptop that has been without a network since yesterday. */
export const aDiagnosis: Diagnosis = {
  version: '0.1.0',
  system: 'linux 6.1 x64',
  runtime: '45.4.1',
  freeBytes: 12_345_678_901,
  protection: 'full',
  store: 'open',
  journal: { ops: 1234, damaged: 0, expected: 1230, writers: 6, locals: 2 },
  users: 2,
  device: 'd_0123456789abcdef',
  endpoint: 'https://register.example.nl',
  epoch: 'e_1',
  sites: 1,
  casebox: { exportedMs: null, importedMs: null, waiting: 0 },
  events: [
    { code: 'sync-failed offline', count: 41, lastMs: 1_763_990_000_000 },
    { code: 'started', count: 3, lastMs: 1_763_980_000_000 },
  ],
  nowMs: 1_764_000_000_000,
  counts: { ops: 1234, rows: 310 },
  exchange: {
    unsent: 12,
    oldestUnsentMs: 1_763_910_000_000,
    oldestPulledMs: 1_763_900_000_000,
    failure: 'offline',
    clockQuality: 1,
  },
  repaired: 0,
  unreadable: 0,
};
