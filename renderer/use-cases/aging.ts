import { compartments, type Compartment } from '../../shared/records/record.ts';
import type { Encodable } from '../../shared/sync/canonical-form.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { compareDots, dotKey } from '../../shared/sync/dots.ts';
import { goneOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';

/**
 * Operations of one box that could be dropped, and when this device saw that: by its own clock, whatever the authors'
 * said. `at` = how far it had read each feed they can have come by, in which life of the endpoint.
 */
export type Waiting = {
  readonly sinceMs: number;
  readonly life: string;
  readonly at: Readonly<Record<string, number>>;
  readonly dots: readonly Dot[];
};
/** Of one box of a row: the dots of what was dropped from it, and what is to follow. */
export type Aging = { readonly gone: readonly Dot[]; readonly waiting: Waiting | null };

/** Everything that was dropped of a record, in the order of the dots. */
export const goneIn = (aging: Readonly<Partial<Record<Compartment, Aging>>>): readonly Dot[] =>
  compartments.flatMap((c) => aging[c]?.gone ?? []).sort(compareDots);

/** Of every box after the row became `record`: what went goes on in the box it stood in. */
export function agingAfter(
  before: { readonly record: ReplicaRecord; readonly aging?: Readonly<Partial<Record<Compartment, Aging>>> },
  record: ReplicaRecord,
  compartmentOfOp: (op: Change) => Compartment,
): Readonly<Partial<Record<Compartment, Aging>>> {
  if (record.gone === before.record.gone) return before.aging ?? {};
  const known = new Set(goneOf(before.record).map(dotKey));
  const gone = new Set(goneOf(record).map(dotKey));
  const went = Map.groupBy(
    before.record.ops.filter((op) => gone.has(dotKey(op)) && !known.has(dotKey(op))),
    compartmentOfOp,
  );
  const aging = { ...before.aging };
  for (const [c, ops] of went) {
    const { gone: already = [], waiting = null } = aging[c] ?? {};
    aging[c] = { gone: [...already, ...ops.map(({ w, n }) => ({ w, n }))].sort(compareDots), waiting };
  }
  return aging;
}

/** Undefined when there is nothing to keep. */
export function packAging({ gone, waiting }: Aging): Encodable | undefined {
  if (gone.length === 0 && waiting === null) return undefined;
  const noted = waiting === null ? [] : [waiting.sinceMs, waiting.life, waiting.at, packDots(waiting.dots)];
  return [packDots(gone), noted];
}

/** Each writer once, with its numbers. */
const packDots = (dots: readonly Dot[]): Encodable =>
  [...Map.groupBy(dots, (dot) => dotKey({ w: dot.w, n: 0 })).values()].map((group) => [
    group[0]?.w ?? new Uint8Array(0),
    ...group.map(({ n }) => n),
  ]);

/** Undefined for anything that `packAging` does not make. */
export function unpackAging(packed: unknown): Aging | undefined {
  const [goneGroups, noted] = Array.isArray(packed) ? (packed as readonly unknown[]) : [];
  const gone = unpackDots(goneGroups);
  if (gone === undefined || !Array.isArray(noted)) return undefined;
  if (noted.length === 0) return { gone, waiting: null };
  const [sinceMs, life, at, groups] = noted as readonly unknown[];
  const dots = unpackDots(groups);
  if (typeof sinceMs !== 'number' || typeof life !== 'string' || !isPositions(at) || dots === undefined)
    return undefined;
  return { gone, waiting: { sinceMs, life, at, dots } };
}

const isPositions = (at: unknown): at is Waiting['at'] =>
  typeof at === 'object' && at !== null && Object.values(at).every((pos) => typeof pos === 'number');

function unpackDots(groups: unknown): readonly Dot[] | undefined {
  if (!Array.isArray(groups)) return undefined;
  const dots: Dot[] = [];
  for (const group of groups as readonly unknown[]) {
    const [w, ...numbers] = Array.isArray(group) ? (group as readonly unknown[]) : [];
    if (!(w instanceof Uint8Array) || w.length !== 8) return undefined;
    for (const n of numbers) {
      if (typeof n !== 'number' || n < 1) return undefined;
      dots.push({ w, n });
    }
  }
  return dots.sort(compareDots);
}
