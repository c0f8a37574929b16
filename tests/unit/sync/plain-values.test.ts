import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isHidden, registersOf, valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { aRecord, anyHistory, testKind } from './sync-fixtures.ts';

/** The same record, whose registers were made before: they are used then. */
function byRegisters(record: ReplicaRecord): ReplicaRecord {
  const other = { ...record };
  registersOf(other);
  return other;
}

it('reads a record without registers as it reads one with them', () => {
  const seen = { plain: 0, other: 0 };
  fc.assert(
    fc.property(anyHistory(6), fc.boolean(), (history, isOnce) => {
      const fields = new Set<string>();
      // Half of the time every field is set once and nothing names what came before: what most of a register is.
      const ops = isOnce
        ? history.flatMap((op) => {
            if (op.k !== 'set' || fields.has(op.f)) return [];
            fields.add(op.f);
            return [{ ...op, b: [] }];
          })
        : history.map((op, at) => (at % 2 === 0 ? { ...op, k: 'set' as const, b: [], v: op.v ?? null } : op));
      const record: ReplicaRecord = { ...aRecord(), rev: 1, ops };
      seen[isOnce ? 'plain' : 'other'] += 1;
      expect(valuesOf(record, testKind)).toEqual(valuesOf(byRegisters(record), testKind));
      expect(Object.keys(valuesOf(record, testKind).values)).toEqual(
        Object.keys(valuesOf(byRegisters(record), testKind).values),
      );
      expect(isHidden(record)).toBe(isHidden(byRegisters(record)));
    }),
    { seed: 20261125, numRuns: 600 },
  );
  expect(Math.min(seen.plain, seen.other)).toBeGreaterThan(100);
});
