import { toHex } from '../kernel/bytes.ts';
import type { KindDefinition } from '../records/field-rule.ts';
import { isList, sameValue } from './canonical.ts';
import type { Change, Value } from './change.ts';
import { dotKey, dotOf } from './dots.ts';
import type { Edit } from './make-changes.ts';
import { baseOf, liveOf, shownIn, valuesOf, type ReplicaRecord } from './replica-record.ts';
import { deletedField, ruleOfField, type RuleOf } from './rule-of-field.ts';

/** The save an operation belongs to, as text. */
export const saveIdOf = (change: Change): string => toHex(change.x[0]);

/**
 * Edits that give back what these saves replaced in this record, at any later time. Where another value stands beside
 * theirs, that one is left; what somebody replaced later stays as it is now, and so do appended entries.
 */
export function undoEditsOf(
  record: ReplicaRecord,
  saveIds: ReadonlySet<string>,
  definition: KindDefinition,
  ruleOf?: RuleOf,
): readonly Edit[] {
  const made = record.ops.filter((change) => saveIds.has(saveIdOf(change)));
  const byDot = new Map(record.ops.map((change) => [dotKey(change), change]));
  return [...new Set(made.map(({ f }) => f))].flatMap((field): Edit[] => {
    const rule = ruleOfField(definition, field, ruleOf);
    if (rule === undefined || rule.class === 'append' || field === deletedField) return [];
    const own = made.filter(({ f }) => f === field);
    const before = (change: Change): readonly Change[] =>
      change.b.flatMap((dot) => {
        const known = byDot.get(dotKey(dot));
        if (known === undefined) return [];
        return saveIds.has(saveIdOf(known)) ? before(known) : [known];
      });
    if (rule.class === 'set') {
      const shown = valuesOf(record, definition, ruleOf).values[field] ?? null;
      const added = own.flatMap((change) => (change.k === 'add' && change.v !== undefined ? [change.v] : []));
      const taken = own.filter(({ k }) => k === 'rem').flatMap((change) => before(change).flatMap(({ v }) => v ?? []));
      const isIn = (list: readonly Value[], item: Value) => list.some((other) => sameValue(other, item));
      const kept = (isList(shown) ? shown : []).filter((item) => !isIn(added, item));
      const value = [...kept, ...taken.filter((item) => !isIn(kept, item))];
      return [{ field, value, base: baseOf(record, field, definition, ruleOf) }];
    }
    const live = liveOf(record, field);
    const ownDots = new Set(own.map(dotKey));
    if (!live.some((change) => ownDots.has(dotKey(change)))) return [];
    const others = live.filter((change) => !ownDots.has(dotKey(change)));
    const back = others.length > 0 ? others : own.flatMap(before);
    return [{ field, value: shownIn(back, rule, definition.immutable).value, base: live.map(dotOf) }];
  });
}
