import { expect, it } from 'vitest';
import { unsentOf } from '../../../renderer/RecordKept.tsx';
import { adviceFor, isLate, isWorthATime } from '../../../renderer/features/sync/stuck.ts';
import { aChange, writerBytes } from '../sync/sync-fixtures.ts';

const hour = 3_600_000;

it('says what to do only once waiting is not enough, by what went wrong', () => {
  expect(adviceFor(null, 100 * hour)).toBeUndefined();
  expect(adviceFor('offline', 23 * hour)).toBeUndefined();
  expect(adviceFor('offline', 24 * hour)).toBe('stuck.offline');
  expect(adviceFor('captive-portal', 2 * hour)).toBe('stuck.portal');
  expect(adviceFor('untrusted', 0)).toBeUndefined();
  expect(adviceFor('untrusted', hour)).toBe('stuck.manager');
  expect(adviceFor('unauthorised', 0)).toBe('stuck.manager');
  expect(adviceFor('upgrade-needed', 4 * hour)).toBe('stuck.upgrade');
  for (const failure of ['too-big', 'rewound', 'endpoint-failed'] as const) {
    expect(adviceFor(failure, 3 * hour)).toBeUndefined();
    expect(adviceFor(failure, 4 * hour)).toBe('stuck.report');
  }
});

it('names the time after an hour and is late after a day', () => {
  expect([isWorthATime(hour - 1), isWorthATime(hour)]).toEqual([false, true]);
  expect([isLate(24 * hour - 1), isLate(24 * hour)]).toEqual([false, true]);
});

it('counts of a record what this laptop wrote and nobody confirmed', () => {
  const [own, other] = [writerBytes(1), writerBytes(2)];
  const ops = [
    ...[1, 2, 3].map((n) => aChange({ w: own, n })),
    // Of another laptop: it came from there.
    aChange({ w: other, n: 9 }),
  ];
  const acked = (n: number) => new Map([[Buffer.from(own).toString('hex'), n]]);
  expect(unsentOf({ ops }, acked(0))).toBe(3);
  expect(unsentOf({ ops }, acked(2))).toBe(1);
  expect(unsentOf({ ops }, acked(3))).toBe(0);
  expect(unsentOf({ ops }, new Map())).toBe(0);
});
