import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isHidden, valuesOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { aRecord, anyHistory, testKind } from './sync-fixtures.ts';

/** Operations that come twice make registers necessary; they say nothing else than once. */
const byRegisters = (record: ReplicaRecord): ReplicaRecord => ({ ...record, ops: [...record.ops, ...record.ops] });

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
        : history;
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
