import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { nextStamp, receiveStamp, stampOf, type Stamp } from '../../../shared/kernel/hybrid-clock.ts';
import type { Change, Dot, Value } from '../../../shared/sync/change.ts';
import { digestOf } from '../../../shared/sync/digest.ts';
import { dotKey } from '../../../shared/sync/dots.ts';
import { applyOps } from '../../../shared/sync/merge.ts';
import {
  baseOf,
  historyOf,
  registersOf,
  valuesOf,
  withOps,
  type ReplicaRecord,
} from '../../../shared/sync/replica-record.ts';
import { packOps, unpackOps } from '../../../shared/sync/row-codec.ts';
import { aContext, aRecord, sha256, testKind, makeChanges } from './sync-fixtures.ts';

/**
 * Several devices that edit one record and exchange what they have in any order, part and repetition. Forms stay open
 * while operations arrive. A reduced form of the simulator of sync.md §6, over the functions the app itself uses.
 */
type Form = { readonly field: string; readonly base: readonly Dot[] };
type Device = { no: number; record: ReplicaRecord; next: Record<string, number>; last: Stamp; form: Form | null };
type Step =
  | { readonly do: 'open'; readonly device: number; readonly field: string }
  | { readonly do: 'save'; readonly device: number; readonly value: number; readonly skew: number }
  | { readonly do: 'send'; readonly from: number; readonly to: number; readonly part: number };

const deviceCount = 4;
const device = fc.nat({ max: deviceCount - 1 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('open' as const),
    device,
    field: fc.constantFrom('name', 'callName', 'phones', 'notes', 'risk', '_deleted'),
  }),
  fc.record({
    do: fc.constant('save' as const),
    device,
    value: fc.nat({ max: 3 }),
    skew: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
  }),
  fc.record({ do: fc.constant('send' as const), from: device, to: device, part: fc.integer({ min: 1, max: 4 }) }),
);

const valueFor = (field: string, value: number): Value => {
  if (field === 'phones') return Array.from({ length: value }, (_unused, at) => `06${String((at * 2 + value) % 5)}`);
  if (field === 'risk' || field === '_deleted') return value % 2 === 0;
  return value === 3 && field === 'name' ? null : `value ${String(value)}`;
};

/** What went over the wire: packed and unpacked, so that a replica never shares an object with another one. */
function carried(ops: readonly Change[]): readonly Change[] {
  const unpacked = unpackOps(packOps(ops));
  if (!unpacked.ok) throw new Error(unpacked.error.type);
  return unpacked.value;
}

function run(steps: readonly Step[]): { readonly devices: readonly Device[]; readonly saved: readonly Change[] } {
  const devices = Array.from({ length: deviceCount }, (_unused, no): Device => {
    return { no, record: aRecord(), next: {}, last: { ms: 0, counter: 0 }, form: null };
  });
  const saved: Change[] = [];
  const receive = (to: Device, ops: readonly Change[]) => {
    to.record = withOps(to.record, carried(ops));
    for (const { h } of ops) to.last = receiveStamp(to.last, stampOf(h), 2 ** 41);
  };
  for (const step of steps) {
    if (step.do === 'send') {
      const [from, to] = [devices[step.from], devices[step.to]] as [Device, Device];
      receive(
        to,
        from.record.ops.filter((_op, at) => at % step.part === 0),
      );
    } else {
      const at = devices[step.device] as Device;
      if (step.do === 'open') at.form = { field: step.field, base: baseOf(at.record, step.field, testKind) };
      else if (at.form !== null) {
        const context = aContext(at.no + 1, { lastStamp: at.last, wallMs: 2 ** 41 + step.skew });
        const writers = Object.fromEntries(
          Object.entries(context.writers).map(([c, writer]) => [c, { ...writer, next: at.next[c] ?? 1 }]),
        );
        const edits = [{ ...at.form, value: valueFor(at.form.field, step.value) }];
        const made = makeChanges({ record: at.record, edits, definition: testKind }, { ...context, writers });
        if (!made.ok) throw new Error(made.error.type);
        for (const [c, ops] of Object.entries(made.value.byCompartment)) at.next[c] = (at.next[c] ?? 1) + ops.length;
        saved.push(...made.value.changes);
        at.record = made.value.record;
        at.last = made.value.lastStamp;
        at.form = null;
      }
    }
  }
  for (const from of devices) for (const to of devices) receive(to, from.record.ops);
  for (const from of devices) for (const to of devices) receive(to, from.record.ops);
  return { devices, saved };
}

it('agree in the end, keep every edit, and lose a value only to somebody who saw it', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
      const { devices, saved } = run(steps);
      const [first, ...others] = devices as [Device, ...Device[]];
      const shown = valuesOf(first.record, testKind);
      const digest = digestOf(applyOps(first.record.ops).registers, sha256).map(toHex);
      for (const other of others) {
        expect(valuesOf(other.record, testKind)).toEqual(shown);
        expect(digestOf(applyOps(other.record.ops).registers, sha256).map(toHex)).toEqual(digest);
      }
      expect(new Set(first.record.ops.map(dotKey))).toEqual(new Set(saved.map(dotKey)));
      expect(new Set(saved.map(dotKey)).size).toBe(saved.length);
      const named = new Set(saved.flatMap(({ b }) => b.map(dotKey)));
      for (const { change, live } of historyOf(first.record)) expect(live).toBe(!named.has(dotKey(change)));
      for (const [field, { live }] of registersOf(first.record)) {
        const values = new Set(live.map(({ v }) => JSON.stringify(v)));
        if (field === 'name' || field === 'risk') expect(shown.unsettled.includes(field)).toBe(values.size > 1);
      }
    }),
    { seed: 71, numRuns: 150 },
  );
});

it('follow cause and effect where clocks lie: an edit after a received one is later', () => {
  const remote = { ms: 2 ** 41 + 5 * 60_000, counter: 7 };
  const heard = receiveStamp({ ms: 0, counter: 0 }, remote, 2 ** 41);
  expect(nextStamp(heard, 1_000)).toEqual({ ms: remote.ms, counter: 8 });
});
