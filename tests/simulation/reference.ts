import { toHex } from '../../shared/kernel/bytes.ts';
import type { Value } from '../../shared/records/record.ts';
import { encodeCanonical } from '../../shared/sync/canonical.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { ruleOfField } from '../../shared/sync/rule-of-field.ts';

/** What sync.md §3.1 says a record shows, worked out a second time and as plainly as possible. */
export type ReferenceField = {
  /** Every value that may be shown or offered, by its canonical bytes. */
  readonly standing: ReadonlySet<string>;
  readonly shown: string | null;
  readonly unsettled: boolean;
};

export const nameOfDot = ({ w, n }: Dot): string => `${toHex(w)}.${n}`;
export const textOfValue = (value: Value): string => toHex(encodeCanonical(value));

/**
 * What an operation stands for: its save and its moment stay when it goes out again under another number, and when its
 * value is erased. So a re-issued operation is its original, whatever its dot is. Nobody saves an erasure.
 */
export const intentOf = (op: Change): string => (op.k === 'erase' ? nameOfDot(op) : `${toHex(op.x[0])}${toHex(op.h)}`);

/** Operations of one record that no other one names as its base. */
export function standingOps(ops: readonly Change[]): readonly Change[] {
  const replaced = new Set(ops.flatMap(({ b }) => b.map(nameOfDot)));
  const erased = new Set(ops.filter(({ k }) => k === 'erase').map(({ f }) => f));
  return ops.filter((op) => (erased.has(op.f) ? op.k === 'erase' : !replaced.has(nameOfDot(op))));
}

export function referenceOf(record: ReplicaRecord): ReadonlyMap<string, ReferenceField> {
  const definition = definitionOf(record.kind);
  const ruleOf = ruleOfRecord(record);
  const fields = new Map<string, ReferenceField>();
  const standing = standingOps(record.ops);
  for (const field of new Set(record.ops.map(({ f }) => f))) {
    const rule = ruleOfField(definition, field, ruleOf);
    if (rule === undefined || field === '_deleted') continue;
    const live = standing.filter((op) => op.f === field && op.v !== undefined && op.k !== 'rem');
    const values = new Set(live.map(({ v }) => textOfValue(v ?? null)));
    if (rule.class === 'set') {
      const union = [...new Map(live.map(({ v }) => [textOfValue(v ?? null), v ?? null])).entries()].sort(([a], [b]) =>
        a < b ? -1 : 1,
      );
      const shown = union.length === 0 ? null : textOfValue(union.map(([, value]) => value));
      fields.set(field, { standing: values, shown, unsettled: false });
      continue;
    }
    const winner = live.toSorted(later(rule.cautious))[0];
    const isReviewed = rule.class !== 'lww' && rule.class !== 'server';
    const shown = winner === undefined || winner.v === null ? null : textOfValue(winner.v ?? null);
    fields.set(field, { standing: values, shown, unsettled: isReviewed && values.size > 1 });
  }
  return fields;
}

function later(cautious: readonly Value[] = []): (a: Change, b: Change) => number {
  const rank = ({ v }: Change) => {
    const at = cautious.map(textOfValue).indexOf(textOfValue(v ?? null));
    return at < 0 ? cautious.length : at;
  };
  const claim = (op: Change) => `${op.cq === 2 ? 0 : 1}${toHex(op.h)}${toHex(op.w)}${String(op.n).padStart(9, '0')}`;
  return (a, b) => rank(a) - rank(b) || (claim(a) > claim(b) ? -1 : 1);
}

/** Hidden while a deletion stands and everybody who deleted had seen all that stands. */
export function isHiddenByReference(record: ReplicaRecord): boolean {
  if (record.ops.some(({ k, f }) => k === 'erase' && f === '_erased')) return true;
  const standing = standingOps(record.ops);
  const deletions = standing.filter(({ f }) => f === '_deleted').map(({ v }) => v);
  if (deletions.length === 0 || !deletions.every((value) => Array.isArray(value))) return false;
  const seen = new Set(deletions.flat());
  return standing.every((op) => op.f === '_deleted' || seen.has(`${toHex(op.w)}:${op.n}`));
}
